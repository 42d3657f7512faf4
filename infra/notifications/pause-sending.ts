import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, writeLogs } from "../instances/permissions";
import type { Account } from "../network/endpoint-policies";

export interface PauseSendingArgs {
  readonly account: Account;
  readonly configurationSetName: string;
  readonly logRetentionDays: number;
}

/** The newest Node.js of Lambda, which has the AWS SDK in it: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const RUNTIME = "nodejs22.x";

/**
 * A function that pauses the sending of one configuration set and can do nothing else (M9). Alarms run it by `arn`, once they may:
 * `allow` each.
 */
export class PauseSending extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  private readonly function: aws.lambda.Function;

  public constructor(
    private readonly name: string,
    private readonly args: PauseSendingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:notifications:PauseSending", name, {}, opts);
    const tags = { Name: name };
    const logs = new aws.cloudwatch.LogGroup(name, { retentionInDays: args.logRetentionDays, tags }, { parent: this });
    const role = new aws.iam.Role(name, { assumeRolePolicy: LAMBDA_TRUST, tags }, { parent: this });
    const permissions = new aws.iam.RolePolicy(
      name,
      { role: role.id, policy: logs.arn.apply((arn) => this.permissions(arn)) },
      { parent: this },
    );
    this.function = new aws.lambda.Function(
      name,
      {
        description: "Pauses the platform's sending through SES",
        runtime: RUNTIME,
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(CODE) }),
        role: role.arn,
        timeout: 30,
        environment: { variables: { CONFIGURATION_SET: args.configurationSetName } },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
        tags,
      },
      { parent: this, dependsOn: permissions },
    );
    this.arn = this.function.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** Lets one alarm run the function. `key` is a stable name. */
  public allow(key: string, alarmArn: pulumi.Input<string>): void {
    new aws.lambda.Permission(
      `${this.name}-${key}`,
      {
        function: this.function.name,
        action: "lambda:InvokeFunction",
        principal: "lambda.alarms.cloudwatch.amazonaws.com",
        sourceAccount: this.args.account.accountId,
        sourceArn: alarmArn,
      },
      { parent: this },
    );
  }

  private permissions(logGroupArn: string): string {
    const { account, configurationSetName } = this.args;
    return policyDocument([
      {
        Sid: "PauseOneConfigurationSet",
        Effect: "Allow",
        Action: ["ses:PutConfigurationSetSendingOptions"],
        Resource: configurationSetArn(account, configurationSetName),
      },
      writeLogs(logGroupArn),
    ]);
  }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html */
export function configurationSetArn({ partition, region, accountId }: Account, name: string): string {
  return `arn:${partition}:ses:${region}:${accountId}:configuration-set/${name}`;
}

const CODE = readFileSync(join(__dirname, "pause-sending", "index.mjs"), "utf8");

/**
 * Only Lambda may take the role. Whether Lambda names account and function when it does isn't documented, and a condition that it doesn't
 * meet would keep the function from being made; who may hand the role to a function, iam:PassRole decides.
 */
const LAMBDA_TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
