import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../network/endpoint-policies";
import { namedArn, queuePolicy } from "./service-policies";

export interface KeptMessagesArgs {
  readonly account: Account;
  /** Of our own; its policy admits SNS. */
  readonly keyArn: pulumi.Input<string>;
  /** What both queues' names begin with, unique in account and Region; up to 67 letters, digits, hyphens and underscores. */
  readonly queueNames: string;
  /** By stable names: what each topic tells is kept. */
  readonly topics: Readonly<Record<string, KeptTopic>>;
}

export interface KeptTopic {
  readonly name: string;
  readonly arn: pulumi.Output<string>;
}

/** SQS keeps messages for 14 days at most. */
const FORTNIGHT_SECONDS = 1_209_600;

/** A message that was received so often without being deleted makes its reader fail, and is put aside. */
const MAX_RECEIVE_COUNT = 5;

/**
 * A queue that keeps what the topics tell, whether anybody reads his mail or not, with a dead-letter queue behind it for what its readers
 * choke on (M9). What is put aside starts with a new clock there, so both keep for as long as AWS does.
 */
export class KeptMessages extends pulumi.ComponentResource {
  public readonly queueUrl: pulumi.Output<string>;
  public readonly deadLetterQueueName: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: KeptMessagesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:notifications:KeptMessages", name, {}, opts);
    const deadLetters = this.queue(`${name}-dead-letters`, `${args.queueNames}-dead-letters`);
    const queue = this.queue(name, `${args.queueNames}-kept`, deadLetters.arn);
    new aws.sqs.RedriveAllowPolicy(
      `${name}-dead-letters`,
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: queue.arn.apply((arn) =>
          JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arn] }),
        ),
      },
      { parent: this },
    );
    this.subscribe(queue);
    this.queueUrl = queue.url;
    this.deadLetterQueueName = deadLetters.name;
    this.registerOutputs({ queueUrl: this.queueUrl });
  }

  private queue(name: string, queueName: string, deadLetterTargetArn?: pulumi.Output<string>): aws.sqs.Queue {
    const redrivePolicy = deadLetterTargetArn?.apply((arn) =>
      JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: MAX_RECEIVE_COUNT }),
    );
    return new aws.sqs.Queue(
      name,
      {
        name: queueName,
        messageRetentionSeconds: FORTNIGHT_SECONDS,
        kmsMasterKeyId: this.args.keyArn,
        ...(redrivePolicy === undefined ? {} : { redrivePolicy }),
        tags: { Name: name },
      },
      { parent: this },
    );
  }

  private subscribe(queue: aws.sqs.Queue): void {
    const { account, queueNames, topics } = this.args;
    const topicArns = Object.values(topics).map((topic) => namedArn(account, "sns", topic.name));
    const policy = queuePolicy(account, namedArn(account, "sqs", `${queueNames}-kept`), topicArns);
    const admission = new aws.sqs.QueuePolicy(this.name, { queueUrl: queue.url, policy }, { parent: this });
    for (const [kind, { arn: topic }] of Object.entries(topics)) {
      new aws.sns.TopicSubscription(
        `${this.name}-${kind}`,
        { topic, protocol: "sqs", endpoint: queue.arn },
        // A message that comes before the queue admits its topic is lost.
        { parent: this, dependsOn: admission },
      );
    }
  }
}
