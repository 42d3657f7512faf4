import { AwsError } from "../../aws-error";
import type { Model, Props } from "../../model";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, property, text } from "../values";
import { checkHook } from "./groupChecks";

const TYPE = "aws:autoscaling/lifecycleHook:LifecycleHook";
const CODE = "ValidationError";
/** Characters. */
const METADATA = 4000;
/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
const HOOKS_PER_GROUP = 50;
const computed = { defaultResult: "ABANDON", heartbeatTimeout: 3600 };

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
function refuseNotification(inputs: Props): void {
  const metadata = text(inputs["notificationMetadata"]);
  if (metadata !== undefined && (metadata.length > METADATA || !/^[\t\n\r\x20-\x7e]+$/.test(metadata)))
    throw new AwsError(
      CODE,
      `Value at 'notificationMetadata' must have at most ${METADATA} characters of printable ASCII`,
      "notificationMetadata",
    );
  if (given(inputs["roleArn"]) && !given(inputs["notificationTargetArn"]))
    throw new AwsError(CODE, "RoleARN is valid only with a notification target", "roleArn");
}

const model: Model = {
  type: TYPE,
  replaceOn: ["autoscalingGroupName", "name"],
  idWithin: "autoscalingGroupName",

  check({ inputs }) {
    const found = new Findings(inputs);
    checkHook(found);
    return found.problems;
  },

  create({ inputs, world }) {
    refuseNotification(inputs);
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

  update({ inputs }) {
    refuseNotification(inputs);
    return filled(inputs, computed);
  },
};

export default model;
