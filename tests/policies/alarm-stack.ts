import { ACCOUNT, REGION } from "./mail-stack";
import { type Input, jsonOf, Stack } from "./stack";

type Inputs = Record<string, Input>;

/** What is otherwise than in the sound stack. */
export interface AlarmStackChange {
  readonly identity?: "v1" | "v2";
  readonly bounceAlarm?: Inputs;
  /** The whole alarm on bounces is left out. */
  readonly withoutBounceAlarm?: boolean;
  readonly topic?: Inputs;
  /** Statements of the topic's policy; undefined: the sound one, null: no policy at all. */
  readonly topicPolicy?: Input | null;
  readonly keyPolicy?: Input | null;
  readonly key?: Inputs;
  readonly withoutKey?: boolean;
  /** What is subscribed besides, or instead of, nothing: protocol, endpoint and more. */
  readonly subscriptions?: readonly Inputs[];
  readonly more?: (stack: Stack, topicArn: Input) => void;
}

const TOPIC_ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`;

export const admitCloudWatch = (action: Input, resource: Input, condition: Inputs = soundCondition): Inputs => ({
  Sid: "Admit",
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: action,
  Resource: resource,
  ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
});

const soundCondition: Inputs = {
  StringEquals: { "aws:SourceAccount": ACCOUNT },
  ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` },
};

export const policyOf = (...statements: Input[]) => jsonOf({ Version: "2012-10-17", Statement: statements });

/** An identity, an alarm on each of SES's two rates, and a topic with a key of its own that mails the operators. */
export function alarmStack(change: AlarmStackChange = {}): Stack {
  const stack = new Stack();
  const add = (type: string, name: string, inputs: Inputs, outputs: Record<string, string> = {}) =>
    stack.add(type, name, { region: REGION, ...inputs }, outputs);
  if (change.identity === "v1") add("aws:ses/domainIdentity:DomainIdentity", "mail", { domain: "example.com" });
  else add("aws:sesv2/emailIdentity:EmailIdentity", "mail", { emailIdentity: "example.com" });
  const key =
    change.withoutKey === true
      ? undefined
      : add(
          "aws:kms/key:Key",
          "alarms",
          {
            ...(change.keyPolicy === null
              ? {}
              : {
                  policy: change.keyPolicy ?? policyOf(admitCloudWatch(["kms:GenerateDataKey*", "kms:Decrypt"], "*")),
                }),
            ...change.key,
          },
          { arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/alarms`, keyId: "alarms" },
        );
  const topic = add(
    "aws:sns/topic:Topic",
    "alarms",
    { name: "alarms", ...(key === undefined ? {} : { kmsMasterKeyId: key.of("arn") }), ...change.topic },
    { arn: TOPIC_ARN, id: TOPIC_ARN },
  );
  if (change.topicPolicy !== null) {
    const policy = change.topicPolicy ?? policyOf(admitCloudWatch("sns:Publish", TOPIC_ARN));
    add("aws:sns/topicPolicy:TopicPolicy", "alarms", { arn: topic.of("arn"), policy });
  }
  (change.subscriptions ?? [{ protocol: "email", endpoint: "operators@example.com" }]).forEach((each, at) => {
    add("aws:sns/topicSubscription:TopicSubscription", `to-${at}`, { topic: topic.of("arn"), ...each });
  });
  const alarm = (name: string, metricName: string, threshold: number, inputs: Inputs) =>
    add("aws:cloudwatch/metricAlarm:MetricAlarm", name, {
      ...{ name, namespace: "AWS/SES", metricName, threshold, statistic: "Average", period: 3600 },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 1,
      alarmActions: [topic.of("arn")],
      ...inputs,
    });
  if (change.withoutBounceAlarm !== true) alarm("bounces", "Reputation.BounceRate", 0.03, change.bounceAlarm ?? {});
  alarm("complaints", "Reputation.ComplaintRate", 0.0008, {});
  change.more?.(stack, topic.of("arn"));
  return stack;
}
