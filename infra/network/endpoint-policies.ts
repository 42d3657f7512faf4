import type { InterfaceEndpoint } from "../communications";

/** Whose platform it is, and where: what policies are limited to. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Actions of a service, and the last parts of the ARNs they are good for. */
interface Use {
  readonly actions: readonly string[];
  /** None where the actions know no resources. */
  readonly resources: readonly string[];
}

/** What the platform's machines ask of each service: their roles' actions, no fewer and no more. */
const USES: Readonly<Record<Exclude<InterfaceEndpoint, "email-smtp">, readonly Use[]>> = {
  autoscaling: [{ actions: ["CompleteLifecycleAction"], resources: ["autoScalingGroup:*"] }],
  ec2: [
    { actions: ["AttachVolume", "DetachVolume"], resources: ["instance/*", "volume/*"] },
    { actions: ["DescribeVolumes"], resources: [] },
  ],
  logs: [{ actions: ["CreateLogStream", "PutLogEvents"], resources: ["log-group:*"] }],
  secretsmanager: [{ actions: ["GetSecretValue", "PutSecretValue"], resources: ["secret:*"] }],
  ssm: [{ actions: ["UpdateInstanceInformation"], resources: [] }],
  ssmmessages: [
    {
      actions: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"],
      resources: [],
    },
  ],
};

/**
 * Lets an interface endpoint be used for what the machines do, on this account's resources and with its credentials: whoever breaks into
 * a machine can't carry anything to an account of his own. SES's SMTP endpoint takes no policy, as its requests aren't signed:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function interfacePolicy(service: InterfaceEndpoint, account: Account): string | undefined {
  if (service === "email-smtp") return undefined;
  const { partition, region, accountId } = account;
  const resource = (name: string) => `arn:${partition}:${service}:${region}:${accountId}:${name}`;
  return policy(
    USES[service].map(({ actions, resources }) => ({
      Effect: "Allow",
      Principal: "*",
      Action: actions.map((action) => `${service}:${action}`),
      Resource: resources.length === 0 ? "*" : resources.map(resource),
      Condition: ownPrincipals(account),
    })),
  );
}

/**
 * S3 through the gateway endpoint: reading the artifacts, and the Session Manager agent from the Region's own bucket
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html), which is read without credentials.
 */
export function s3Policy(account: Account, artifactsArn: string): string {
  const { partition, region } = account;
  return policy([
    {
      Sid: "Artifacts",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${artifactsArn}/*`,
      Condition: ownPrincipals(account),
    },
    {
      Sid: "AgentPackages",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:${partition}:s3:::amazon-ssm-${region}/latest/debian_*`,
    },
  ]);
}

function ownPrincipals({ accountId }: Account) {
  return { StringEquals: { "aws:PrincipalAccount": accountId } };
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
