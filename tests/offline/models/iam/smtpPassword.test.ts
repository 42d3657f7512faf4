import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { smtpPassword } from "../../../../offline/models/iam/smtpPassword";

interface Vectors {
  vectors: { region: string; secret: string; smtp: string }[];
}

const file = join(process.env["DEJIMA_GROUND_TRUTH"] ?? "", "provider", "ses_smtp_vectors.json");

describe("the SES SMTP password of an access key (M6)", () => {
  it("is what the real provider derives, per Region", function () {
    if (!existsSync(file)) this.skip();
    const { vectors } = JSON.parse(readFileSync(file, "utf8")) as Vectors;
    assert.ok(vectors.length > 0);
    for (const { region, secret, smtp } of vectors) assert.equal(smtpPassword(secret, region), smtp);
  });
});
