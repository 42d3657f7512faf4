import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { configurationSetNamed } from "../ses/identities";
import { obstacleTo } from "../ses/publishing";
import { isRecord, property, records, text } from "../values";
import { CODE, missing } from "./errors";

const TYPE = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
/** Source: https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const DESTINATIONS_PER_SET = 10;
const EVENTS = [
  ...["SEND", "REJECT", "BOUNCE", "COMPLAINT", "DELIVERY", "OPEN", "CLICK"],
  ...["RENDERING_FAILURE", "DELIVERY_DELAY", "SUBSCRIPTION"],
];
const KINDS = [
  "cloudWatchDestination",
  "eventBridgeDestination",
  "kinesisFirehoseDestination",
  "pinpointDestination",
  "snsDestination",
];

function refuseTopic(context: OperationContext, destination: Props): void {
  const sns = destination["snsDestination"];
  const topic = isRecord(sns) ? text(sns["topicArn"]) : undefined;
  const obstacle = topic === undefined ? undefined : obstacleTo(context, topic);
  if (topic === undefined || obstacle === undefined) return;
  const message = obstacle.missing
    ? `SNS topic <${topic}> not found.`
    : `Could not publish message to SNS topic <${topic}>: ${obstacle.why}.`;
  throw new AwsError(CODE, message, "eventDestination.snsDestination.topicArn");
}

function refuseBus({ place }: OperationContext, destination: Props): void {
  const bridge = destination["eventBridgeDestination"];
  const bus = isRecord(bridge) ? text(bridge["eventBusArn"]) : undefined;
  if (bus !== undefined && bus !== `arn:${place.partition}:events:${place.region}:${place.accountId}:event-bus/default`)
    throw new AwsError(
      CODE,
      `Event bus <${bus}> is not the default bus of this account and Region.`,
      "eventDestination",
    );
}

function refuseDimensions(destination: Props): void {
  const watch = destination["cloudWatchDestination"];
  for (const one of isRecord(watch) ? records(watch["dimensionConfigurations"]) : []) {
    const [name, value] = [text(one["dimensionName"]), text(one["defaultDimensionValue"])];
    if (name !== undefined && !/^[A-Za-z0-9_:-]{1,256}$/.test(name))
      throw new AwsError(CODE, `Invalid dimension name <${name}>: letters, digits, '_', '-' and ':' only.`);
    if (value !== undefined && !/^[A-Za-z0-9_@.-]{1,256}$/.test(value))
      throw new AwsError(CODE, `Invalid dimension value <${value}>: letters, digits, '_', '-', '@' and '.' only.`);
  }
}

function settle(context: OperationContext): Props {
  const destination = context.inputs["eventDestination"];
  if (!isRecord(destination)) return {};
  refuseTopic(context, destination);
  refuseBus(context, destination);
  refuseDimensions(destination);
  return { eventDestination: { enabled: false, ...destination } };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["configurationSetName", "eventDestinationName"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const destination = found.within("eventDestination");
    if (destination === undefined) return found.problems;
    destination.eachOf("matchingEventTypes", EVENTS, CODE);
    const events = destination.inputs["matchingEventTypes"];
    if (Array.isArray(events) && events.length === 0)
      destination.refuse("matchingEventTypes", CODE, "at least one event type is needed");
    destination.exactlyOne(KINDS, CODE);
    destination.within("snsDestination")?.arn("topicArn", CODE);
    destination.within("pinpointDestination")?.arn("applicationArn", CODE);
    destination.within("eventBridgeDestination")?.arn("eventBusArn", CODE);
    const firehose = destination.within("kinesisFirehoseDestination");
    firehose?.arn("deliveryStreamArn", CODE);
    firehose?.arn("iamRoleArn", CODE);
    for (const dimension of destination.within("cloudWatchDestination")?.each("dimensionConfigurations") ?? []) {
      dimension.length("defaultDimensionValue", 1, 256, CODE);
      dimension.length("dimensionName", 1, 256, CODE);
      dimension.oneOf("dimensionValueSource", ["MESSAGE_TAG", "EMAIL_HEADER", "LINK_TAG"], CODE);
    }
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const [set, name] = [text(inputs["configurationSetName"]), text(inputs["eventDestinationName"])];
    if (set !== undefined && configurationSetNamed(context, set) === undefined)
      throw missing("Configuration set", set, "configurationSetName");
    if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name))
      throw new AwsError(
        CODE,
        `Invalid event destination name <${name}>: up to 64 letters, digits, '_' and '-'.`,
        "eventDestinationName",
      );
    const others = world.all(TYPE).filter((one) => text(property(one, "configurationSetName")) === set);
    if (set !== undefined && others.some((one) => text(property(one, "eventDestinationName")) === name))
      throw new AwsError("AlreadyExistsException", `An event destination with name <${name ?? ""}> already exists.`);
    if (set !== undefined && others.length >= DESTINATIONS_PER_SET)
      throw new AwsError(
        "LimitExceededException",
        `More than ${DESTINATIONS_PER_SET} event destinations for <${set}>.`,
      );
    const outputs = settle(context);
    const id = set === undefined || name === undefined ? "" : `${set}|${name}`;
    return { id, outputs: inputs["eventDestination"] === UNKNOWN ? { eventDestination: UNKNOWN } : outputs };
  },

  update: settle,
};

export default model;
