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
    ["identity", document({ ...reading, Condition: { "ForAllValues:StringLikeIfExists": { "aws:TagKeys": ["a*"] } } })],
    ["identity", document({ ...reading, Condition: { NumericLessThanEquals: { "s3:max-keys": 10 } } })],
    ["identity", document({ ...reading, Resource: "arn:aws:s3:us-east-1:123456789012:accesspoint/a" })],
    ["identity", document({ Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/${aws:username}" })],
    ["identity", document({ Action: "iam:*", Resource: ["arn:aws:iam::123456789012:*", "arn:*:iam::*:role/x"] })],
    ["trust", document({ ...trusting, Principal: { AWS: ["123456789012", "arn:aws:iam::123456789012:root"] } })],
    [
      "trust",
      document({ Action: "sts:AssumeRoleWithSAML", Principal: { Federated: "arn:aws:iam::1:saml-provider/x" } }),
    ],
    ["resource", document({ ...reading, Principal: { Service: ["ses.amazonaws.com", "s3.amazonaws.com"] } })],
    ["resource", document({ ...reading, Principal: "*", Sid: "出島" })],
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
    ["identity", document({ ...reading, NotResource: "*" }), /Syntax errors/],
    ["identity", document({ ...reading, Resource: 1 }), /Syntax errors/],
    ["identity", document({ ...reading, Sid: 1 }), /Syntax errors/],
    ["identity", document({ ...reading, Condition: { StringIs: { a: "b" } } }), /Syntax errors/],
    ["identity", document({ ...reading, Condition: { StringEquals: "b" } }), /Syntax errors/],
    ["identity", document({ ...reading, Action: "s3:Get:Object" }), /only one colon/],
    ["identity", document({ ...reading, Action: "s 3:GetObject" }), /Vendor s 3 is not valid/],
    ["identity", document({ ...reading, Resource: "arn:amazon:s3:::b" }), /Partition "amazon" is not valid/],
    ["identity", document({ ...reading, Resource: "arn:aws:s3:us-east-1::b" }), /can not contain region/],
    ["identity", document({ ...reading, Resource: "arn:aws:iam:us-east-1:123456789012:role/x" }), /region information/],
    ["identity", document({ ...reading, Resource: "arn:aws:iam::123456789012:roles/x" }), /IAM resource path/],
    ["trust", document({ ...trusting, Principal: { Machine: "x" } }), /Invalid principal/],
    ["trust", document({ ...trusting, Principal: { Service: "ec2" } }), /Invalid principal/],
    ["trust", document({ ...trusting, Principal: { AWS: "1234" } }), /Invalid principal/],
    ["resource", document({ ...reading, Principal: "everyone" }), /Syntax errors/],
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
