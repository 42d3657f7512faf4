import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SES_HOLD } from "./ses-tables";

export interface HeldMailAlarmArgs {
  /** The relay's name among all of its account and Region. */
  readonly identity: string;
  /** Where the machines log. */
  readonly logGroupName: pulumi.Input<string>;
  /** Where people are told; its key admits CloudWatch. */
  readonly topicArn: pulumi.Input<string>;
}

const NAMESPACE = "Dejima/Relay";

/** Tells people when mail waits because SES refuses all of it, paused or without permission (M9): it is sent when SES takes it again. */
export class HeldMailAlarm extends pulumi.ComponentResource {
  public constructor(name: string, args: HeldMailAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:relay:HeldMailAlarm", name, {}, opts);
    const { identity, logGroupName, topicArn } = args;
    const metricName = `${identity}-held-back`;
    new aws.cloudwatch.LogMetricFilter(
      name,
      {
        logGroupName,
        // In quotation marks it is a phrase and no pattern's syntax.
        pattern: `"${SES_HOLD}"`,
        metricTransformation: { namespace: NAMESPACE, name: metricName, value: "1", unit: "Count" },
      },
      { parent: this },
    );
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        alarmDescription: "SES refuses mail for the account's sake; the relays keep it and try again",
        namespace: NAMESPACE,
        metricName,
        statistic: "Sum",
        // Postfix tries what waits every 5 to 67 minutes: for as long as SES refuses, no two hours are without a try.
        period: 3600,
        evaluationPeriods: 2,
        datapointsToAlarm: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
        tags: { Name: name },
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
