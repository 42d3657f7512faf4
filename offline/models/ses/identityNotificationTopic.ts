import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { text } from "../values";
import { identityNamed } from "./identities";
import { obstacleTo } from "./publishing";

const CODE = "InvalidParameterValue";

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const identity = text(inputs["identity"]);
  if (identity !== undefined && identityNamed(context, identity) === undefined)
    throw new AwsError(CODE, `Identity <${identity}> does not exist.`, "identity");
  const topic = text(inputs["topicArn"]);
  const obstacle = topic === undefined ? undefined : obstacleTo(context, topic);
  if (obstacle !== undefined) {
    const why = obstacle.missing ? "it does not exist" : obstacle.why;
    throw new AwsError(CODE, `Invalid SNS topic <${topic ?? ""}>: ${why}.`, "topicArn");
  }
  return {};
}

const model: Model = {
  type: "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
  defaults: { includeOriginalHeaders: false },
  replaceOn: ["identity", "notificationType"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.arn("topicArn");
    found.oneOf("notificationType", ["Bounce", "Complaint", "Delivery"]);
    return found.problems;
  },

  create(context) {
    const [identity, kind] = [text(context.inputs["identity"]), text(context.inputs["notificationType"])];
    const outputs = settle(context);
    return { id: identity === undefined || kind === undefined ? "" : `${identity}|${kind}`, outputs };
  },

  update: settle,
};

export default model;
