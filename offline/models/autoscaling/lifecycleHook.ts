import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { filled } from "../filled";
import { Findings } from "../findings";
import { property, text } from "../values";

const TYPE = "aws:autoscaling/lifecycleHook:LifecycleHook";
const CODE = "ValidationError";
/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
const HOOKS_PER_GROUP = 50;
const computed = { defaultResult: "ABANDON", heartbeatTimeout: 3600 };

const model: Model = {
  type: TYPE,
  replaceOn: ["autoscalingGroupName", "name"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 255, CODE);
    found.matches("name", /^[A-Za-z0-9_/-]+$/, "no spaces or special characters except - _ and /", CODE);
    found.oneOf("defaultResult", ["CONTINUE", "ABANDON"], CODE);
    found.between("heartbeatTimeout", 30, 7200, CODE);
    found.oneOf(
      "lifecycleTransition",
      ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
      CODE,
    );
    found.length("notificationMetadata", 1, 4000, CODE);
    found.arn("notificationTargetArn", CODE);
    found.arn("roleArn", CODE);
    return found.problems;
  },

  create({ inputs, world }) {
    const group = text(inputs["autoscalingGroupName"]);
    if (group !== undefined && world.find("aws:autoscaling/group:Group", group) === undefined)
      throw new AwsError(CODE, `AutoScalingGroup name not found - AutoScalingGroup '${group}' not found`);
    const theirs = world.all(TYPE).filter((hook) => text(property(hook, "autoscalingGroupName")) === group);
    if (group !== undefined && theirs.length >= HOOKS_PER_GROUP)
      throw new AwsError(
        "LimitExceeded",
        `Maximum number of lifecycle hooks (${HOOKS_PER_GROUP}) reached for ${group}`,
      );
    return { id: text(inputs["name"]) ?? "", outputs: filled(inputs, computed) };
  },

  update: ({ inputs }) => filled(inputs, computed),
};

export default model;
