import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What is planted: nothing, nobody who keeps a message, or policies that can't be read before their topics have ARNs. */
type Fault = "none" | "no-subscription" | "policies-from-arns";

const fault = new pulumi.Config().get<Fault>("fault") ?? "none";

export = async (): Promise<void> => {
  const { accountId } = await aws.getCallerIdentity();
  const { region } = await aws.getRegion();
  const name = "bounces";
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const allow = (service: string, action: string | string[], resource: string, sourceArn: string) => ({
    Effect: "Allow",
    Principal: { Service: service },
    Action: action,
    Resource: resource,
    Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": sourceArn } },
  });
  const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const source = arn("ses", `configuration-set/${name}`);

  const key = new aws.kms.Key(name, {
    policy: document(
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
      allow("ses.amazonaws.com", ["kms:GenerateDataKey*", "kms:Decrypt"], "*", source),
    ),
  });
  const topic = new aws.sns.Topic(name, { name, kmsMasterKeyId: key.arn });
  const publish = (topicArn: string) => document(allow("ses.amazonaws.com", "sns:Publish", topicArn, source));
  const policy = fault === "policies-from-arns" ? topic.arn.apply(publish) : publish(arn("sns", name));
  const admission = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy });

  const queue = new aws.sqs.Queue(name, { name });
  new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: document(allow("sns.amazonaws.com", "sqs:SendMessage", arn("sqs", name), arn("sns", name))),
  });
  new aws.sns.TopicSubscription("people", { topic: topic.arn, protocol: "email", endpoint: "ops@example.com" });
  if (fault !== "no-subscription") {
    new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "sqs", endpoint: queue.arn });
  }

  const set = new aws.sesv2.ConfigurationSet(name, { configurationSetName: name });
  new aws.sesv2.ConfigurationSetEventDestination(
    name,
    {
      configurationSetName: set.configurationSetName,
      eventDestinationName: name,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT"],
        snsDestination: { topicArn: topic.arn },
      },
    },
    { dependsOn: admission },
  );
  new aws.sesv2.EmailIdentity(name, {
    emailIdentity: "example.com",
    configurationSetName: set.configurationSetName,
  });
};
