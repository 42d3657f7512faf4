import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account, refusal } from "../account";
import { type Around, testRefusals, type Table } from "../refusal-tables";

const bucket: Around = async (account) => {
  await account.create("aws:s3/bucket:Bucket", "bucket", {});
};

const tables: Table[] = [
  {
    type: "aws:s3/bucket:Bucket",
    accepted: { bucket: "mail-artifacts.example" },
    refused: [
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
    refused: [
      [{ secretBinary: "eA==" }, "ProviderCheck", "check"],
      [{ secretString: "x".repeat(65537) }, "ValidationException", "check"],
      [{ secretId: "nobodys" }, "ResourceNotFoundException"],
    ],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    accepted: { name: "/mail/host", type: "String", value: "x" },
    refused: [
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
