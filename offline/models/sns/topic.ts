import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { given, integer, isRecord, isTrue, property, text } from "../values";
import { CODE, invalid, refuseTopicPolicy } from "./errors";
import { TOPIC } from "./topics";

const PROTOCOLS = ["application", "firehose", "http", "lambda", "sqs"];
const ACTIONS = ["GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic"].concat(
  ["Subscribe", "ListSubscriptionsByTopic", "Publish"],
);
const feedback: Props = Object.fromEntries<unknown>(
  PROTOCOLS.flatMap((protocol): [string, unknown][] => [
    [`${protocol}FailureFeedbackRoleArn`, ""],
    [`${protocol}SuccessFeedbackRoleArn`, ""],
    [`${protocol}SuccessFeedbackSampleRate`, 0],
  ]),
);

/** What a topic without a policy of its own has: everyone of the owning account may use it. */
function defaultPolicy(topicArn: string, account: string): string {
  const statement = {
    Action: ACTIONS.map((action) => `SNS:${action}`),
    Condition: { StringEquals: { "AWS:SourceOwner": account } },
    Effect: "Allow",
    Principal: { AWS: "*" },
    Resource: topicArn,
    Sid: "__default_statement_ID",
  };
  return JSON.stringify({ Id: "__default_policy_ID", Statement: [statement], Version: "2008-10-17" });
}

/** Days that a FIFO topic keeps its messages. Source: https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html */
function refuseArchive(inputs: Props): void {
  const policy = text(inputs["archivePolicy"]);
  const parsed: unknown = policy === undefined ? undefined : JSON.parse(policy);
  if (!isRecord(parsed)) return;
  const days = integer(parsed["MessageRetentionPeriod"]);
  if (days === undefined || days < 1 || days > 365)
    throw invalid("ArchivePolicy: MessageRetentionPeriod must be from 1 to 365 days", "archivePolicy");
}

function settle({ inputs, place }: OperationContext, topicArn: string | undefined): Props {
  refuseTopicPolicy(inputs["policy"]);
  refuseArchive(inputs);
  const display = text(inputs["displayName"]);
  if (display !== undefined && display.length > 100)
    throw invalid("DisplayName: Must be less than or equal to 100 characters long", "displayName");
  return filled(inputs, {
    ...feedback,
    archivePolicy: "",
    beginningArchiveTime: "",
    deliveryPolicy: "",
    displayName: "",
    fifoThroughputScope: isTrue(inputs["fifoTopic"]) ? "Topic" : "",
    kmsMasterKeyId: "",
    namePrefix: "",
    policy: topicArn === undefined ? UNKNOWN : defaultPolicy(topicArn, place.accountId),
    signatureVersion: 0,
    tags: {},
    tracingConfig: "",
  });
}

/** A name that is asked for, or what the prefix makes of itself. */
function topicName(context: OperationContext): string | undefined {
  const name = nameOf(context);
  const suffix = isTrue(context.inputs["fifoTopic"]) && !given(context.inputs["name"]) ? ".fifo" : "";
  return name === undefined ? undefined : name + suffix;
}

function checkKind(found: Findings): void {
  const { inputs } = found;
  const name = text(inputs["name"]);
  const fifo = inputs["fifoTopic"];
  if (fifo === UNKNOWN) return;
  const form = isTrue(fifo) ? /^[0-9A-Za-z_-]{1,251}\.fifo$/ : /^[0-9A-Za-z_-]{1,256}$/;
  if (name !== undefined && !form.test(name)) found.refuse("name", CODE, `invalid topic name: ${name}`);
  if (isTrue(fifo)) return;
  if (given(inputs["archivePolicy"]) && inputs["archivePolicy"] !== UNKNOWN)
    found.refuse("archivePolicy", CODE, "message archive policy can only be set for FIFO topics");
  if (text(inputs["fifoThroughputScope"]) !== undefined)
    found.refuse("fifoThroughputScope", CODE, "FIFO throughput scope can only be set for FIFO topics");
  if (isTrue(inputs["contentBasedDeduplication"]))
    found.refuse("contentBasedDeduplication", CODE, "content-based deduplication can only be set for FIFO topics");
}

const model: Model = {
  type: TOPIC,
  autoName: { property: "name", maxLength: 80, suffix: (inputs) => (isTrue(inputs["fifoTopic"]) ? ".fifo" : "") },
  defaults: { contentBasedDeduplication: false, fifoTopic: false },
  replaceOn: ["fifoTopic", "name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.conflict("name", ["namePrefix"], CODE);
    for (const protocol of PROTOCOLS) {
      found.arn(`${protocol}FailureFeedbackRoleArn`, CODE);
      found.arn(`${protocol}SuccessFeedbackRoleArn`, CODE);
      found.between(`${protocol}SuccessFeedbackSampleRate`, 0, 100, CODE);
    }
    for (const document of ["archivePolicy", "deliveryPolicy", "policy"]) found.json(document, CODE);
    found.oneOf("fifoThroughputScope", ["Topic", "MessageGroup"], CODE);
    found.oneOf("tracingConfig", ["Active", "PassThrough"], CODE);
    found.between("signatureVersion", 1, 2, CODE);
    checkKind(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, world } = context;
    const name = topicName(context);
    const topicArn = name === undefined ? undefined : arn(place, "sns", name);
    const same = topicArn === undefined ? undefined : world.find(TOPIC, topicArn);
    // SNS answers a second creation with the same attributes with the topic that is there.
    if (same !== undefined && JSON.stringify(property(same, "tags") ?? {}) !== JSON.stringify(inputs["tags"] ?? {}))
      throw invalid("Tags Reason: Topic already exists with different tags", "name");
    return {
      id: topicArn ?? "",
      outputs: {
        ...settle(context, topicArn),
        arn: topicArn ?? UNKNOWN,
        name: name ?? UNKNOWN,
        owner: place.accountId,
      },
    };
  },

  update: (context, old) => settle(context, old.id),
};

export default model;
