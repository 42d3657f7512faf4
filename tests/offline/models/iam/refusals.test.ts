import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account, refusal } from "../account";
import { type Around, testRefusals, type Table } from "../refusal-tables";

const user: Around = async (account) => {
  await account.create("aws:iam/user:User", "user", {});
};

const document = (text: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${text}` }],
  });

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});

const LOCKED = "MalformedPolicyDocumentException";
const bypass = { bypassPolicyLockoutSafetyCheck: true };
const keyPolicy = (principal: unknown, action = "kms:*", sid = "s"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: sid, Effect: "Allow", Action: action, Resource: "*", Principal: principal }],
  });

const tables: Table[] = [
  {
    type: "aws:iam/role:Role",
    around: async (account) => {
      await account.create("aws:iam/role:Role", "other", { assumeRolePolicy: trust, name: "Relay" });
      await account.create("aws:iam/policy:Policy", "mine", { name: "mine", policy: document("x") });
    },
    accepted: { assumeRolePolicy: trust, name: "web", description: "d" },
    alsoAccepted: [
      { description: "Dejimañ" },
      { managedPolicyArns: ["${mine.arn}", "arn:aws:iam::aws:policy/ReadOnlyAccess"] },
      { permissionsBoundary: "${mine.arn}" },
      { inlinePolicies: [{ name: "read", policy: document("x") }] },
    ],
    refused: [
      [{ name: "relay" }, "EntityAlreadyExists"],
      [{ description: "a “d”" }, "ValidationError", "check"],
      [{ description: "出島" }, "ValidationError"],
      [{ managedPolicyArns: ["ReadOnlyAccess"] }, "ValidationError", "check"],
      [{ managedPolicyArns: ["arn:aws:iam::123456789012:policy/none"] }, "NoSuchEntity"],
      [{ permissionsBoundary: "arn:aws:iam::123456789012:policy/none" }, "NoSuchEntity"],
      [{ inlinePolicies: [{ name: "a b", policy: document("x") }] }, "ValidationError", "check"],
      [{ inlinePolicies: [{ name: "a", policy: document("x".repeat(10240)) }] }, "LimitExceeded"],
      [{ path: "/" + "p".repeat(511) + "/" }, "ValidationError", "check"],
      [{ name: "web role" }, "ValidationError", "check"],
      [{ description: "d".repeat(1001) }, "ValidationError", "check"],
      [{ namePrefix: "web-" }, "ValidationError", "check"],
      [{ permissionsBoundary: "none" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:iam/policy:Policy",
    accepted: { policy: document("x"), name: "read" },
    refused: [
      [{ policy: document("出島") }, "ValidationError"],
      [{ name: "read it" }, "ValidationError", "check"],
      [{ description: "d".repeat(1001) }, "ValidationError", "check"],
      [{ path: "nested" }, "ValidationError"],
    ],
  },
  {
    type: "aws:iam/user:User",
    accepted: { name: "mail", path: "/system/" },
    refused: [
      [{ name: "the mail" }, "ValidationError", "check"],
      [{ path: "system" }, "ValidationError"],
    ],
  },
  {
    type: "aws:iam/userPolicy:UserPolicy",
    around: user,
    accepted: { user: "${user.name}", policy: document("x") },
    refused: [
      [{ user: "nobody" }, "NoSuchEntity"],
      [{ policy: document("x".repeat(2100)) }, "LimitExceeded"],
      [{ name: "a b" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:iam/instanceProfile:InstanceProfile",
    accepted: { name: "web", path: "/" },
    refused: [
      [{ name: "a b" }, "ValidationError", "check"],
      [{ role: "nobody" }, "NoSuchEntity"],
    ],
  },
  {
    type: "aws:kms/key:Key",
    accepted: { description: "d", deletionWindowInDays: 7 },
    alsoAccepted: [
      { policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:root" }) },
      { policy: keyPolicy("*", "kms:Put*") },
      { policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:root" }, "kms:Encrypt"), ...bypass },
      // Has no effect as long as the key isn't rotated.
      { rotationPeriodInDays: 90 },
    ],
    refused: [
      [{ policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:root" }, "kms:Encrypt") }, LOCKED],
      [{ policy: keyPolicy({ Service: "ses.amazonaws.com" }) }, LOCKED],
      [{ policy: keyPolicy({ AWS: "arn:aws:iam::210987654321:root" }) }, LOCKED],
      [{ policy: keyPolicy("*", "*", "s".repeat(32768)) }, "LimitExceededException"],
      [{ policy: JSON.stringify({ Version: "2012-10-17" }) }, LOCKED],
      [{ customKeyStoreId: "cks-1", multiRegion: true }, "UnsupportedOperationException"],
      [{ xksKeyId: "k" }, "ProviderCheck", "check"],
      [{ description: "d".repeat(8193) }, "ValidationException", "check"],
      [{ customerMasterKeySpec: "RSA_1024" }, "ValidationException", "check"],
      [{ rotationPeriodInDays: 89, enableKeyRotation: true }, "ValidationException", "check"],
      [{ customerMasterKeySpec: "RSA_2048", enableKeyRotation: true }, "UnsupportedOperationException"],
      [{ customerMasterKeySpec: "HMAC_256" }, "ValidationException"],
      [{ policy: "no" }, "MalformedPolicyDocument", "check"],
    ],
  },
  {
    type: "aws:kms/alias:Alias",
    around: async (account) => {
      await account.create("aws:kms/key:Key", "key", {});
    },
    accepted: { name: "alias/mail", targetKeyId: "${key.keyId}" },
    alsoAccepted: [{ name: undefined, namePrefix: "alias/mail-" }],
    refused: [[{ namePrefix: "alias/mail-" }, "ProviderCheck", "check"]],
  },
];

describe("default quotas beside the ground truth's", () => {
  const few: [string, string, number, (index: number) => Props, string][] = [
    [
      "parameter groups",
      "aws:rds/parameterGroup:ParameterGroup",
      50,
      () => ({ family: "postgres16" }),
      "DBParameterGroupQuotaExceeded",
    ],
    ["aliases of a key", "aws:kms/alias:Alias", 50, () => ({ targetKeyId: "${key.id}" }), "LimitExceededException"],
  ];
  for (const [what, type, count, inputs, code] of few) {
    it(`${count} ${what}`, async () => {
      const account = new Account(true);
      await account.create("aws:kms/key:Key", "key", {});
      for (let index = 0; index < count; index += 1) await account.create(type, `x${index}`, inputs(index));
      assert.equal((await refusal(account.create(type, "more", inputs(count)))).code, code);
    });
  }
});

describe("what IAM and KMS refuse beside the ground truth", () => {
  testRefusals(tables);
});
