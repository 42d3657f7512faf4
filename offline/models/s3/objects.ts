/** What `BucketObjectv2` and the older `BucketObject` have in common: all but the name. */
import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, isRecord, property, text } from "../values";
import { digestsOf } from "./objectContent";
import { bucketId } from "./reference";

const CODE = "InvalidArgument";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const VERSION = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const TAGS = 10;
/** Bytes. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY = 1024;
const ACLS = [
  ...["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read"],
  ...["bucket-owner-read", "bucket-owner-full-control"],
];
const CLASSES = [
  ...["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE"],
  ...["OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP"],
];

function isVersioned({ inputs, world }: OperationContext): boolean {
  const setting = world.find(VERSIONING, text(inputs["bucket"]) ?? "");
  const configuration = setting === undefined ? undefined : property(setting, "versioningConfiguration");
  return isRecord(configuration) && configuration["status"] === "Enabled";
}

/** The algorithm that the bucket encrypts with where the object names none. */
function defaultEncryption({ inputs, world }: OperationContext): string {
  const setting = world.find(ENCRYPTION, text(inputs["bucket"]) ?? "");
  const rules = setting === undefined ? undefined : property(setting, "rules");
  const rule: unknown = Array.isArray(rules) ? rules[0] : undefined;
  const chosen = isRecord(rule) ? rule["applyServerSideEncryptionByDefault"] : undefined;
  return (isRecord(chosen) ? text(chosen["sseAlgorithm"]) : undefined) ?? "AES256";
}

function refuse({ inputs }: OperationContext, key: string): void {
  if (Buffer.byteLength(key) > KEY) throw new AwsError("KeyTooLongError", "Your key is too long", "key");
  const tags = inputs["tags"];
  if (isRecord(tags) && Object.keys(tags).length > TAGS)
    throw new AwsError("BadRequest", `Object tags cannot be greater than ${TAGS}`, "tags");
  if (text(inputs["serverSideEncryption"]) === "AES256" && given(inputs["kmsKeyId"]))
    throw new AwsError(CODE, "a KMS key can't be named with the algorithm AES256", "kmsKeyId");
}

function settle(context: OperationContext, key: string, generation: string): Props {
  const { inputs, ids } = context;
  refuse(context, key);
  const { etag, sha256 } = digestsOf(inputs);
  const algorithm = given(inputs["kmsKeyId"]) ? "aws:kms" : defaultEncryption(context);
  const version = etag === UNKNOWN ? UNKNOWN : ids.chars(VERSION, 32, `version-${generation}-${etag}`);
  return {
    ...filled(inputs, {
      acl: "",
      bucketKeyEnabled: false,
      cacheControl: "",
      contentDisposition: "",
      contentEncoding: "",
      contentLanguage: "",
      contentType: "application/octet-stream",
      kmsKeyId: "",
      metadata: {},
      objectLockLegalHoldStatus: "",
      objectLockMode: "",
      objectLockRetainUntilDate: "",
      serverSideEncryption: algorithm,
      storageClass: "STANDARD",
      tags: {},
      websiteRedirect: "",
    }),
    checksumCrc32: "",
    checksumCrc32c: "",
    checksumCrc64nvme: "",
    checksumSha1: "",
    checksumSha256: text(inputs["checksumAlgorithm"]) === "SHA256" ? sha256 : "",
    etag: inputs["etag"] ?? etag,
    key,
    versionId: isVersioned(context) ? version : "",
  };
}

/** Without a key the resource's own name is one. */
function keyOf({ inputs, urn }: OperationContext): string {
  const asked = inputs["key"];
  return typeof asked === "string" ? asked : urn.slice(urn.lastIndexOf("::") + 2);
}

function check(inputs: Props): Findings {
  const found = new Findings(inputs);
  found.atMostOne(["content", "contentBase64", "source"]);
  found.conflict("etag", ["kmsKeyId"]);
  found.oneOf("acl", ACLS, CODE);
  found.oneOf("storageClass", CLASSES, "InvalidStorageClass");
  found.oneOf("serverSideEncryption", ["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"], CODE);
  found.oneOf("checksumAlgorithm", ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"], CODE);
  found.oneOf("objectLockLegalHoldStatus", ["ON", "OFF"], CODE);
  found.oneOf("objectLockMode", ["GOVERNANCE", "COMPLIANCE"], CODE);
  found.arn("kmsKeyId", CODE);
  found.matches("key", /^[^]+$/, "must not be empty", CODE);
  const metadata = inputs["metadata"];
  for (const name of isRecord(metadata) ? Object.keys(metadata) : []) {
    if (name !== "__defaults" && name !== name.toLowerCase())
      found.refuse("metadata", CODE, `Metadata must be lowercase only. Offending key: "${name}"`);
  }
  checkTags(found);
  return found;
}

export function objectModel(type: string): Model {
  return {
    type,
    defaults: { forceDestroy: false },
    replaceOn: ["bucket", "key"],
    check: ({ inputs }) => check(inputs).problems,

    create(context) {
      const bucket = bucketId(context);
      const key = keyOf(context);
      const known = bucket !== "" && key !== UNKNOWN;
      const name = `${bucket}/${key}`;
      return {
        id: known ? name : "",
        outputs: {
          ...settle(context, key, "new"),
          arn: known ? arn(context.place, "s3", name, { global: true, account: false }) : UNKNOWN,
        },
      };
    },

    update: (context, old) => settle(context, String(old.outputs["key"]), String(old.outputs["versionId"])),
  };
}
