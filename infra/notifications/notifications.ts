import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../network/endpoint-policies";
import { Alarms, type Thresholds } from "./alarms";
import { KeptMessages, type KeptTopic } from "./kept-messages";
import { configurationSetArn, PauseSending } from "./pause-sending";
import { keyPolicy, type Caller } from "./service-policies";
import { Topic } from "./topic";

/** What SES tells of a message: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
export const MAIL_EVENTS = ["bounce", "complaint", "delivery", "reject"] as const;
export type MailEvent = (typeof MAIL_EVENTS)[number];

export interface NotificationsArgs {
  readonly account: Account;
  /** Unique in account and Region; up to 64 characters. Topics and queues are named after it. */
  readonly configurationSetName: string;
  /** Who hears of trouble by mail. Deliveries are only kept, as there are as many as mails. */
  readonly emails: readonly string[];
  readonly bounceRate: Thresholds;
  readonly complaintRate: Thresholds;
  readonly logRetentionDays: number;
}

/**
 * Whoever sends too much that bounces is suspended by SES, which by itself tells nobody (M9): a topic for each kind of event, told by
 * mail and kept in a queue, and alarms on a topic of their own before SES's own limits, the critical ones pausing the sending.
 */
export class Notifications extends pulumi.ComponentResource {
  /** By event: what SES publishes to. */
  public readonly topicArns: Readonly<Record<MailEvent, pulumi.Output<string>>>;
  public readonly alarmTopicArn: pulumi.Output<string>;
  public readonly queueUrl: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: NotificationsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:notifications:Notifications", name, {}, opts);
    const events = this.eventTopics();
    const alarms = this.alarmTopic();
    const kept = new KeptMessages(
      `${name}-kept`,
      {
        account: args.account,
        keyArn: this.key("kept", [{ service: "sns.amazonaws.com", sourceArns: [this.arn("sns", "*")] }]),
        queueNames: args.configurationSetName,
        topics: this.kept({ ...events, alarm: alarms }),
      },
      { parent: this },
    );
    new Alarms(
      `${name}-alarm`,
      { ...args, topicArn: alarms, pauseSending: this.pauseSending(), deadLetterQueueName: kept.deadLetterQueueName },
      { parent: this },
    );
    this.topicArns = events;
    this.alarmTopicArn = alarms;
    this.queueUrl = kept.queueUrl;
    this.registerOutputs({ alarmTopicArn: this.alarmTopicArn, queueUrl: this.queueUrl });
  }

  private eventTopics(): Record<MailEvent, pulumi.Output<string>> {
    const { account, configurationSetName, emails } = this.args;
    const ses: Caller = {
      service: "ses.amazonaws.com",
      sourceArns: [configurationSetArn(account, configurationSetName)],
    };
    const keyArn = this.key("events", [ses]);
    const topic = (event: MailEvent) =>
      new Topic(
        `${this.name}-${event}`,
        {
          account,
          topicName: this.topicName(event),
          keyArn,
          publisher: ses,
          emails: event === "delivery" ? [] : emails,
        },
        { parent: this },
      ).arn;
    return {
      bounce: topic("bounce"),
      complaint: topic("complaint"),
      delivery: topic("delivery"),
      reject: topic("reject"),
    };
  }

  private alarmTopic(): pulumi.Output<string> {
    const { account, emails } = this.args;
    const cloudWatch: Caller = { service: "cloudwatch.amazonaws.com", sourceArns: [this.arn("cloudwatch", "alarm:*")] };
    const keyArn = this.key("alarms", [cloudWatch]);
    return new Topic(
      `${this.name}-alarm`,
      { account, topicName: this.topicName("alarm"), keyArn, publisher: cloudWatch, emails },
      { parent: this },
    ).arn;
  }

  private topicName(kind: string): string {
    return `${this.args.configurationSetName}-${kind}`;
  }

  private kept(topicArns: Readonly<Record<string, pulumi.Output<string>>>): Record<string, KeptTopic> {
    return Object.fromEntries(
      Object.entries(topicArns).map(([kind, arn]) => [kind, { name: this.topicName(kind), arn }]),
    );
  }

  private pauseSending(): PauseSending {
    return new PauseSending(`${this.name}-pause`, this.args, { parent: this });
  }

  private key(use: string, callers: readonly Caller[]): pulumi.Output<string> {
    const name = `${this.name}-${use}`;
    const key = new aws.kms.Key(
      name,
      {
        description: `${name}: messages`,
        enableKeyRotation: true,
        policy: keyPolicy(this.args.account, callers),
        tags: { Name: name },
      },
      { parent: this },
    );
    return key.arn;
  }

  private arn(service: string, resource: string): string {
    const { partition, region, accountId } = this.args.account;
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  }
}
