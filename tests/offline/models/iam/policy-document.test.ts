import { strict as assert } from "node:assert";
import { refusePolicy, type PolicyKind } from "../../../../offline/models/iam/policy-document";
import { UNKNOWN } from "../../../../offline/unknown";

function document(statement: Record<string, unknown>, top: Record<string, unknown> = {}): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }], ...top });
}

const trusting = { Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
const reading = { Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };

describe("IAM policy documents", () => {
  const accepted: [PolicyKind, unknown][] = [
    ["trust", document(trusting)],
    ["identity", document(reading)],
    ["identity", document({ NotAction: ["iam:*"], NotResource: "*" })],
    ["identity", document({ ...reading, Resource: "*" }, { Version: "2008-10-17" })],
    ["resource", document({ ...reading, Principal: "*" })],
    ["identity", UNKNOWN],
    ["trust", undefined],
  ];
  for (const [kind, text] of accepted) {
    it(`accepts ${kind} ${String(text)}`, () => {
      assert.doesNotThrow(() => {
        refusePolicy(text, kind);
      });
    });
  }

  const refused: [PolicyKind, string, RegExp][] = [
    ["trust", document({ ...trusting, Resource: "*" }), /prohibited field Resource/],
    ["trust", document({ Action: "sts:AssumeRole" }), /Missing required field Principal/],
    ["trust", document({ ...trusting, Action: "s3:GetObject" }), /STS AssumeRole actions/],
    ["identity", document({ ...reading, Principal: "*" }), /should not specify a principal/],
    ["identity", document({ Action: "s3:*" }), /must contain resources/],
    ["identity", document({ Resource: "*" }), /must contain actions/],
    ["identity", document({ Action: "GetObject", Resource: "*" }), /prefaced by a vendor/],
    ["identity", document({ ...reading, Resource: "bucket" }), /ARN format/],
    ["identity", document({ ...reading, Effect: "Maybe" }), /Syntax errors/],
    ["identity", document({ ...reading, NotAction: "s3:*" }), /Syntax errors/],
    ["identity", document(reading, { Version: "2020-01-01" }), /Syntax errors/],
    ["identity", document(reading, { Extra: 1 }), /Syntax errors/],
    ["identity", JSON.stringify({ Statement: [] }), /Syntax errors/],
  ];
  for (const [kind, text, message] of refused) {
    it(`refuses ${kind} ${text}`, () => {
      assert.throws(
        () => {
          refusePolicy(text, kind);
        },
        { code: "MalformedPolicyDocument", message },
      );
    });
  }
});
