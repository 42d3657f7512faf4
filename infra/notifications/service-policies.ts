import type { Account } from "../network/endpoint-policies";

/**
 * The ARN of what will have this name: known before it exists, so that policies made of it can be read, and proved, in the first preview.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function namedArn({ partition, region, accountId }: Account, service: "sns" | "sqs", name: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${name}`;
}

/** An AWS service that acts for a resource of this account. */
export interface Caller {
  /** Such as `ses.amazonaws.com`. */
  readonly service: string;
  /** ARNs for which it may act; `*` stands for any text. */
  readonly sourceArns: readonly string[];
}

/**
 * The policy of a key with which topics and queues are encrypted: the account's own policies decide who manages it, and the services
 * named may use it, for this account only. `alias/aws/sns` has no such statement, so SES and CloudWatch couldn't publish.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function keyPolicy(account: Account, callers: readonly Caller[]): string {
  const { partition, accountId } = account;
  return document([
    {
      Sid: "AccountManages",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...callers.map((caller) => ({
      ...allowed(account, caller),
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
    })),
  ]);
}

/** Lets one service publish to a topic, and nobody in clear. */
export function topicPolicy(account: Account, topicArn: string, caller: Caller): string {
  return document([
    { ...allowed(account, caller), Action: "sns:Publish", Resource: topicArn },
    encryptedOnly("sns:Publish", topicArn),
  ]);
}

/** Lets these topics put messages into a queue, and nobody in clear. */
export function queuePolicy(account: Account, queueArn: string, topicArns: readonly string[]): string {
  return document([
    {
      ...allowed(account, { service: "sns.amazonaws.com", sourceArns: topicArns }),
      Action: "sqs:SendMessage",
      Resource: queueArn,
    },
    encryptedOnly("sqs:*", queueArn),
  ]);
}

/** With account and source named, a service can't be made to act for somebody else (the "confused deputy"). */
function allowed({ accountId }: Account, { service, sourceArns }: Caller) {
  return {
    Sid: `From${service.split(".")[0]?.toUpperCase() ?? ""}`,
    Effect: "Allow",
    Principal: { Service: service },
    Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": sourceArns } },
  };
}

function encryptedOnly(action: string, resource: string) {
  return {
    Sid: "NeverInClear",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
