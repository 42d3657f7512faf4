import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { equal } from "../../provider/equal";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { given, integer, isTrue, text } from "../values";
import { refuseQueuePolicy } from "./queuePolicy";
import { ATTRIBUTE, QUEUE, VALUE } from "./queues";
import { refuseRedriveAllowPolicy, refuseRedrivePolicy } from "./redrive";

const NAME = "InvalidAttributeName";

function refuse(context: OperationContext): void {
  const { inputs } = context;
  const fifo = inputs["fifoQueue"] === UNKNOWN ? undefined : isTrue(inputs["fifoQueue"]);
  for (const [key, title] of Object.entries({
    deduplicationScope: "DeduplicationScope",
    fifoThroughputLimit: "FifoThroughputLimit",
  })) {
    if (fifo === false && text(inputs[key]) !== undefined)
      throw new AwsError(NAME, `You can specify the ${title} only when FifoQueue is set to true.`, key);
  }
  const scope = inputs["deduplicationScope"];
  if (text(inputs["fifoThroughputLimit"]) === "perMessageGroupId" && scope !== "messageGroup" && scope !== UNKNOWN)
    throw new AwsError(
      ATTRIBUTE,
      "The value perMessageGroupId for FifoThroughputLimit is allowed only when DeduplicationScope is messageGroup.",
      "fifoThroughputLimit",
    );
  const wait = integer(inputs["receiveWaitTimeSeconds"]);
  if (wait !== undefined && (wait < 0 || wait > 20))
    throw new AwsError(
      ATTRIBUTE,
      "Invalid value for the parameter ReceiveMessageWaitTimeSeconds.",
      "receiveWaitTimeSeconds",
    );
  refuseQueuePolicy(inputs["policy"]);
  refuseRedrivePolicy(context, inputs["redrivePolicy"], fifo);
  refuseRedriveAllowPolicy(inputs["redriveAllowPolicy"]);
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  refuse(context);
  const fifo = isTrue(inputs["fifoQueue"]);
  return filled(inputs, {
    deduplicationScope: fifo ? "queue" : "",
    fifoThroughputLimit: fifo ? "perQueue" : "",
    kmsDataKeyReusePeriodSeconds: 300,
    kmsMasterKeyId: "",
    namePrefix: "",
    policy: "",
    redriveAllowPolicy: "",
    redrivePolicy: "",
    sqsManagedSseEnabled: !given(inputs["kmsMasterKeyId"]),
    tags: {},
  });
}

/** SQS answers a second creation with the same attributes with the queue that is there. */
function refuseOther({ inputs, world }: OperationContext, url: string): void {
  const there = world.find(QUEUE, url);
  if (there === undefined) return;
  const attributes = (all: Props): Props => ({ ...all, name: "", tags: {}, tagsAll: {} });
  if (!equal(attributes(there.inputs), attributes(inputs)))
    throw new AwsError(
      "QueueAlreadyExists",
      "A queue already exists with the same name and a different value for some attribute",
      "name",
    );
}

const model: Model = {
  type: QUEUE,
  autoName: { property: "name", maxLength: 80, suffix: (inputs) => (isTrue(inputs["fifoQueue"]) ? ".fifo" : "") },
  defaults: {
    contentBasedDeduplication: false,
    delaySeconds: 0,
    fifoQueue: false,
    maxMessageSize: 262144,
    messageRetentionSeconds: 345600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 30,
  },
  replaceOn: ["fifoQueue", "name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const [name, fifo] = [text(inputs["name"]), inputs["fifoQueue"]];
    const form = isTrue(fifo) ? /^[0-9A-Za-z_-]{1,75}\.fifo$/ : /^[0-9A-Za-z_-]{1,80}$/;
    if (name !== undefined && fifo !== UNKNOWN && !form.test(name))
      found.refuse("name", VALUE, `invalid queue name: ${name}`);
    if (fifo === false && isTrue(inputs["contentBasedDeduplication"]))
      found.refuse("contentBasedDeduplication", NAME, "content-based deduplication can only be set for FIFO queue");
    found.conflict("name", ["namePrefix"], VALUE);
    found.conflict("kmsMasterKeyId", ["sqsManagedSseEnabled"], ATTRIBUTE);
    found.oneOf("deduplicationScope", ["messageGroup", "queue"], ATTRIBUTE);
    found.oneOf("fifoThroughputLimit", ["perMessageGroupId", "perQueue"], ATTRIBUTE);
    found.between("delaySeconds", 0, 900, ATTRIBUTE);
    found.between("kmsDataKeyReusePeriodSeconds", 60, 86400, ATTRIBUTE);
    found.between("maxMessageSize", 1024, 1048576, ATTRIBUTE);
    found.between("messageRetentionSeconds", 60, 1209600, ATTRIBUTE);
    found.between("visibilityTimeoutSeconds", 0, 43200, ATTRIBUTE);
    for (const document of ["policy", "redriveAllowPolicy", "redrivePolicy"]) found.json(document, VALUE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place } = context;
    const asked = nameOf(context);
    const suffix = isTrue(inputs["fifoQueue"]) && !given(inputs["name"]) ? ".fifo" : "";
    const name = asked === undefined ? undefined : asked + suffix;
    const domain = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const url = name === undefined ? undefined : `https://sqs.${place.region}.${domain}/${place.accountId}/${name}`;
    if (url !== undefined) refuseOther(context, url);
    return {
      id: url ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(place, "sqs", name),
        name: name ?? UNKNOWN,
        url: url ?? UNKNOWN,
      },
    };
  },

  update: settle,
};

export default model;
