import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { isBase64 } from "../base64";
import { filled, whenKnown } from "../filled";
import { Findings } from "../findings";
import { given, property, text } from "../values";

const SECRET = "aws:secretsmanager/secret:Secret";
/** Bytes. Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const SIZE = 65536;

function refuseValue(inputs: Props): void {
  const kinds = ["secretBinary", "secretString", "secretStringWo"];
  if (!kinds.some((kind) => given(inputs[kind]) && inputs[kind] !== ""))
    throw new AwsError("InvalidRequestException", "You must provide either SecretString or SecretBinary.");
  const binary = text(inputs["secretBinary"]);
  if (binary !== undefined && !isBase64(binary))
    throw new AwsError("ProviderCreate", "expected base64 in secret_binary", "secretBinary");
  if (binary !== undefined && Buffer.from(binary, "base64").length > SIZE)
    throw new AwsError("ValidationException", `secretBinary has at most ${SIZE} bytes`, "secretBinary");
}

function secretOf({ inputs, world }: OperationContext): Thing | undefined {
  const id = text(inputs["secretId"]);
  if (id === undefined) return undefined;
  const secret = world.find(SECRET, id) ?? world.all(SECRET).find((one) => text(property(one, "name")) === id);
  if (secret === undefined)
    throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", "secretId");
  return secret;
}

const model: Model = {
  type: "aws:secretsmanager/secretVersion:SecretVersion",
  replaceOn: ["secretBinary", "secretId", "secretString", "secretStringWo", "secretStringWoVersion"],
  secretOutputs: ["secretBinary", "secretString"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.conflict("secretBinary", ["secretString", "secretStringWo"]);
    found.conflict("secretString", ["secretStringWo"]);
    found.requires("secretStringWo", ["secretStringWoVersion"]);
    found.length("secretString", 0, SIZE, "ValidationException");
    return found.problems;
  },

  create(context) {
    const { inputs, ids } = context;
    const secret = secretOf(context);
    refuseValue(inputs);
    const arn = secret?.id ?? UNKNOWN;
    const versionId = ids.uuid("version");
    const id = whenKnown(arn, (known) => `${known}|${versionId}`);
    return {
      id: id === UNKNOWN || typeof id !== "string" ? "" : id,
      outputs: {
        ...filled(inputs, { secretBinary: "", secretString: "", versionStages: ["AWSCURRENT"] }),
        arn,
        hasSecretStringWo: false,
        secretArn: arn,
        versionId,
      },
    };
  },
};

export default model;
