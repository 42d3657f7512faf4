import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { given, text } from "../values";

const TYPE = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const CODE = "InvalidParameterException";
/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const POLICIES = 10;
const LENGTH = 5120;

function settle({ inputs, ids }: OperationContext): Props {
  const policy = text(inputs["policyDocument"]);
  if (policy !== undefined) {
    try {
      refusePolicy(policy, "resource");
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AwsError(CODE, `Invalid resource policy: ${why}`, "policyDocument");
    }
    if (policy.length > LENGTH)
      throw new AwsError("LimitExceededException", `The policy is longer than ${LENGTH} characters.`, "policyDocument");
  }
  const scoped = given(inputs["resourceArn"]);
  return { policyScope: scoped ? "RESOURCE" : "ACCOUNT", revisionId: scoped ? ids.hex(32, "revision") : "" };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["policyName", "resourceArn"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(["policyName", "resourceArn"]);
    found.arn("resourceArn");
    checkPolicyJson(found, "policyDocument");
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const outputs = settle(context);
    const accountWide = world.all(TYPE).filter((one) => text(one.outputs["policyScope"]) === "ACCOUNT");
    if (given(inputs["policyName"]) && accountWide.length >= POLICIES)
      throw new AwsError("LimitExceededException", "Resource limit exceeded.");
    return { id: text(inputs["policyName"]) ?? text(inputs["resourceArn"]) ?? "", outputs };
  },

  update: settle,
};

export default model;
