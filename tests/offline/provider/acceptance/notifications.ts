import type { Props } from "../../../../offline/model";
import { type Config, CONSTANTS, type Declared, given, NAME, one, role, tags1, tags2, topic } from "./configuration";

const topicConfig = (inputs: (args: readonly unknown[]) => Props): Config =>
  one("aws_sns_topic.test", "aws:sns/topic:Topic", inputs);

const topicPolicy =
  (action: string): Config =>
  () => [
    topic("test"),
    {
      address: "aws_sns_topic_policy.test",
      type: "aws:sns/topicPolicy:TopicPolicy",
      inputs: {
        arn: "ref:aws_sns_topic.test.arn",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Sid: CONSTANTS["rName"], Effect: "Allow", Principal: { AWS: "*" }, Action: action, Resource: "*" },
          ],
        }),
      },
    },
  ];

const queue = (name: string, inputs: Props): Declared => ({
  address: `aws_sqs_queue.${name}`,
  type: "aws:sqs/queue:Queue",
  inputs: given(inputs),
});

const queueConfig =
  (inputs: (args: readonly unknown[]) => Props): Config =>
  (args) => [queue("test", inputs(args))];

const subscription =
  (inputs: (args: readonly unknown[]) => Props): Config =>
  (args) => [
    topic("test"),
    queue("test", { name: NAME, sqsManagedSseEnabled: true }),
    {
      address: "aws_sns_topic_subscription.test",
      type: "aws:sns/topicSubscription:TopicSubscription",
      inputs: given({
        topic: "ref:aws_sns_topic.test.arn",
        protocol: "sqs",
        endpoint: "ref:aws_sqs_queue.test.arn",
        ...inputs(args),
      }),
    },
  ];

const filter = JSON.stringify({ key1: ["value1"] });
const nested = JSON.stringify({ key2: { key1: ["value1"] } });
const fifo = { fifoQueue: true, namePrefix: "acc-" };
const redrive = (times: number): string =>
  `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:${NAME}-dlq","maxReceiveCount":${times}}`;
const policyOf = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
  });

const attached =
  (kind: string, type: string, inputs: Props): Config =>
  () => [
    queue("test", { name: NAME }),
    queue("test_ddl", { name: `${NAME}-dlq` }),
    { address: `aws_sqs_queue_${kind}.test`, type, inputs: { queueUrl: "ref:aws_sqs_queue.test.url", ...inputs } },
  ];
const allowed = (permission: string): Props => ({
  redriveAllowPolicy: JSON.stringify({ redrivePermission: permission }),
});
const feedbacks = (): Props =>
  Object.fromEntries(
    Object.entries({ application: 100, firehose: 60, http: 80, lambda: 90, sqs: 70 }).flatMap(([protocol, rate]) => [
      [`${protocol}SuccessFeedbackSampleRate`, rate],
      [`${protocol}SuccessFeedbackRoleArn`, role("example")],
      [`${protocol}FailureFeedbackRoleArn`, role("example")],
    ]),
  ) as Props;

/** Configurations of topics, subscriptions and queues; form as in `ses.ts`. */
export const NOTIFICATIONS: Record<string, Config> = {
  "aws_sns_topic name": topicConfig(() => ({ name: NAME })),
  "aws_sns_topic nameGenerated": topicConfig(() => ({ namePrefix: "terraform-" })),
  "aws_sns_topic nameGeneratedFIFO": topicConfig(() => ({ namePrefix: "terraform-", fifoTopic: true })),
  "aws_sns_topic nameFIFO": topicConfig(() => ({ name: `${NAME}.fifo`, fifoTopic: true })),
  "aws_sns_topic namePrefix": topicConfig(() => ({ namePrefix: NAME })),
  "aws_sns_topic namePrefixFIFO": topicConfig(() => ({ namePrefix: NAME, fifoTopic: true })),
  "aws_sns_topic tags1": topicConfig((args) => ({ name: NAME, ...tags1(args) })),
  "aws_sns_topic tags2": topicConfig((args) => ({ name: NAME, ...tags2(args) })),
  "aws_sns_topic encryption": topicConfig(() => ({ name: NAME, kmsMasterKeyId: "alias/aws/sns", signatureVersion: 2 })),
  "aws_sns_topic fifoContentBasedDeduplication": topicConfig((args) => ({
    name: `${NAME}.fifo`,
    fifoTopic: true,
    contentBasedDeduplication: args[1],
  })),
  "aws_sns_topic deliveryStatus": topicConfig(() => ({ name: NAME, tracingConfig: "Active", ...feedbacks() })),
  "aws_sns_topic_policy basic": topicPolicy("sns:Publish"),
  "aws_sns_topic_policy updated": topicPolicy("SNS:DeleteTopic"),
  "aws_sns_topic_policy equivalent": topicPolicy("sns:Publish"),
  "aws_sns_topic_subscription basic": subscription(() => ({})),
  "aws_sns_topic_subscription rawMessageDelivery": subscription((args) => ({ rawMessageDelivery: args[1] })),
  "aws_sns_topic_subscription filterPolicy": subscription((args) => ({ filterPolicy: args[1] })),
  "aws_sns_topic_subscription filterPolicyScope": subscription((args) => ({
    filterPolicy: filter,
    filterPolicyScope: args[1],
  })),
  "aws_sns_topic_subscription nestedFilterPolicyScope": subscription((args) => ({
    filterPolicy: nested,
    filterPolicyScope: args[1],
  })),
  "aws_sns_topic_subscription email": subscription((args) => ({ protocol: "email", endpoint: args[1] })),
  "aws_sns_topic_subscription firehose": subscription(() => ({
    protocol: "firehose",
    endpoint: "arn:aws:firehose:us-east-1:123456789012:deliverystream/test_stream",
    subscriptionRoleArn: role("firehose_role"),
  })),
  "aws_sqs_queue name": queueConfig(() => ({ name: NAME })),
  "aws_sqs_queue nameGenerated": queueConfig(() => ({ namePrefix: "terraform-" })),
  "aws_sqs_queue nameGeneratedFIFO": queueConfig(() => ({ namePrefix: "terraform-", fifoQueue: true })),
  "aws_sqs_queue namePrefix": queueConfig((args) => ({ namePrefix: args[0] })),
  "aws_sqs_queue namePrefixFIFO": queueConfig((args) => ({ namePrefix: args[0], fifoQueue: true })),
  "aws_sqs_queue tags1": queueConfig((args) => ({ name: NAME, ...tags1(args) })),
  "aws_sqs_queue tags2": queueConfig((args) => ({ name: NAME, ...tags2(args) })),
  "aws_sqs_queue updated": queueConfig(() => ({
    name: NAME,
    delaySeconds: 90,
    maxMessageSize: 2048,
    messageRetentionSeconds: 86400,
    receiveWaitTimeSeconds: 10,
    visibilityTimeoutSeconds: 60,
  })),
  "aws_sqs_queue zeroVisibilityTimeoutSeconds": queueConfig(() => ({ name: NAME, visibilityTimeoutSeconds: 0 })),
  "aws_sqs_queue defaultKMSDataKeyReusePeriodSeconds": queueConfig(() => ({
    name: NAME,
    sqsManagedSseEnabled: false,
    kmsDataKeyReusePeriodSeconds: 300,
  })),
  "aws_sqs_queue encryption": queueConfig((args) => ({
    name: NAME,
    kmsMasterKeyId: "alias/aws/sqs",
    kmsDataKeyReusePeriodSeconds: args[1],
  })),
  "aws_sqs_queue managedEncryption": queueConfig((args) => ({
    name: NAME,
    sqsManagedSseEnabled: args[1] === "null" ? undefined : args[1] === "true",
  })),
  "aws_sqs_queue fifo": queueConfig(() => fifo),
  "aws_sqs_queue fifoContentBasedDeduplication": queueConfig(() => ({ ...fifo, contentBasedDeduplication: true })),
  "aws_sqs_queue fifoHighThroughputMode": queueConfig((args) => ({
    ...fifo,
    deduplicationScope: args[1],
    fifoThroughputLimit: args[2],
  })),
  "aws_sqs_queue redrivePolicy": () => [
    queue("dlq", { name: `${NAME}-dlq` }),
    queue("test", {
      name: NAME,
      visibilityTimeoutSeconds: 300,
      redrivePolicy: redrive(4),
    }),
  ],
  "aws_sqs_queue redriveAllowPolicy": queueConfig(() => ({
    name: NAME,
    visibilityTimeoutSeconds: 300,
    ...allowed("denyAll"),
  })),
  "aws_sqs_queue_policy basic": attached("policy", "aws:sqs/queuePolicy:QueuePolicy", { policy: policyOf("sqs:*") }),
  "aws_sqs_queue_policy updated": attached("policy", "aws:sqs/queuePolicy:QueuePolicy", {
    policy: policyOf("sqs:SendMessage"),
  }),
  "aws_sqs_queue_redrive_policy basic": attached("redrive_policy", "aws:sqs/redrivePolicy:RedrivePolicy", {
    redrivePolicy: redrive(4),
  }),
  "aws_sqs_queue_redrive_policy updated": attached("redrive_policy", "aws:sqs/redrivePolicy:RedrivePolicy", {
    redrivePolicy: redrive(2),
  }),
  "aws_sqs_queue_redrive_allow_policy basic": attached(
    "redrive_allow_policy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    allowed("allowAll"),
  ),
  "aws_sqs_queue_redrive_allow_policy updated": attached(
    "redrive_allow_policy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    allowed("denyAll"),
  ),
};
