import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { smtpPassword } from "../../../infra/ses/smtp-password";

interface Vector {
  readonly region: string;
  readonly secret: string;
  readonly smtp: string;
}

describe("SES's SMTP password (M6)", () => {
  it("is what AWS's own derivation gives", function () {
    const folder = process.env["DEJIMA_GROUND_TRUTH"];
    if (folder === undefined) return this.skip();
    const text = readFileSync(join(folder, "provider", "ses_smtp_vectors.json"), "utf8");
    const { vectors } = JSON.parse(text) as { vectors: Vector[] };
    assert.ok(vectors.length > 0);
    for (const { region, secret, smtp } of vectors) assert.equal(smtpPassword(secret, region), smtp);
  });

  it("begins with the version, and differs by Region and key", () => {
    const some = [
      smtpPassword("key", "ap-northeast-1"),
      smtpPassword("key", "ap-northeast-3"),
      smtpPassword("other", "ap-northeast-1"),
    ];
    assert.equal(new Set(some).size, 3);
    for (const password of some) {
      const bytes = Buffer.from(password, "base64");
      assert.deepEqual([bytes.length, bytes[0]], [33, 4]);
    }
  });
});
