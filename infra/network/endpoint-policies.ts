/** Whose platform it is, and where: what policies are limited to. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Lets an interface endpoint be used with this account's credentials only: stolen data can't leave to another account. */
export function ownAccountPolicy({ accountId }: Account): string {
  return policy([
    {
      Sid: "OwnPrincipals",
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    },
  ]);
}

/**
 * S3 through the gateway endpoint: this account's own buckets, and the Region's bucket with the Session Manager agent
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html), which is read without credentials.
 */
export function s3Policy({ accountId, partition, region }: Account): string {
  return policy([
    {
      Sid: "OwnBuckets",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
    },
    {
      Sid: "AgentPackages",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:${partition}:s3:::amazon-ssm-${region}/*`,
    },
  ]);
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
