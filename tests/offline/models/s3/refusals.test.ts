import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account, refusal } from "../account";
import { type Around, testRefusals, type Table } from "../refusal-tables";

const bucket: Around = async (account) => {
  await account.create("aws:s3/bucket:Bucket", "bucket", {});
};

const lifecycle = (rule: Props): Props => ({ lifecycleRules: [{ enabled: true, ...rule }] });
const encrypted = (sseAlgorithm: string): Props => ({
  serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } } },
});

const tables: Table[] = [
  {
    type: "aws:s3/bucket:Bucket",
    accepted: { bucket: "mail-artifacts.example" },
    alsoAccepted: [
      { acl: "log-delivery-write" },
      { grants: [{ type: "Group", permissions: ["READ"], uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" }] },
      lifecycle({ id: "i".repeat(255), expiration: { date: "2030-01-31" } }),
      lifecycle({ transitions: [{ days: 0, storageClass: "GLACIER_IR" }], noncurrentVersionExpiration: { days: 1 } }),
      { website: { indexDocument: "index.html", routingRules: "[]" } },
      { objectLockConfiguration: { objectLockEnabled: "Enabled" } },
      { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] },
    ],
    refused: [
      [{ acl: "open" }, "InvalidParameterValue", "check"],
      [{ grants: [{ type: "Person", permissions: ["READ"] }] }, "InvalidParameterValue", "check"],
      [{ grants: [{ type: "Group", permissions: ["LOOK"] }] }, "InvalidParameterValue", "check"],
      [lifecycle({ id: "i".repeat(256) }), "InvalidParameterValue", "check"],
      [lifecycle({ expiration: { date: "2030-01-31T00:00:00Z" } }), "InvalidParameterValue", "check"],
      [lifecycle({ expiration: { days: -1 } }), "InvalidParameterValue", "check"],
      [lifecycle({ noncurrentVersionExpiration: { days: 0 } }), "InvalidParameterValue", "check"],
      [lifecycle({ transitions: [{ days: 1, storageClass: "ICE" }] }), "InvalidParameterValue", "check"],
      [{ objectLockConfiguration: { objectLockEnabled: "Yes" } }, "InvalidParameterValue", "check"],
      [encrypted("AES128"), "InvalidParameterValue", "check"],
      [{ website: { indexDocument: "i", redirectAllRequestsTo: "a.example" } }, "ProviderCheck", "check"],
      [{ website: { errorDocument: "e" } }, "ProviderCheck", "check"],
      [{ website: { indexDocument: "i", routingRules: "x" } }, "ProviderCheck", "check"],
      [{ corsRules: [{ allowedMethods: ["LOOK"], allowedOrigins: ["*"] }] }, "InvalidRequest"],
      [{ bucket: "ab" }, "InvalidBucketName"],
      [{ bucket: "Mail" }, "InvalidBucketName"],
      [{ bucket: "mail..x" }, "InvalidBucketName"],
      [{ bucket: "mail-" }, "InvalidBucketName"],
      [{ bucket: "xn--mail" }, "InvalidBucketName"],
      [{ bucket: "sthree-mail" }, "InvalidBucketName"],
      [{ bucket: "mail-s3alias" }, "InvalidBucketName"],
      [{ bucket: "mail--ol-s3" }, "InvalidBucketName"],
      [{ bucket: "b".repeat(64) }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    around: bucket,
    accepted: {
      bucket: "${bucket.id}",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
    },
    refused: [
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES128" } }] },
        "InvalidParameterValue",
        "check",
      ],
      [{ bucket: "nobodys" }, "NoSuchBucket"],
      [
        {
          rules: [
            {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "AES256",
                kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/1",
              },
            },
          ],
        },
        "InvalidArgument",
        "check",
      ],
    ],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    accepted: { name: "mail/smtp" },
    refused: [
      [{ name: "mail smtp" }, "ValidationException", "check"],
      [{ description: "d".repeat(2049) }, "ValidationException"],
      [{ replicas: [{ region: "us-east-1" }] }, "InvalidParameterException"],
      [{ recoveryWindowInDays: 31 }, "InvalidParameterException", "check"],
      [{ namePrefix: "mail" }, "ValidationException", "check"],
      [{ policy: "no" }, "MalformedPolicyDocument", "check"],
    ],
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    around: async (account) => {
      await account.create("aws:secretsmanager/secret:Secret", "secret", {});
    },
    accepted: { secretId: "${secret.id}", secretString: "x" },
    alsoAccepted: [{ secretString: undefined, secretBinary: "eA==" }],
    refused: [
      [{ secretString: undefined }, "InvalidRequestException"],
      [{ secretString: undefined, secretBinary: "not base 64" }, "ProviderCreate"],
      [{ secretBinary: "eA==" }, "ProviderCheck", "check"],
      [{ secretString: "x".repeat(65537) }, "ValidationException", "check"],
      [{ secretId: "nobodys" }, "ResourceNotFoundException"],
    ],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    accepted: { name: "/mail/host", type: "String", value: "x" },
    alsoAccepted: [
      // The provider sends a key for secure strings only.
      { keyId: "alias/x" },
      { allowedPattern: "(?i)X" },
    ],
    refused: [
      [{ value: "" }, "ValidationException"],
      [{ value: "{{ssm:other}}" }, "ValidationException"],
      [{ allowedPattern: "^y$" }, "ParameterPatternMismatchException"],
      [{ tier: "Basic" }, "ValidationException", "check"],
      [{ name: "mail host" }, "ValidationException"],
      [{ name: "/aws/mail" }, "AccessDeniedException"],
      [{ value: "x".repeat(4097) }, "ValidationException"],
      [{ description: "d".repeat(1025) }, "ValidationException", "check"],
    ],
  },
];

describe("changes that S3 refuses", () => {
  it("a bucket that was versioned can only suspend it", async () => {
    const account = new Account();
    await bucket(account);
    const versioning = (status: string): Props => ({ bucket: "${bucket.id}", versioningConfiguration: { status } });
    await account.create("aws:s3/bucketVersioning:BucketVersioning", "it", versioning("Enabled"));
    await account.update("it", versioning("Suspended"));
    assert.equal((await refusal(account.update("it", versioning("Disabled")))).code, "ProviderCheck");
  });
});

describe("what S3, Secrets Manager and Parameter Store refuse beside the ground truth", () => {
  testRefusals(tables);
});
