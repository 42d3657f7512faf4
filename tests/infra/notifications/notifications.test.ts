import assert from "node:assert/strict";
import { Notifications } from "../../../infra/notifications/notifications";
import { lineage, record, resolved, theOne, type Answers, type Recorded } from "../mocks";

const SELF = "dejima:notifications:Notifications main";
const EVENTS = ["bounce", "complaint", "delivery", "reject"] as const;
const ACCOUNT = "123456789012";
const CONFIGURATION_SET = `arn:aws:ses:ap-northeast-1:${ACCOUNT}:configuration-set/dejima-test`;

const arn =
  (service: string) =>
  ({ name }: { name: string }) => ({ arn: `arn:${service}:${name}`, name: `${name}-name` });
const nothing = () => ({});

const ANSWERS: Answers = {
  "aws:sns/topic:Topic": arn("topic"),
  "aws:sns/topicPolicy:TopicPolicy": nothing,
  "aws:sns/topicSubscription:TopicSubscription": nothing,
  "aws:sqs/queue:Queue": ({ name }) => ({ ...arn("queue")({ name }), url: `https://queue/${name}` }),
  "aws:sqs/queuePolicy:QueuePolicy": nothing,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": nothing,
  "aws:kms/key:Key": arn("key"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": arn("alarm"),
  "aws:cloudwatch/logGroup:LogGroup": arn("logs"),
  "aws:iam/role:Role": arn("role"),
  "aws:iam/rolePolicy:RolePolicy": nothing,
  "aws:lambda/function:Function": arn("function"),
  "aws:lambda/permission:Permission": nothing,
};

type Policy = {
  Statement: {
    Effect: string;
    Principal: { Service?: string };
    Action: string | string[];
    Condition?: { StringEquals?: Record<string, string>; ArnLike?: Record<string, string[]> };
  }[];
};

/** Which services a policy admits to what, and for whom. */
function admits(text: unknown): string[] {
  const { Statement } = JSON.parse(String(text)) as Policy;
  return Statement.filter(({ Effect, Principal }) => Effect === "Allow" && Principal.Service !== undefined).map(
    ({ Principal, Action, Condition = {} }) =>
      [
        Principal.Service,
        [Action].flat().join("+"),
        Condition.StringEquals?.["aws:SourceAccount"],
        Condition.ArnLike?.["aws:SourceArn"]?.join("+"),
      ].join(" "),
  );
}

/** What the statements of a policy are about, each once. */
function resourcesOf(text: unknown): string[] {
  const { Statement } = JSON.parse(String(text)) as { Statement: { Resource: string }[] };
  return [...new Set(Statement.map(({ Resource }) => Resource))];
}

const SES = (action: string) => [`ses.amazonaws.com ${action} ${ACCOUNT} ${CONFIGURATION_SET}`];

describe("Notifications (M9)", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(ANSWERS, async () => {
      const notifications = new Notifications("main", {
        account: { region: "ap-northeast-1", accountId: ACCOUNT, partition: "aws" },
        configurationSetName: "dejima-test",
        emails: ["ops@example.com"],
        bounceRate: { warning: 0.03, critical: 0.08 },
        complaintRate: { warning: 0.0008, critical: 0.004 },
        logRetentionDays: 365,
      });
      assert.equal(await resolved(notifications.topicArns.bounce), "arn:topic:main-bounce");
      assert.equal(await resolved(notifications.alarmTopicArn), "arn:topic:main-alarm");
      assert.equal(await resolved(notifications.queueUrl), "https://queue/main-kept");
    });
  });

  const inputs = (type: string, name: string) => theOne(resources, type, name).inputs;

  it("is exactly these resources", () => {
    const topics = [...EVENTS, "alarm"].map((event) => `dejima:notifications:Topic main-${event}`);
    const of = (parent: string, type: string, ...names: string[]) => names.map((name) => `${type} ${name} < ${parent}`);
    const alarms = "dejima:notifications:Alarms main-alarm";
    const kept = "dejima:notifications:KeptMessages main-kept";
    const pause = "dejima:notifications:PauseSending main-pause";
    const expected = [
      SELF,
      ...[...topics, alarms, kept, pause].map((component) => `${component} < ${SELF}`),
      ...of(SELF, "aws:kms/key:Key", "main-events", "main-alarms", "main-kept"),
      ...topics.flatMap((topic) => {
        const name = topic.split(" ")[1] ?? "";
        return [
          ...of(topic, "aws:sns/topic:Topic", name),
          ...of(topic, "aws:sns/topicPolicy:TopicPolicy", name),
          ...(name === "main-delivery"
            ? []
            : of(topic, "aws:sns/topicSubscription:TopicSubscription", `${name}-ops@example.com`)),
        ];
      }),
      ...of(kept, "aws:sqs/queue:Queue", "main-kept", "main-kept-dead-letters"),
      ...of(kept, "aws:sqs/queuePolicy:QueuePolicy", "main-kept"),
      ...of(kept, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "main-kept-dead-letters"),
      ...of(
        kept,
        "aws:sns/topicSubscription:TopicSubscription",
        ...[...EVENTS, "alarm"].map((event) => `main-kept-${event}`),
      ),
      ...of(
        alarms,
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        ...["bounce-warning", "bounce-critical", "complaint-warning", "complaint-critical", "dead-letters"].map(
          (alarm) => `main-alarm-${alarm}`,
        ),
      ),
      ...of(pause, "aws:cloudwatch/logGroup:LogGroup", "main-pause"),
      ...of(pause, "aws:iam/role:Role", "main-pause"),
      ...of(pause, "aws:iam/rolePolicy:RolePolicy", "main-pause"),
      ...of(pause, "aws:lambda/function:Function", "main-pause"),
      ...of(pause, "aws:lambda/permission:Permission", "main-pause-bounce-critical", "main-pause-complaint-critical"),
    ];
    assert.deepEqual(lineage(resources), expected.sort(byTypeAndName));
  });

  it("lets SES publish each event, for this configuration set only, and its key lets it encrypt", () => {
    for (const event of EVENTS) {
      const topic = inputs("aws:sns/topic:Topic", `main-${event}`);
      assert.deepEqual(topic, {
        name: `dejima-test-${event}`,
        kmsMasterKeyId: "arn:key:main-events",
        tags: { Name: `main-${event}` },
      });
      assert.deepEqual(
        admits(inputs("aws:sns/topicPolicy:TopicPolicy", `main-${event}`)["policy"]),
        SES("sns:Publish"),
      );
    }
    assert.deepEqual(
      admits(inputs("aws:kms/key:Key", "main-events")["policy"]),
      SES("kms:GenerateDataKey+kms:Decrypt"),
    );
  });

  it("names in each policy what it is the policy of, by an ARN that is known before it exists", () => {
    for (const event of [...EVENTS, "alarm"]) {
      const { policy } = inputs("aws:sns/topicPolicy:TopicPolicy", `main-${event}`);
      assert.deepEqual(resourcesOf(policy), [`arn:aws:sns:ap-northeast-1:${ACCOUNT}:dejima-test-${event}`]);
    }
    const { policy } = inputs("aws:sqs/queuePolicy:QueuePolicy", "main-kept");
    assert.deepEqual(resourcesOf(policy), [`arn:aws:sqs:ap-northeast-1:${ACCOUNT}:dejima-test-kept`]);
  });

  it("lets CloudWatch publish alarms on a topic and with a key of their own", () => {
    const alarms = `arn:aws:cloudwatch:ap-northeast-1:${ACCOUNT}:alarm:*`;
    assert.equal(inputs("aws:sns/topic:Topic", "main-alarm")["kmsMasterKeyId"], "arn:key:main-alarms");
    assert.deepEqual(admits(inputs("aws:sns/topicPolicy:TopicPolicy", "main-alarm")["policy"]), [
      `cloudwatch.amazonaws.com sns:Publish ${ACCOUNT} ${alarms}`,
    ]);
    assert.deepEqual(admits(inputs("aws:kms/key:Key", "main-alarms")["policy"]), [
      `cloudwatch.amazonaws.com kms:GenerateDataKey+kms:Decrypt ${ACCOUNT} ${alarms}`,
    ]);
  });

  it("keeps every message for a fortnight in a queue that its topics may write to, then in a dead-letter queue", () => {
    const topics = [...EVENTS, "alarm"].map((event) => `arn:aws:sns:ap-northeast-1:${ACCOUNT}:dejima-test-${event}`);
    assert.deepEqual(admits(inputs("aws:sqs/queuePolicy:QueuePolicy", "main-kept")["policy"]), [
      `sns.amazonaws.com sqs:SendMessage ${ACCOUNT} ${topics.join("+")}`,
    ]);
    const queue = inputs("aws:sqs/queue:Queue", "main-kept");
    assert.equal(queue["name"], "dejima-test-kept");
    assert.equal(inputs("aws:sqs/queue:Queue", "main-kept-dead-letters")["name"], "dejima-test-dead-letters");
    assert.equal(queue["messageRetentionSeconds"], 14 * 24 * 60 * 60);
    assert.equal(queue["kmsMasterKeyId"], "arn:key:main-kept");
    assert.deepEqual(JSON.parse(String(queue["redrivePolicy"])), {
      deadLetterTargetArn: "arn:queue:main-kept-dead-letters",
      maxReceiveCount: 5,
    });
    assert.equal(inputs("aws:sqs/queue:Queue", "main-kept-dead-letters")["messageRetentionSeconds"], 14 * 24 * 60 * 60);
    assert.deepEqual(admits(inputs("aws:kms/key:Key", "main-kept")["policy"]), [
      `sns.amazonaws.com kms:GenerateDataKey+kms:Decrypt ${ACCOUNT} arn:aws:sns:ap-northeast-1:${ACCOUNT}:*`,
    ]);
  });

  it("refuses whoever comes in clear", () => {
    const policies = [
      ...[...EVENTS, "alarm"].map((event) => inputs("aws:sns/topicPolicy:TopicPolicy", `main-${event}`)),
      inputs("aws:sqs/queuePolicy:QueuePolicy", "main-kept"),
    ];
    for (const { policy } of policies) assert.match(String(policy), /"Deny".*"aws:SecureTransport":"false"/);
  });

  it("alarms before SES's own limits, and pauses at the critical ones", () => {
    const alarm = (name: string) => {
      const { metricName, threshold, alarmActions, comparisonOperator } = inputs(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        `main-alarm-${name}`,
      );
      assert.equal(comparisonOperator, "GreaterThanOrEqualToThreshold");
      return [metricName, threshold, alarmActions];
    };
    const told = ["arn:topic:main-alarm"];
    const paused = [...told, "arn:function:main-pause"];
    assert.deepEqual(alarm("bounce-warning"), ["Reputation.BounceRate", 0.03, told]);
    assert.deepEqual(alarm("bounce-critical"), ["Reputation.BounceRate", 0.08, paused]);
    assert.deepEqual(alarm("complaint-warning"), ["Reputation.ComplaintRate", 0.0008, told]);
    assert.deepEqual(alarm("complaint-critical"), ["Reputation.ComplaintRate", 0.004, paused]);
    assert.deepEqual(alarm("dead-letters"), ["ApproximateNumberOfMessagesVisible", 1, told]);
  });

  it("pauses by a function that may do that and nothing else, run by these alarms only", () => {
    const { Statement } = JSON.parse(String(inputs("aws:iam/rolePolicy:RolePolicy", "main-pause")["policy"])) as {
      Statement: { Action: string[]; Resource: string }[];
    };
    assert.deepEqual(
      Statement.map(({ Action, Resource }) => [...Action, Resource]),
      [
        ["ses:PutConfigurationSetSendingOptions", CONFIGURATION_SET],
        ["logs:CreateLogStream", "logs:PutLogEvents", "arn:logs:main-pause:*"],
      ],
    );
    for (const kind of ["bounce", "complaint"]) {
      const { principal, sourceArn, sourceAccount } = inputs(
        "aws:lambda/permission:Permission",
        `main-pause-${kind}-critical`,
      );
      assert.deepEqual(
        [principal, sourceArn, sourceAccount],
        ["lambda.alarms.cloudwatch.amazonaws.com", `arn:alarm:main-alarm-${kind}-critical`, ACCOUNT],
      );
    }
  });
});

function byTypeAndName(a: string, b: string): number {
  const key = (line: string) => line.split(" < ")[0] ?? "";
  return key(a) < key(b) ? -1 : 1;
}
