import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { Account, refused } from "./account";

const TOPIC = "aws:sns/topic:Topic";
const QUEUE = "aws:sqs/queue:Queue";
const DESTINATION = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const policy = (service: string, action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: action, Resource: "*" }],
  });

const publishing = (topicArn: string): Props => ({
  configurationSetName: "${set.configurationSetName}",
  eventDestinationName: "bounces",
  eventDestination: { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination: { topicArn } },
});

describe("SES events (M9)", () => {
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create("aws:sesv2/configurationSet:ConfigurationSet", "set", { configurationSetName: "mail" });
  });

  const publish = (topicArn = "${topic.arn}"): Promise<unknown> =>
    account.create(DESTINATION, "events", publishing(topicArn));

  it("go to a standard topic of the same Region", async () => {
    await account.create(TOPIC, "topic", {});
    await publish();
    assert.equal(account.state("events").id, "mail|bounces");
  });

  it("don't go to a FIFO topic", async () => {
    await account.create(TOPIC, "topic", { fifoTopic: true });
    await refused(publish(), "BadRequestException", /Could not publish message to SNS topic.*FIFO/);
  });

  it("don't go to a topic of another Region", async () => {
    await account.create(TOPIC, "topic", { region: "eu-west-1" });
    await refused(publish(), "BadRequestException", /eu-west-1, SES publishes from us-east-1/);
  });

  it("don't go to a topic under AWS's own key, and do under one that admits SES", async () => {
    await account.create(TOPIC, "topic", { kmsMasterKeyId: "alias/aws/sns" });
    await refused(publish(), "BadRequestException", /take a key of your own/);
    await account.create("aws:kms/key:Key", "shut", {});
    await account.update("topic", { kmsMasterKeyId: "${shut.id}" });
    await refused(publish(), "BadRequestException", /policy of its key .* doesn't admit ses\.amazonaws\.com/);
    await account.create("aws:kms/key:Key", "open", {
      policy: policy("ses.amazonaws.com", "kms:GenerateDataKey*"),
      bypassPolicyLockoutSafetyCheck: true,
    });
    await account.create("aws:kms/alias:Alias", "alias", { name: "alias/mail", targetKeyId: "${open.id}" });
    await account.update("topic", { kmsMasterKeyId: "alias/mail" });
    await publish();
  });

  it("need a topic policy that admits SES, where one was given", async () => {
    await account.create(TOPIC, "topic", {});
    const cloudwatch = { arn: "${topic.arn}", policy: policy("cloudwatch.amazonaws.com", "sns:Publish") };
    await account.create("aws:sns/topicPolicy:TopicPolicy", "policy", cloudwatch);
    await refused(publish(), "BadRequestException", /its policy doesn't admit/);
    await account.update("policy", { ...cloudwatch, policy: policy("ses.amazonaws.com", "sns:Publish") });
    await publish();
  });

  it("are held to the same by the first version of the API, with its own codes", async () => {
    await account.create(TOPIC, "topic", { kmsMasterKeyId: "alias/aws/sns" });
    await account.create("aws:ses/domainIdentity:DomainIdentity", "domain", { domain: "a.example" });
    const destination = { configurationSetName: "mail", matchingTypes: ["bounce"] };
    await refused(
      account.create("aws:ses/eventDestination:EventDestination", "old", {
        ...destination,
        snsDestination: { topicArn: "${topic.arn}" },
      }),
      "InvalidSNSDestination",
      /Could not publish/,
    );
    const notified = { identity: "a.example", notificationType: "Bounce", topicArn: "${topic.arn}" };
    const type = "aws:ses/identityNotificationTopic:IdentityNotificationTopic";
    await refused(account.create(type, "n", notified), "InvalidParameterValue", /Invalid SNS topic/);
    await account.update("topic", {});
    assert.equal((await account.create(type, "n", notified)).id, "a.example|Bounce");
  });

  it("have one name only in their configuration set", async () => {
    await account.create(TOPIC, "topic", {});
    await publish();
    await refused(
      account.create(DESTINATION, "again", publishing("${topic.arn}")),
      "AlreadyExistsException",
      /bounces/,
    );
  });
});

describe("SES identities (M6)", () => {
  const IDENTITY = "aws:sesv2/emailIdentity:EmailIdentity";
  const MAIL_FROM = "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes";
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create(IDENTITY, "domain", { emailIdentity: "mail.example" });
  });

  it("have three DKIM tokens that stay when only the configuration set changes", async () => {
    const tokens = (): unknown => account.state("domain").outputs["dkimSigningAttributes"];
    const before = tokens() as { tokens: string[] };
    assert.equal(new Set(before.tokens).size, 3);
    for (const token of before.tokens) assert.match(token, /^[a-z2-7]{32}$/);
    await account.create("aws:sesv2/configurationSet:ConfigurationSet", "set", { configurationSetName: "mail" });
    await account.update("domain", { emailIdentity: "mail.example", configurationSetName: "mail" });
    assert.deepEqual(tokens(), before);
  });

  for (const mailFrom of ["mail.example", "bounce.other.example", "xmail.example"]) {
    it(`take a MAIL FROM domain under their own only, not ${mailFrom}`, async () => {
      await refused(
        account.create(MAIL_FROM, "from", { emailIdentity: "mail.example", mailFromDomain: mailFrom }),
        "BadRequestException",
        /is not subdomain of the domain of the identity/,
      );
    });
  }

  it("take a MAIL FROM domain for an address under the address's domain", async () => {
    await account.create(IDENTITY, "address", { emailIdentity: "me@mail.example" });
    const from = { emailIdentity: "me@mail.example", mailFromDomain: "bounce.mail.example" };
    assert.equal((await account.create(MAIL_FROM, "from", from)).id, "me@mail.example");
  });

  it("refuse what dangles", async () => {
    const none = { emailIdentity: "none.example" };
    await refused(account.create(MAIL_FROM, "a", none), "NotFoundException", /none\.example/);
    const feedback = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
    await refused(account.create(feedback, "b", none), "NotFoundException", /none\.example/);
    const set = { emailIdentity: "other.example", configurationSetName: "none" };
    await refused(account.create(IDENTITY, "c", set), "NotFoundException", /Configuration set <none>/);
  });

  it("sign with their domain's key when they are addresses", async () => {
    const attributes = {
      emailIdentity: "me@mail.example",
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    };
    await refused(account.create(IDENTITY, "me", attributes), "BadRequestException", /only be given for a domain/);
  });
});

describe("subscriptions and queues", () => {
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create(TOPIC, "topic", {});
    await account.create(TOPIC, "fifo", { fifoTopic: true });
    await account.create(QUEUE, "queue", {});
  });

  const subscribe = (protocol: string, endpoint: string, more: Props = {}): Promise<unknown> =>
    account.create(SUBSCRIPTION, "s", { topic: "${topic.arn}", protocol, endpoint, ...more });

  it("are pending until the person answers the mail, a queue is subscribed at once", async () => {
    await subscribe("email", "ops@mail.example");
    assert.equal(account.state("s").outputs["pendingConfirmation"], true);
    await account.create(SUBSCRIPTION, "q", { topic: "${topic.arn}", protocol: "sqs", endpoint: "${queue.arn}" });
    assert.equal(account.state("q").outputs["pendingConfirmation"], false);
    assert.match(account.state("q").id, /^arn:aws:sns:us-east-1:\d{12}:[\w-]+:[0-9a-f-]{36}$/);
  });

  it("name their FIFO topics and queues with `.fifo`", async () => {
    await account.create(QUEUE, "ordered", { fifoQueue: true });
    assert.match(String(account.state("fifo").outputs["name"]), /-[0-9a-f]{7}\.fifo$/);
    assert.match(account.state("ordered").id, /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/\d{12}\/.*\.fifo$/);
  });

  const excluded: [string, string, Props, RegExp][] = [
    ["email", "nobody", {}, /Email address/],
    ["https", "http://a.example/", {}, /must match the specified protocol/],
    ["lambda", "arn:aws:sqs:us-east-1:123456789012:q", {}, /Lambda endpoint/],
    ["email", "ops@mail.example", { rawMessageDelivery: true }, /does not support raw message delivery/],
    ["email", "ops@mail.example", { topic: "${fifo.arn}" }, /Invalid protocol type/],
    ["sqs", "${queue.arn}", { filterPolicy: '{"a":{"b":["c"]}}' }, /nested filter policy/],
    ["sqs", "${queue.arn}", { filterPolicy: '{"a":"b"}' }, /must be an object or an array/],
    [
      "sqs",
      "${queue.arn}",
      { redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:d"}' },
      /Region/,
    ],
    ["sqs", "${queue.arn}", { replayPolicy: '{"PointType":"Timestamp"}' }, /FIFO topics/],
    ["firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/x", {}, /SubscriptionRoleArn/],
  ];
  for (const [protocol, endpoint, more, message] of excluded) {
    it(`refuse ${protocol} ${endpoint} ${JSON.stringify(more)}`, () =>
      refused(subscribe(protocol, endpoint, more), "InvalidParameter", message));
  }

  it("redrive to an existing queue of the same kind", async () => {
    await account.create(QUEUE, "ordered", { fifoQueue: true });
    const redrive = (arn: string, times = 5): Promise<unknown> =>
      account.create(QUEUE, "source", {
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: times }),
      });
    const code = "InvalidParameterValue";
    await refused(redrive("arn:aws:sqs:us-east-1:123456789012:none"), code, /does not exist/);
    await refused(redrive("arn:aws:sqs:us-east-1:210987654321:none"), code, /owner should be same/);
    await refused(redrive("${ordered.arn}"), code, /same type of queue/);
    await refused(redrive("${queue.arn}", 1001), code, /from 1 to 1000/);
    await redrive("${queue.arn}");
  });

  it("set policies on queues that exist, about queues only", async () => {
    const type = "aws:sqs/queuePolicy:QueuePolicy";
    const none = { queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/none", policy: policy("*", "sqs:*") };
    await refused(account.create(type, "p", none), "AWS.SimpleQueueService.NonExistentQueue", /does not exist/);
    const foreign = { queueUrl: "${queue.id}", policy: policy("sns.amazonaws.com", "sns:Publish") };
    await refused(account.create(type, "p", foreign), "InvalidAttributeValue", /parameter Policy/);
    const topics = { arn: "${topic.arn}", policy: policy("sns.amazonaws.com", "sqs:SendMessage") };
    await refused(account.create("aws:sns/topicPolicy:TopicPolicy", "t", topics), "InvalidParameter", /out of service/);
  });

  it("are the same queue when asked for twice with the same attributes, refused with others", async () => {
    await account.create(QUEUE, "one", { name: "mail" });
    await account.create(QUEUE, "two", { name: "mail" });
    await refused(account.create(QUEUE, "three", { name: "mail", delaySeconds: 9 }), "QueueAlreadyExists", /same name/);
  });
});
