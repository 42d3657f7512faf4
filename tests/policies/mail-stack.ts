import { type Input, jsonOf, Stack } from "./stack";

export const ACCOUNT = "111122223333";
const OTHER_ACCOUNT = "999999999999";
export const REGION = "ap-northeast-1";

/** What each planted fault must be found to be, and the words that name the broken link. */
export const faults = {
  none: ["proved", /./],
  "subscribed-by-mail-too": ["proved", /./],
  "policy-inline": ["proved", /./],
  "key-by-alias": ["proved", /./],
  "topic-without-key": ["proved", /./],
  "filter-for-bounces": ["proved", /./],
  "condition-on-account-only": ["proved", /./],
  "principal-anybody-with-condition": ["proved", /./],
  "deny-in-clear": ["proved", /./],
  "second-destination": ["proved", /./],
  "other-region-topic": ["violated", /topic .*bounce.*: it is in eu-west-1, and SES publishes in its own Region only/],
  "foreign-topic-in-other-region": ["violated", /topic arn:aws:sns:eu-west-1:\d+:theirs: it is in eu-west-1/],
  "foreign-topic": ["undetermined", /topic arn:aws:sns:ap-northeast-1:\d+:theirs, which isn't in this stack/],
  "foreign-fifo-topic": ["violated", /theirs\.fifo: it is a FIFO topic/],
  "fifo-topic": ["violated", /topic .*bounce.*: it is a FIFO topic/],
  "topic-without-policy": ["violated", /topic .*bounce.*: it has no policy of its own/],
  "topic-policy-for-another-service": ["violated", /no statement allows sns:Publish to ses\.amazonaws\.com/],
  "topic-policy-for-another-action": ["violated", /no statement allows sns:Publish to ses\.amazonaws\.com/],
  "topic-policy-for-another-account": [
    "violated",
    /topic policy "bounce" .*"Admit" asks for StringEquals aws:SourceAccount 999999999999, but it is 111122223333/,
  ],
  "topic-policy-for-another-source": ["violated", /asks for ArnLike aws:SourceArn .*others, but it is arn:aws:ses:/],
  "topic-policy-without-condition": ["violated", /topic policy "bounce" .*confused deputy/],
  "topic-policy-for-every-account": ["violated", /topic policy "bounce" .*confused deputy/],
  "topic-policy-denies": ["violated", /topic policy "bounce" .*statement "Never" denies sns:Publish/],
  "topic-policy-isn't-one": ["violated", /topic policy "bounce" isn't a policy document/],
  "topic-policy-for-an-organisation": ["undetermined", /whether topic policy "bounce" admits .*aws:SourceOrgID/],
  "two-topic-policies": ["undetermined", /which policy counts, topic policy "bounce" or topic policy "second"/],
  "aws-managed-key": ["violated", /topic .*bounce.*: it is encrypted with alias\/aws\/sns/],
  "key-without-policy": ["violated", /key .*bounce.*: it has no policy of its own/],
  "key-without-ses": ["violated", /key .*bounce.* no statement allows kms:GenerateDataKey to ses\.amazonaws\.com/],
  "key-that-only-decrypts": ["violated", /key .*bounce.* no statement allows kms:GenerateDataKey to ses/],
  "key-that-only-encrypts": ["violated", /key .*bounce.* no statement allows kms:Decrypt to ses/],
  "key-without-condition": ["violated", /key .*bounce.*confused deputy/],
  "key-denies": ["violated", /key .*bounce.*statement "Never" denies kms:GenerateDataKey/],
  "disabled-key": ["violated", /key .*bounce.*: it is disabled/],
  "foreign-key": ["undetermined", /the policy of key 0000-1111 of .*bounce.*, which isn't in this stack/],
  "no-subscription": ["violated", /topic .*bounce.*: nothing is subscribed to it/],
  "subscribed-by-mail-only": ["violated", /none of its subscribers \(email ops@example\.com\) keeps it/],
  "subscribed-by-function-only": ["violated", /none of its subscribers \(lambda .*\) keeps it/],
  "subscribed-by-stream-only": ["undetermined", /whether the stream of subscription "bounce" keeps it/],
  "pending-subscription": ["violated", /queue .*bounce.*: it waits for its confirmation/],
  "filter-for-deliveries": ["violated", /filter policy of subscription "bounce" lets only Delivery pass/],
  "filter-by-attribute": ["undetermined", /whether SES's messages have the attributes that the filter policy/],
  "foreign-queue": ["undetermined", /queue arn:aws:sqs:ap-northeast-1:\d+:theirs, which isn't in this stack/],
  "fifo-queue": ["violated", /queue .*bounce.*: it is a FIFO queue/],
  "queue-without-policy": ["violated", /queue .*bounce.*: it has no policy of its own/],
  "queue-policy-for-another-topic": [
    "violated",
    /queue policy "bounce" .*aws:SourceArn .*others, but it is arn:aws:sns:/,
  ],
  "queue-policy-without-condition": ["violated", /queue policy "bounce" .*confused deputy/],
  "queue-policy-denies": ["violated", /queue policy "bounce" .*statement "Never" denies sqs:SendMessage/],
  "aws-managed-queue-key": ["violated", /queue .*bounce.*: it is encrypted with alias\/aws\/sqs/],
  "queue-key-without-sns": [
    "violated",
    /key .*bounce.* no statement allows kms:GenerateDataKey to sns\.amazonaws\.com/,
  ],
} as const satisfies Record<string, readonly [string, RegExp]>;

/** Faults of the way to the topic, which is another one in each API. */
export const channelFaults = {
  v2: {
    "no-configuration-set": ["violated", /example\.com: it has neither a topic .* for bounces nor a default/],
    "no-destination": [
      "violated",
      /configuration set mail: none of its event destinations tells of bounces: "complaint"/,
    ],
    "foreign-configuration-set": ["undetermined", /what configuration set theirs tells, which isn't in this stack/],
    "disabled-destination": ["violated", /event destination "bounce": it is disabled/],
    "destination-never-enabled": ["violated", /event destination "bounce": it is disabled/],
    "other-event-types": [
      "violated",
      /configuration set mail: none of its event destinations tells of bounces: "bounce" of DELIVERY/,
    ],
    "destination-for-metrics": ["violated", /event destination "bounce": it tells no topic/],
    "destination-on-a-bus": ["undetermined", /event destination "bounce" tells its eventBridgeDestination is kept/],
    "destination-in-another-region": [
      "violated",
      /configuration set mail: none of its event destinations tells of bounces: "complaint"/,
    ],
  },
  "v1-set": {
    "disabled-destination": ["violated", /event destination "bounce": it is disabled/],
    "other-event-types": [
      "violated",
      /configuration set mail: none of its event destinations tells of bounces: "bounce" of delivery/,
    ],
    "destination-for-metrics": ["violated", /event destination "bounce": it tells no topic/],
  },
  "v1-topics": {
    "no-notification-topic": ["violated", /example\.com: it has neither a topic .* for bounces nor a default/],
    "empty-notification-topic": ["violated", /example\.com: it has neither a topic .* for bounces nor a default/],
    "notification-topic-of-another-identity": ["violated", /it has neither a topic .* for bounces nor a default/],
    "notification-topic-for-deliveries": ["violated", /it has neither a topic .* for bounces nor a default/],
  },
} as const satisfies Record<string, Record<string, readonly [string, RegExp]>>;

export type Api = keyof typeof channelFaults;
export const apis = Object.keys(channelFaults) as Api[];

export interface MailStackOptions {
  readonly api: Api;
  /** Policies are written with chosen names, or made from ARNs that aren't known before the deployment. */
  readonly policies: "written" | "made";
  /** Planted into the way of bounces; that of complaints is sound. */
  readonly fault: string;
}

type Added = ReturnType<Stack["add"]>;
type Inputs = Record<string, Input>;

/** An identity whose bounces and complaints go by topics of their own to queues of their own, each encrypted with a key of its own. */
export function mailStack(options: MailStackOptions): Stack {
  const stack = new Stack();
  const { api, fault } = options;
  const setName = fault === "foreign-configuration-set" ? "theirs" : "mail";
  if (api === "v2") {
    add(stack, "aws:sesv2/configurationSet:ConfigurationSet", "mail", { configurationSetName: "mail" });
  }
  if (api === "v1-set") add(stack, "aws:ses/configurationSet:ConfigurationSet", "mail", { name: "mail" });
  if (api === "v1-topics") {
    add(stack, "aws:ses/domainIdentity:DomainIdentity", "mail", { domain: "example.com" }, identityArn);
  } else {
    const set: Inputs = fault === "no-configuration-set" ? {} : { configurationSetName: setName };
    add(stack, "aws:sesv2/emailIdentity:EmailIdentity", "mail", { emailIdentity: "example.com", ...set }, identityArn);
  }
  plantWay(stack, "bounce", options);
  plantWay(stack, "complaint", { ...options, fault: "none" });
  return stack;
}

const identityArn = { arn: `arn:aws:ses:${REGION}:${ACCOUNT}:identity/example.com` };

function add(
  stack: Stack,
  type: string,
  name: string,
  inputs: Inputs,
  outputs: Record<string, string> = {},
  provider?: string,
): Added {
  return stack.add(type, name, { region: REGION, ...inputs }, outputs, provider);
}

function plantWay(stack: Stack, event: string, options: MailStackOptions): void {
  const topic = plantTopic(stack, event, options);
  plantSubscribers(stack, event, options, topic);
  plantChannel(stack, event, options, topic.of("arn"));
}

const sourceOf = (api: Api) =>
  `arn:aws:ses:${REGION}:${ACCOUNT}:${api === "v1-topics" ? "identity/example.com" : "configuration-set/mail"}`;

const admit = (service: string, action: Input, resource: Input, conditions: Inputs | undefined): Inputs => ({
  Sid: "Admit",
  Effect: "Allow",
  Principal: { Service: service },
  Action: action,
  Resource: resource,
  ...(conditions === undefined ? {} : { Condition: conditions }),
});

const policy = (...statements: Input[]) => jsonOf({ Version: "2012-10-17", Statement: statements });
const never = (action: string, resource: Input): Inputs => ({
  ...{ Sid: "Never", Effect: "Deny", Principal: "*", Action: action, Resource: resource },
});

function plantTopic(stack: Stack, event: string, { api, policies, fault }: MailStackOptions): Added {
  const is = (...names: string[]) => names.includes(fault);
  const region = is("other-region-topic") ? "eu-west-1" : REGION;
  const name = is("fifo-topic") ? `mail-${event}.fifo` : `mail-${event}`;
  const arn = `arn:aws:sns:${region}:${ACCOUNT}:${name}`;
  const source = sourceOf(api);
  const right = { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnLike: { "aws:SourceArn": source } };
  const conditions: Record<string, Inputs | undefined> = {
    "condition-on-account-only": { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    "topic-policy-for-another-account": { StringEquals: { "aws:SourceAccount": OTHER_ACCOUNT } },
    "topic-policy-for-another-source": { ArnLike: { "aws:SourceArn": source.replace(/[^/]+$/, "others") } },
    "topic-policy-for-every-account": { ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:*" } },
    "topic-policy-for-an-organisation": { StringEquals: { "aws:SourceOrgID": "o-1" } },
    "topic-policy-without-condition": undefined,
  };
  const write = (resource: Input) => {
    const condition = fault in conditions ? conditions[fault] : right;
    const service = is("topic-policy-for-another-service") ? "events.amazonaws.com" : "ses.amazonaws.com";
    const action = is("topic-policy-for-another-action") ? "sns:Subscribe" : "SNS:Publish";
    const statement = admit(service, action, resource, condition);
    const who: Inputs = is("principal-anybody-with-condition") ? { ...statement, Principal: { AWS: "*" } } : statement;
    if (is("topic-policy-isn't-one")) return "{";
    if (is("topic-policy-denies")) return policy(who, never("sns:*", resource));
    if (!is("deny-in-clear")) return policy(who);
    return policy(who, {
      ...never("sns:Publish", resource),
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  };
  const key = is("aws-managed-key")
    ? { kmsMasterKeyId: "alias/aws/sns" }
    : is("foreign-key")
      ? { kmsMasterKeyId: "0000-1111" }
      : is("topic-without-key")
        ? {}
        : {
            kmsMasterKeyId: plantKey(
              stack,
              event,
              "ses.amazonaws.com",
              right,
              is("queue-key-without-sns") ? "none" : fault,
            ),
          };
  const topic = add(
    stack,
    "aws:sns/topic:Topic",
    event,
    {
      ...{ name, region, ...key },
      ...(is("fifo-topic") ? { fifoTopic: true } : {}),
      ...(is("policy-inline") ? { policy: write(arn) } : {}),
    },
    { arn, id: arn },
  );
  const set = (each: string) =>
    add(stack, "aws:sns/topicPolicy:TopicPolicy", each, {
      arn: topic.of("arn"),
      policy: write(policies === "written" ? arn : topic.of("arn")),
    });
  if (!is("policy-inline", "topic-without-policy")) set(event);
  if (is("two-topic-policies")) {
    add(stack, "aws:sns/topicPolicy:TopicPolicy", "second", { arn: topic.of("arn"), policy: policy() });
  }
  return topic;
}

function plantKey(stack: Stack, name: string, service: string, right: Inputs, fault: string): Input {
  const is = (...names: string[]) => names.includes(fault);
  const actions = is("key-that-only-decrypts")
    ? ["kms:Decrypt"]
    : is("key-that-only-encrypts")
      ? ["kms:GenerateDataKey*"]
      : ["kms:GenerateDataKey*", "kms:Decrypt"];
  const root: Inputs = {
    ...{ Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
    ...{ Action: "kms:*", Resource: "*" },
  };
  const admitted = admit(service, actions, "*", is("key-without-condition") ? undefined : right);
  const statements = [
    root,
    ...(is("key-without-ses", "queue-key-without-sns") ? [] : [admitted]),
    ...(is("key-denies") ? [never("kms:GenerateDataKey*", "*")] : []),
  ];
  const key = add(
    stack,
    "aws:kms/key:Key",
    name,
    {
      ...(is("key-without-policy") ? {} : { policy: policy(...statements) }),
      ...(is("disabled-key") ? { isEnabled: false } : {}),
    },
    { arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`, keyId: name },
  );
  if (!is("key-by-alias")) return key.of("arn");
  const alias = { name: `alias/${name}`, targetKeyId: key.of("keyId") };
  return add(stack, "aws:kms/alias:Alias", name, alias).of("name");
}

function plantSubscribers(stack: Stack, event: string, options: MailStackOptions, topic: Added): void {
  const { policies, fault } = options;
  const is = (...names: string[]) => names.includes(fault);
  const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:mail-${event}`;
  const source = is("queue-policy-for-another-topic")
    ? `arn:aws:sns:${REGION}:${ACCOUNT}:others`
    : policies === "written"
      ? topicArn
      : topic.of("arn");
  const right = { ArnEquals: { "aws:SourceArn": source } };
  const name = is("fifo-queue") ? `mail-${event}.fifo` : `mail-${event}`;
  const isTheirs = is("pending-subscription");
  const arn = `arn:aws:sqs:${REGION}:${isTheirs ? OTHER_ACCOUNT : ACCOUNT}:${name}`;
  const kmsMasterKeyId = is("aws-managed-queue-key")
    ? "alias/aws/sqs"
    : plantKey(stack, `${event}-queue`, "sns.amazonaws.com", right, is("queue-key-without-sns") ? fault : "none");
  const queue = add(
    stack,
    "aws:sqs/queue:Queue",
    event,
    { name, kmsMasterKeyId, ...(is("fifo-queue") ? { fifoQueue: true } : {}) },
    { arn, url: `https://sqs/${name}`, id: `https://sqs/${name}` },
    isTheirs ? "urn:pulumi:test::stack::pulumi:providers:aws::theirs" : undefined,
  );
  const resource = policies === "written" ? arn : queue.of("arn");
  const statement = admit(
    "sns.amazonaws.com",
    "sqs:SendMessage",
    resource,
    is("queue-policy-without-condition") ? undefined : right,
  );
  if (!is("queue-without-policy")) {
    add(stack, "aws:sqs/queuePolicy:QueuePolicy", event, {
      queueUrl: queue.of("url"),
      policy: is("queue-policy-denies") ? policy(statement, never("sqs:*", resource)) : policy(statement),
    });
  }
  const subscribe = (each: string, protocol: string, endpoint: Input, more: Inputs = {}) =>
    add(stack, "aws:sns/topicSubscription:TopicSubscription", each, {
      ...{ topic: topic.of("arn"), protocol, endpoint, ...more },
    });
  const filter = (value: Inputs) => ({ filterPolicy: jsonOf(value) });
  const field = options.api === "v1-topics" ? "notificationType" : "eventType";
  const more: Record<string, Inputs> = {
    "pending-subscription": { pendingConfirmation: true },
    "filter-for-bounces": { ...filter({ [field]: ["Bounce", "Complaint"] }), filterPolicyScope: "MessageBody" },
    "filter-for-deliveries": { ...filter({ [field]: ["Delivery"] }), filterPolicyScope: "MessageBody" },
    "filter-by-attribute": filter({ kind: ["bounce"] }),
  };
  if (is("subscribed-by-mail-only", "subscribed-by-mail-too")) subscribe("ops", "email", "ops@example.com");
  if (is("no-subscription", "subscribed-by-mail-only")) return;
  if (is("subscribed-by-function-only")) subscribe(event, "lambda", `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`);
  else if (is("subscribed-by-stream-only")) subscribe(event, "firehose", `arn:aws:firehose:${REGION}:${ACCOUNT}:d/s`);
  else if (is("foreign-queue")) subscribe(event, "sqs", `arn:aws:sqs:${REGION}:${ACCOUNT}:theirs`);
  else subscribe(event, "sqs", queue.of("arn"), more[fault] ?? {});
}

function plantChannel(stack: Stack, event: string, { api, fault }: MailStackOptions, own: Input): void {
  const is = (...names: string[]) => names.includes(fault);
  const foreign: Record<string, string> = {
    "foreign-topic": `arn:aws:sns:${REGION}:${ACCOUNT}:theirs`,
    "foreign-fifo-topic": `arn:aws:sns:${REGION}:${ACCOUNT}:theirs.fifo`,
    "foreign-topic-in-other-region": `arn:aws:sns:eu-west-1:${ACCOUNT}:theirs`,
  };
  const topicArn = foreign[fault] ?? own;
  if (api === "v1-topics") {
    if (is("no-notification-topic")) return;
    add(stack, "aws:ses/identityNotificationTopic:IdentityNotificationTopic", event, {
      identity: is("notification-topic-of-another-identity") ? "example.org" : "example.com",
      notificationType: is("notification-topic-for-deliveries")
        ? "Delivery"
        : event === "bounce"
          ? "Bounce"
          : "Complaint",
      ...(is("empty-notification-topic") ? {} : { topicArn }),
    });
    return;
  }
  if (is("no-destination", "foreign-configuration-set", "no-configuration-set")) return;
  const told = is("other-event-types") ? "delivery" : event;
  const enabled: Inputs = is("destination-never-enabled") ? {} : { enabled: !is("disabled-destination") };
  if (api === "v1-set") {
    add(stack, "aws:ses/eventDestination:EventDestination", event, {
      ...{ configurationSetName: "mail", name: event, matchingTypes: [told], ...enabled },
      ...(is("destination-for-metrics") ? { cloudwatchDestinations: [] } : { snsDestination: { topicArn } }),
    });
    return;
  }
  const target: Inputs = is("destination-for-metrics")
    ? { cloudWatchDestination: { dimensionConfigurations: [] } }
    : is("destination-on-a-bus")
      ? { eventBridgeDestination: { eventBusArn: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default` } }
      : { snsDestination: { topicArn } };
  const destination = (name: string, more: Inputs) =>
    add(stack, "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination", name, {
      ...{ configurationSetName: "mail", eventDestinationName: name },
      ...(is("destination-in-another-region") ? { region: "eu-west-1" } : {}),
      eventDestination: { ...enabled, matchingEventTypes: [told.toUpperCase()], ...target, ...more },
    });
  destination(event, {});
  if (is("second-destination")) destination("second", { enabled: false });
}
