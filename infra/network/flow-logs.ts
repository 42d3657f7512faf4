import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./endpoint-policies";

export interface FlowLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly account: Account;
  readonly retentionDays: number;
}

/** Accepted and refused connections of the whole VPC, to CloudWatch Logs, by a role that can write to this log group only. */
export class FlowLogs extends pulumi.ComponentResource {
  public constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:network:FlowLogs", name, {}, opts);
    const tags = { Name: name };
    const logs = new aws.cloudwatch.LogGroup(name, { retentionInDays: args.retentionDays, tags }, { parent: this });
    const role = new aws.iam.Role(name, { assumeRolePolicy: trust(args.account), tags }, { parent: this });
    const permission = new aws.iam.RolePolicy(
      name,
      { role: role.id, policy: logs.arn.apply(writing) },
      { parent: this },
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags,
      },
      { parent: this, dependsOn: permission },
    );
    this.registerOutputs();
  }
}

/**
 * With account and source named, the service can't be made to use the role for somebody else (the "confused deputy"):
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
function trust({ partition, region, accountId }: Account): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
        },
      },
    ],
  });
}

/** What the same page asks for, limited to one log group, which is there already. */
function writing(logGroupArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
        Resource: [logGroupArn, `${logGroupArn}:*`],
      },
    ],
  });
}
