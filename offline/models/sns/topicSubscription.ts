import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, text } from "../values";
import { needsConfirmation, PROTOCOLS, refuseEndpoint, refuseRedrive } from "./endpoints";
import { CODE, invalid } from "./errors";
import { refuseFilterPolicy } from "./filterPolicy";
import { isFifoTopic, regionOf, topicNamed } from "./topics";

function topicOf({ inputs, place, world }: OperationContext): Thing | undefined {
  const topicArn = text(inputs["topic"]);
  if (topicArn === undefined) return undefined;
  const topic = topicNamed(world, topicArn);
  if (topic === undefined && topicArn.split(":")[4] === place.accountId)
    throw new AwsError("NotFound", "Topic does not exist", "topic");
  if (regionOf(topicArn) !== place.region) throw invalid(`TopicArn: ${topicArn} is not in ${place.region}`, "topic");
  return topic;
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const topic = topicOf(context);
  refuseEndpoint(context, topic);
  refuseRedrive(context, topic);
  refuseFilterPolicy(inputs);
  if (given(inputs["replayPolicy"]) && topic !== undefined && !isFifoTopic(topic))
    throw invalid("ReplayPolicy: only subscriptions to FIFO topics can replay messages", "replayPolicy");
  const filtered = given(inputs["filterPolicy"]);
  return {
    ...filled(inputs, {
      deliveryPolicy: "",
      filterPolicy: "",
      redrivePolicy: "",
      replayPolicy: "",
      subscriptionRoleArn: "",
    }),
    filterPolicyScope: filtered ? (inputs["filterPolicyScope"] ?? "MessageAttributes") : "",
  };
}

const model: Model = {
  type: "aws:sns/topicSubscription:TopicSubscription",
  defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
  replaceOn: ["endpoint", "protocol", "topic"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.arn("topic", CODE);
    found.arn("subscriptionRoleArn", CODE);
    found.oneOf("protocol", PROTOCOLS, CODE);
    found.oneOf("filterPolicyScope", ["MessageAttributes", "MessageBody"], CODE);
    for (const document of ["deliveryPolicy", "filterPolicy", "redrivePolicy", "replayPolicy"])
      found.json(document, CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const topicArn = text(inputs["topic"]);
    const outputs = settle(context);
    const id = topicArn === undefined ? "" : `${topicArn}:${ids.uuid()}`;
    const unknownProtocol = inputs["protocol"] === UNKNOWN;
    const pending = needsConfirmation(inputs);
    return {
      id,
      outputs: {
        ...outputs,
        arn: id === "" ? UNKNOWN : id,
        confirmationWasAuthenticated: unknownProtocol ? UNKNOWN : !pending,
        ownerId: place.accountId,
        pendingConfirmation: unknownProtocol ? UNKNOWN : pending,
      },
    };
  },

  update: settle,
};

export default model;
