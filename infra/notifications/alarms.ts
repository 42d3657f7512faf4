import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PauseSending } from "./pause-sending";

/** Shares of all mail, as fractions. */
export interface Thresholds {
  /** People are told. */
  readonly warning: number;
  /** People are told, and sending pauses. */
  readonly critical: number;
}

export interface AlarmsArgs {
  /** Of the alarms' own topic, whose key admits CloudWatch. */
  readonly topicArn: pulumi.Input<string>;
  readonly pauseSending: PauseSending;
  readonly bounceRate: Thresholds;
  readonly complaintRate: Thresholds;
  readonly deadLetterQueueName: pulumi.Input<string>;
}

const METRICS = { bounce: "Reputation.BounceRate", complaint: "Reputation.ComplaintRate" } as const;

/**
 * Alarms on the reputation that SES itself judges the account by, each before SES acts (M9): it reviews an account at 5 % bounces or
 * 0.1 % complaints, and may pause it at 10 % or 0.5 %. https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
 */
export class Alarms extends pulumi.ComponentResource {
  public constructor(
    private readonly name: string,
    private readonly args: AlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:notifications:Alarms", name, {}, opts);
    this.rate("bounce", args.bounceRate);
    this.rate("complaint", args.complaintRate);
    this.deadLetters();
    this.registerOutputs();
  }

  private rate(kind: keyof typeof METRICS, { warning, critical }: Thresholds): void {
    const { pauseSending } = this.args;
    this.reputation(`${kind}-warning`, METRICS[kind], warning, []);
    const pausing = this.reputation(`${kind}-critical`, METRICS[kind], critical, [pauseSending.arn]);
    pauseSending.allow(`${kind}-critical`, pausing.arn);
  }

  private reputation(
    key: string,
    metricName: string,
    threshold: number,
    actions: readonly pulumi.Input<string>[],
  ): aws.cloudwatch.MetricAlarm {
    return this.alarm(key, {
      alarmDescription: `SES: ${metricName} at ${threshold * 100} % or more`,
      namespace: "AWS/SES",
      metricName,
      statistic: "Average",
      // SES computes these rarely: between two values the alarm keeps its state.
      period: 3600,
      treatMissingData: "ignore",
      threshold,
      alarmActions: [this.args.topicArn, ...actions],
    });
  }

  /** Something that should have been dealt with was not. */
  private deadLetters(): void {
    const { topicArn, deadLetterQueueName } = this.args;
    this.alarm("dead-letters", {
      alarmDescription: "Notifications that nobody could process lie in the dead-letter queue",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetterQueueName },
      statistic: "Maximum",
      period: 300,
      treatMissingData: "notBreaching",
      threshold: 1,
      alarmActions: [topicArn],
    });
  }

  private alarm(
    key: string,
    args: Omit<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator" | "evaluationPeriods">,
  ): aws.cloudwatch.MetricAlarm {
    const name = `${this.name}-${key}`;
    return new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...args,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: 1,
        okActions: [this.args.topicArn],
        tags: { Name: name },
      },
      { parent: this },
    );
  }
}
