import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, isTrue, text } from "../values";

const TYPE = "aws:ssm/parameter:Parameter";
const CODE = "ValidationException";
/** Characters by tier. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const STANDARD = 4096;
const ADVANCED = 8192;
const DEPTH = 15;

/** Undefined for what only AWS's own kind of regular expressions has. */
function expression(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

function refuse({ inputs }: OperationContext): void {
  const name = text(inputs["name"]);
  if (name !== undefined && !/^[a-zA-Z0-9_.\-/]+$/.test(name))
    throw new AwsError(
      CODE,
      "Parameter name: only a mix of letters, numbers and the following 4 symbols .-_/ are allowed.",
      "name",
    );
  if (name !== undefined && /^\/?(aws|ssm)/i.test(name))
    throw new AwsError(
      /^\/?aws/i.test(name) ? "AccessDeniedException" : CODE,
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`,
      "name",
    );
  if (name?.includes("/") === true && !name.startsWith("/"))
    throw new AwsError(CODE, "Parameter name must be a fully qualified name.", "name");
  if (name !== undefined && name.split("/").filter((part) => part !== "").length > DEPTH)
    throw new AwsError(
      "HierarchyLevelLimitExceededException",
      `A hierarchy can have a maximum of ${DEPTH} levels.`,
      "name",
    );
  const value = text(inputs["value"]) ?? text(inputs["insecureValue"]) ?? "";
  if (inputs["value"] === "" || inputs["insecureValue"] === "")
    throw new AwsError(
      CODE,
      "Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
      "value",
    );
  if (/\{\{.*\}\}/.test(value))
    throw new AwsError(CODE, "Parameter value, cannot contain references to other parameters in {{}}.", "value");
  const tier = text(inputs["tier"]) ?? "Standard";
  const most = tier === "Standard" ? STANDARD : ADVANCED;
  if (value.length > most)
    throw new AwsError(
      CODE,
      `${tier} tier parameters support a maximum parameter value of ${most} characters.`,
      "value",
    );
  const pattern = text(inputs["allowedPattern"]);
  if (pattern !== undefined && value !== "" && expression(pattern)?.test(value) === false)
    throw new AwsError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
      "value",
    );
  if (text(inputs["dataType"]) === "aws:ec2:image" && value !== "" && !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value))
    throw new AwsError(
      CODE,
      `The parameter value ${value} is not a valid AMI id for the data type aws:ec2:image`,
      "value",
    );
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  refuse(context);
  const type = text(inputs["type"]);
  const value = given(inputs["value"]) ? inputs["value"] : (inputs["insecureValue"] ?? "");
  return {
    ...filled(inputs, {
      allowedPattern: "",
      dataType: "text",
      description: "",
      keyId: type === "SecureString" ? "alias/aws/ssm" : "",
      tags: {},
      tier: "Standard",
    }),
    hasValueWo: false,
    insecureValue: type === "SecureString" ? "" : value,
    value,
  };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["dataType", "name"],
  // An advanced parameter can't be made a standard one.
  replaceIf: (olds, news) => (olds["tier"] === "Advanced" && news["tier"] === "Standard" ? ["tier"] : []),
  secretOutputs: ["value"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 2048, CODE);
    found.length("description", 0, 1024, CODE);
    found.length("allowedPattern", 0, 1024, CODE);
    found.oneOf("type", ["String", "StringList", "SecureString"], CODE);
    found.oneOf("tier", ["Standard", "Advanced", "Intelligent-Tiering"], CODE);
    found.oneOf("dataType", ["aws:ec2:image", "aws:ssm:integration", "text"], CODE);
    found.exactlyOne(["insecureValue", "value", "valueWo"]);
    if (text(inputs["type"]) === "SecureString" && text(inputs["insecureValue"]) !== undefined)
      found.refuse("insecureValue", "ProviderCheck", '"insecure_value" cannot be set with type SecureString');
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, world } = context;
    const name = text(inputs["name"]);
    const outputs = settle(context);
    if (name !== undefined && world.find(TYPE, name) !== undefined && !isTrue(inputs["overwrite"])) {
      const remedy = "To overwrite this value, set the overwrite option in the request to true.";
      throw new AwsError("ParameterAlreadyExists", `The parameter already exists. ${remedy}`, "name");
    }
    const full = name === undefined ? UNKNOWN : arn(place, "ssm", `parameter/${name.replace(/^\//, "")}`);
    return { id: name ?? "", outputs: { ...outputs, arn: full, version: 1 } };
  },

  update(context, old) {
    return { ...settle(context), version: (integer(old.outputs["version"]) ?? 0) + 1 };
  },
};

export default model;
