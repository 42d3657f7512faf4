import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Place, Props } from "../../model";
import { admitsAction } from "../iam/admission";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, isRecord, isTrue, text } from "../values";

const CODE = "ValidationException";
const MALFORMED = "MalformedPolicyDocumentException";
/** Bytes. Source: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const LONGEST_POLICY = 32768;
const SYMMETRIC = "SYMMETRIC_DEFAULT";
const MAX_KEY = 128;
const MAX_VALUE = 256;
const SPECS = [
  ...[SYMMETRIC, "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"],
  ...["ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2"],
  ...["ML_DSA_44", "ML_DSA_65", "ML_DSA_87"],
];

/** What each kind of key can be for. Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
function usagesOf(spec: string): string[] {
  if (spec === SYMMETRIC) return ["ENCRYPT_DECRYPT"];
  if (spec.startsWith("RSA_")) return ["ENCRYPT_DECRYPT", "SIGN_VERIFY"];
  if (spec.startsWith("ECC_NIST_P")) return ["SIGN_VERIFY", "KEY_AGREEMENT"];
  if (spec.startsWith("HMAC_")) return ["GENERATE_VERIFY_MAC"];
  if (spec === "SM2") return ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"];
  return ["SIGN_VERIFY"];
}

function refuseTags(tags: unknown): void {
  if (!isRecord(tags)) return;
  Object.entries(tags).forEach(([key, value], index) => {
    const member = `tags.${index + 1}.member`;
    const tooLong = (what: string, limit: number): AwsError =>
      new AwsError(
        CODE,
        `1 validation error detected: Value at '${member}.${what}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
        "tags",
      );
    if (key.startsWith("aws:")) throw new AwsError("TagException", "Tags beginning with aws: are reserved", "tags");
    if (key.length > MAX_KEY) throw tooLong("tagKey", MAX_KEY);
    if ((text(value) ?? "").length > MAX_VALUE) throw tooLong("tagValue", MAX_VALUE);
  });
  if (Object.keys(tags).length > 50) throw new AwsError("TagException", "Too many tags", "tags");
}

function settle({ inputs, place }: OperationContext): Props {
  const spec = text(inputs["customerMasterKeySpec"]) ?? SYMMETRIC;
  const usage = text(inputs["keyUsage"]) ?? "ENCRYPT_DECRYPT";
  if (!usagesOf(spec).includes(usage))
    throw new AwsError(CODE, `KeyUsage ${usage} is not compatible with KeySpec ${spec}`, "keyUsage");
  if (isTrue(inputs["enableKeyRotation"]) && spec !== SYMMETRIC)
    throw new AwsError(
      "UnsupportedOperationException",
      "You cannot perform this operation on an asymmetric or HMAC key.",
    );
  refuseTags(inputs["tags"]);
  const inStore = given(inputs["customKeyStoreId"]);
  if (inStore && (isTrue(inputs["multiRegion"]) || spec !== SYMMETRIC))
    throw new AwsError(
      "UnsupportedOperationException",
      "A custom key store holds symmetric encryption keys of a single Region only.",
      "customKeyStoreId",
    );
  refuseKeyPolicy(inputs, place);
  const root = arn(place, "iam", "root", { global: true });
  const statement = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: root }, Action: "kms:*" };
  const policy = { Version: "2012-10-17", Id: "key-default-1", Statement: [{ ...statement, Resource: "*" }] };
  return filled(inputs, {
    bypassPolicyLockoutSafetyCheck: false,
    customKeyStoreId: "",
    customerMasterKeySpec: SYMMETRIC,
    description: "",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
    multiRegion: false,
    policy: JSON.stringify(policy),
    rotationPeriodInDays: isTrue(inputs["enableKeyRotation"]) ? 365 : 0,
    tags: {},
    xksKeyId: "",
  });
}

/** Throws for a policy that KMS can't read, that is too long, or after which nobody of the account could change it. */
function refuseKeyPolicy(inputs: Props, { accountId }: Place): void {
  try {
    refusePolicy(inputs["policy"], "resource");
  } catch (error) {
    throw error instanceof AwsError ? new AwsError(MALFORMED, error.message, "policy") : error;
  }
  const policy = text(inputs["policy"]);
  if (policy === undefined) return;
  if (Buffer.byteLength(policy) > LONGEST_POLICY)
    throw new AwsError("LimitExceededException", `A key policy has at most ${LONGEST_POLICY} bytes.`, "policy");
  const bypass = inputs["bypassPolicyLockoutSafetyCheck"];
  if (bypass !== UNKNOWN && !isTrue(bypass) && !admitsAction(policy, accountId, "kms:PutKeyPolicy"))
    throw new AwsError(
      MALFORMED,
      "The new key policy will not allow you to update the key policy in the future.",
      "policy",
    );
}

const model: Model = {
  type: "aws:kms/key:Key",
  defaults: {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: SYMMETRIC,
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  replaceOn: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.between("deletionWindowInDays", 7, 30, CODE);
    found.between("rotationPeriodInDays", 90, 2560, CODE);
    found.length("description", 0, 8192, CODE);
    found.oneOf("keyUsage", ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"], CODE);
    found.oneOf("customerMasterKeySpec", SPECS, CODE);
    found.requires("xksKeyId", ["customKeyStoreId"]);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create(context) {
    const outputs = settle(context);
    const multiRegion = isTrue(context.inputs["multiRegion"]);
    const id = multiRegion ? `mrk-${context.ids.hex(32)}` : context.ids.uuid();
    return { id, outputs: { ...outputs, arn: arn(context.place, "kms", `key/${id}`), keyId: id } };
  },

  update: settle,
};

export default model;
