import assert from "node:assert/strict";
import fc from "fast-check";
import { UNKNOWN, type Value } from "../../../../policies/reachability/resources";
import { type Arn, arnText, matchesArn, parseArn, unknownArn } from "../../../../policies/rules/mail/arns";
import { admission, type Request, statementsOf } from "../../../../policies/rules/mail/iam-policy";

const topic = arn("arn:aws:sns:ap-northeast-1:111122223333:bounces");
const request: Request = {
  service: "ses.amazonaws.com",
  action: "sns:Publish",
  resource: topic,
  account: "111122223333",
  source: arn("arn:aws:ses:ap-northeast-1:111122223333:configuration-set/mail"),
};

function arn(text: string): Arn {
  const parsed = parseArn(text);
  assert.ok(parsed);
  return parsed;
}

const allow = { Effect: "Allow", Principal: { Service: "ses.amazonaws.com" }, Action: "sns:Publish", Resource: "*" };

function answer(statements: Value, asked: Request = request) {
  const read = statementsOf({ Statement: statements });
  assert.ok(read !== undefined && read !== UNKNOWN);
  const { admitted, unrestricted } = admission(read, asked);
  return `${admitted}${unrestricted === "no" ? "" : ` unrestricted ${unrestricted}`}`;
}

const where = (operator: string, key: string, value: Value): Value => ({
  ...allow,
  Condition: { [operator]: { [key]: value } },
});

describe("the policy of a resource that a service calls", () => {
  const open = "yes unrestricted yes";
  const cases: [string, Value, string][] = [
    ["without a condition", allow, open],
    ["one statement instead of a list", [allow], open],
    ["a list of services", { ...allow, Principal: { Service: ["s3.amazonaws.com", "ses.amazonaws.com"] } }, open],
    ["another service", { ...allow, Principal: { Service: "s3.amazonaws.com" } }, "no"],
    ["an account", { ...allow, Principal: { AWS: "arn:aws:iam::111122223333:root" } }, "no"],
    ["everybody", { ...allow, Principal: "*" }, open],
    ["everybody, spelled for AWS", { ...allow, Principal: { AWS: ["*"] } }, open],
    [
      "everybody but it",
      { Effect: "Allow", NotPrincipal: { Service: "ses.amazonaws.com" }, Action: "*", Resource: "*" },
      "no",
    ],
    ["actions by wildcard", { ...allow, Action: ["SNS:Pub*"] }, open],
    ["another action", { ...allow, Action: "sns:Subscribe" }, "no"],
    ["all actions but it", { Effect: "Allow", Principal: "*", NotAction: "sns:Publish", Resource: "*" }, "no"],
    ["its resource", { ...allow, Resource: arnText(topic) }, open],
    ["another resource", { ...allow, Resource: "arn:aws:sns:ap-northeast-1:111122223333:others" }, "no"],
    ["no resource", { Effect: "Allow", Principal: "*", Action: "*" }, "no"],
    ["a principal that isn't known", { ...allow, Principal: UNKNOWN }, "perhaps unrestricted perhaps"],
    ["the account", where("StringEquals", "aws:SourceAccount", "111122223333"), "yes"],
    ["the account, as a number", where("StringEquals", "AWS:SourceAccount", 111122223333), "yes"],
    ["one of the accounts", where("StringEquals", "aws:SourceAccount", ["1", "111122223333"]), "yes"],
    ["another account", where("StringEquals", "aws:SourceAccount", "999999999999"), "no"],
    ["not another account", where("StringNotEquals", "aws:SourceAccount", "999999999999"), open],
    ["any account", where("StringLike", "aws:SourceAccount", "*"), open],
    ["a star where stars mean nothing", where("StringEquals", "aws:SourceAccount", "*"), "no"],
    ["the source", where("ArnLike", "aws:SourceArn", "arn:aws:ses:*:111122223333:configuration-set/*"), "yes"],
    ["the source, as a text", where("StringLike", "aws:SourceArn", "arn:aws:ses:*:111122223333:*"), "yes"],
    ["any source", where("ArnLike", "aws:SourceArn", "arn:aws:ses:*:*:configuration-set/mail"), open],
    ["another source", where("ArnEquals", "aws:SourceArn", "arn:aws:ses:*:111122223333:identity/*"), "no"],
    ["what isn't an ARN", where("ArnLike", "aws:SourceArn", "mail*"), "no"],
    [
      "an account that isn't known",
      where("StringEquals", "aws:SourceAccount", UNKNOWN),
      "perhaps unrestricted perhaps",
    ],
    ["TLS", where("Bool", "aws:SecureTransport", "true"), open],
    ["TLS, as a switch", where("Bool", "aws:SecureTransport", true), open],
    ["no TLS", where("Bool", "aws:SecureTransport", "false"), "no"],
    ["a principal's organisation", where("StringEquals", "aws:PrincipalOrgID", "o-1"), "no"],
    ["a principal's organisation, if it has one", where("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"), open],
    ["a key that it hasn't", where("Null", "aws:PrincipalAccount", "true"), open],
    ["a key that it has", where("Null", "aws:SourceAccount", "true"), "no"],
    ["the source's organisation", where("StringEquals", "aws:SourceOrgID", "o-1"), "perhaps"],
    ["an old key", where("StringEquals", "AWS:SourceOwner", "111122223333"), "no"],
  ];
  for (const [what, statement, expected] of cases) {
    it(`with ${what}: ${expected}`, () => {
      assert.equal(answer(statement), expected);
    });
  }

  it("lets a denial go before every permission, where it applies", () => {
    const deny = (more: Record<string, Value>): Value[] => [
      where("StringEquals", "aws:SourceAccount", "111122223333"),
      { Effect: "Deny", Principal: "*", Action: "*", Resource: "*", ...more },
    ];
    assert.equal(answer(deny({})), "no");
    assert.equal(answer(deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })), "yes");
    // A well-known trap: calls of AWS's services have no organisation, so that they aren't of this one.
    assert.equal(answer(deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } })), "no");
    assert.equal(answer(deny({ Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } })), "perhaps");
    assert.equal(answer(deny({ Action: "sns:Subscribe" })), "yes");
  });

  it("tells a text that isn't a policy from one that isn't known", () => {
    assert.equal(statementsOf("{"), undefined);
    assert.equal(statementsOf("[]"), undefined);
    assert.equal(statementsOf(UNKNOWN), UNKNOWN);
    assert.equal(statementsOf('{"Statement":[{}]}') === undefined, false);
  });
});

describe("patterns of ARNs", () => {
  const part = fc.constantFrom("a", "b", "ab", "c/d");
  const pattern = fc.constantFrom("a", "b", "*", "a*", "?", "*b", "c/*");
  const five = <T>(of: fc.Arbitrary<T>) => fc.tuple(of, of, of, of, of);
  const asArn = ([partition, service, region, account, resource]: readonly (string | undefined)[]): Arn => ({
    ...{ partition, service, region, account, resource },
  });

  it("never match for certain, or fail to, against what hiding a part leaves, unless they do against the whole", () => {
    fc.assert(
      fc.property(
        five(part),
        five(pattern),
        five(fc.boolean()),
        fc.constantFrom("text" as const, "parts" as const),
        (parts, patterns, hidden, style) => {
          const wanted = `arn:${patterns.join(":")}`;
          const truth = matchesArn(wanted, asArn(parts), style);
          const seen = matchesArn(wanted, asArn(parts.map((each, at) => (hidden[at] ? undefined : each))), style);
          assert.notEqual(truth, "perhaps");
          if (seen !== "perhaps") assert.equal(seen, truth);
        },
      ),
    );
  });

  it("match anything by a star alone, known or not", () => {
    assert.equal(matchesArn("*", unknownArn, "parts"), "yes");
    assert.equal(matchesArn("arn:*:*:*:*:*", unknownArn, "parts"), "yes");
    assert.equal(matchesArn("arn:aws:sns:*:*:*", unknownArn, "parts"), "perhaps");
  });

  it("stand for colons in texts only", () => {
    const of = arn("arn:aws:sns:eu-west-1:111122223333:t:11111111-2222");
    assert.equal(matchesArn("arn:aws:*:t:11111111-2222", of, "text"), "yes");
    assert.equal(matchesArn("arn:aws:*:t:11111111-2222", of, "parts"), "no");
  });
});
