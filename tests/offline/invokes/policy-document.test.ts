import assert from "node:assert/strict";

import { getPolicyDocument } from "../../../offline/invokes/policy-document";

function document(statements: unknown[], more: Record<string, unknown> = {}): unknown {
  return JSON.parse(String(getPolicyDocument({ statements, ...more })["json"]));
}

describe("getPolicyDocument", () => {
  it("sorts lists downwards, keeps single values single and the order of conditions", () => {
    const statement = {
      sid: "Some",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: ["arn:aws:s3:::b/&{aws:username}"],
      principals: [{ type: "AWS", identifiers: ["a", "b"] }],
      conditions: [{ test: "StringLike", variable: "s3:prefix", values: ["home/", "", "x/&{aws:username}"] }],
    };
    assert.deepEqual(document([statement]), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Some",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject"],
          Resource: "arn:aws:s3:::b/${aws:username}",
          Principal: { AWS: ["b", "a"] },
          Condition: { StringLike: { "s3:prefix": ["home/", "", "x/${aws:username}"] } },
        },
      ],
    });
  });

  it("writes everybody as a star", () => {
    const [star, aws] = (["*", "AWS"] as const).map((type) =>
      document([{ principals: [{ type, identifiers: ["*"] }] }]),
    );
    assert.deepEqual(star, { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*" }] });
    assert.deepEqual(aws, { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "*" } }] });
  });

  it("merges source and override documents by Sid", () => {
    const source = JSON.stringify({
      Statement: [
        { Sid: "A", Effect: "Allow" },
        { Sid: "B", Effect: "Allow" },
      ],
    });
    const override = JSON.stringify({ Statement: { Sid: "B", Effect: "Deny" } });
    const merged = document([{ sid: "C" }], { sourcePolicyDocuments: [source], overridePolicyDocuments: [override] });
    assert.deepEqual(merged, {
      Version: "2012-10-17",
      Statement: [
        { Sid: "A", Effect: "Allow" },
        { Sid: "B", Effect: "Deny" },
        { Sid: "C", Effect: "Allow" },
      ],
    });
  });

  it("refuses one Sid twice", () => {
    assert.throws(() => document([{ sid: "A" }, { sid: "A" }]), /duplicate Sid/);
  });
});
