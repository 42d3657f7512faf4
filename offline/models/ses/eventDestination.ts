import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { isRecord, property, text } from "../values";
import { configurationSetNamed } from "./identities";
import { obstacleTo } from "./publishing";

const TYPE = "aws:ses/eventDestination:EventDestination";
const CODE = "InvalidParameterValue";
const EVENTS = ["send", "reject", "bounce", "complaint", "delivery", "open", "click", "renderingFailure"];
const KINDS = ["cloudwatchDestinations", "kinesisDestination", "snsDestination"];

function refuse(context: OperationContext): void {
  const { inputs, world } = context;
  const [set, name] = [text(inputs["configurationSetName"]), text(inputs["name"])];
  if (set !== undefined && configurationSetNamed(context, set) === undefined)
    throw new AwsError(
      "ConfigurationSetDoesNotExist",
      `Configuration set <${set}> does not exist.`,
      "configurationSetName",
    );
  const taken = world
    .all(TYPE)
    .some((one) => text(property(one, "configurationSetName")) === set && text(property(one, "name")) === name);
  if (set !== undefined && name !== undefined && taken)
    throw new AwsError("EventDestinationAlreadyExists", `An event destination with name <${name}> already exists.`);
  const sns = inputs["snsDestination"];
  const topic = isRecord(sns) ? text(sns["topicArn"]) : undefined;
  const obstacle = topic === undefined ? undefined : obstacleTo(context, topic);
  if (topic === undefined || obstacle === undefined) return;
  const message = obstacle.missing
    ? `SNS topic <${topic}> not found.`
    : `Could not publish message to SNS topic <${topic}>: ${obstacle.why}.`;
  throw new AwsError("InvalidSNSDestination", message, "snsDestination.topicArn");
}

const model: Model = {
  type: TYPE,
  autoName: { property: "name", maxLength: 255 },
  defaults: { enabled: false },
  replaceOn: ["configurationSetName", "enabled", "matchingTypes", "name", ...KINDS],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 64);
    found.matches("name", /^[0-9A-Za-z_-]+$/, "must contain only alphanumeric, underscore, and hyphen characters");
    found.eachOf("matchingTypes", EVENTS);
    for (const kind of KINDS)
      found.conflict(
        kind,
        KINDS.filter((other) => other !== kind),
        CODE,
      );
    found.within("snsDestination")?.arn("topicArn");
    found.within("kinesisDestination")?.arn("roleArn");
    found.within("kinesisDestination")?.arn("streamArn");
    for (const dimension of found.each("cloudwatchDestinations")) {
      dimension.length("defaultValue", 1, 256);
      dimension.matches("defaultValue", /^[0-9A-Za-z_.@-]+$/, "letters, digits, _ - . and @ only");
      dimension.length("dimensionName", 1, 256);
      dimension.matches("dimensionName", /^[0-9A-Za-z_:-]+$/, "letters, digits, _ - and : only");
      dimension.oneOf("valueSource", ["messageTag", "emailHeader", "linkTag"]);
    }
    return found.problems;
  },

  create(context) {
    const { inputs, place } = context;
    refuse(context);
    const [set, name] = [text(inputs["configurationSetName"]), text(inputs["name"])];
    const known = set !== undefined && name !== undefined;
    return {
      id: name ?? "",
      outputs: {
        arn: known ? arn(place, "ses", `configuration-set/${set}:event-destination/${name}`) : UNKNOWN,
        cloudwatchDestinations: inputs["cloudwatchDestinations"] ?? [],
        kinesisDestination: inputs["kinesisDestination"] ?? null,
        snsDestination: inputs["snsDestination"] ?? null,
      },
    };
  },
};

export default model;
