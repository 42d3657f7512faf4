import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../network/endpoint-policies";
import { namedArn, topicPolicy, type Caller } from "./service-policies";

export interface TopicArgs {
  readonly account: Account;
  /** Unique in account and Region; up to 256 letters, digits, hyphens and underscores. */
  readonly topicName: string;
  /** One of our own whose policy admits `publisher`. */
  readonly keyArn: pulumi.Input<string>;
  readonly publisher: Caller;
  /** Who hears of each message; AWS asks each for a confirmation once. */
  readonly emails: readonly string[];
}

/** An encrypted standard topic that one service publishes to. SES can't publish to FIFO topics. */
export class Topic extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:notifications:Topic", name, {}, opts);
    const { account, topicName, keyArn, publisher, emails } = args;
    const topic = new aws.sns.Topic(
      name,
      { name: topicName, kmsMasterKeyId: keyArn, tags: { Name: name } },
      { parent: this },
    );
    const policy = new aws.sns.TopicPolicy(
      name,
      { arn: topic.arn, policy: topicPolicy(account, namedArn(account, "sns", topicName), publisher) },
      { parent: this },
    );
    for (const endpoint of emails) {
      new aws.sns.TopicSubscription(
        `${name}-${endpoint}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    }
    // Whoever learns the ARN from here can count on being allowed to publish.
    this.arn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
