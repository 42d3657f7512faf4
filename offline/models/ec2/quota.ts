import { AwsError } from "../../aws-error";

interface Quota {
  limit: number;
  code: string;
  message: string;
}

/**
 * Default quotas of one account and Region. Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * and, for the codes, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const quotas = {
  vpcsPerRegion: { limit: 5, code: "VpcLimitExceeded", message: "The maximum number of VPCs has been reached." },
  subnetsPerVpc: {
    limit: 200,
    code: "SubnetLimitExceeded",
    message: "The maximum number of subnets has been reached.",
  },
  internetGatewaysPerRegion: {
    limit: 5,
    code: "InternetGatewayLimitExceeded",
    message: "The maximum number of internet gateways has been reached.",
  },
  addressesPerRegion: {
    limit: 5,
    code: "AddressLimitExceeded",
    message: "The maximum number of addresses has been reached.",
  },
  natGatewaysPerZone: {
    limit: 5,
    code: "NatGatewayLimitExceeded",
    message: "Performing this operation would exceed the limit of 5 NAT gateways",
  },
  routeTablesPerVpc: {
    limit: 200,
    code: "RouteTableLimitExceeded",
    message: "The maximum number of route tables has been reached.",
  },
  routesPerTable: { limit: 500, code: "RouteLimitExceeded", message: "The maximum number of routes has been reached." },
  securityGroupsPerRegion: {
    limit: 2500,
    code: "SecurityGroupLimitExceeded",
    message: "The maximum number of security groups has been reached.",
  },
  rulesPerGroup: {
    limit: 60,
    code: "RulesPerSecurityGroupLimitExceeded",
    message: "The maximum number of rules per security group has been reached.",
  },
  aclsPerVpc: {
    limit: 200,
    code: "NetworkAclLimitExceeded",
    message: "The maximum number of network acls has been reached.",
  },
  rulesPerAcl: {
    limit: 20,
    code: "NetworkAclEntryLimitExceeded",
    message: "The maximum number of network acl entries has been reached.",
  },
  interfaceEndpointsPerVpc: {
    limit: 50,
    code: "VpcEndpointLimitExceeded",
    message: "The maximum number of VPC endpoints per VPC has been reached.",
  },
  gatewayEndpointsPerRegion: {
    limit: 20,
    code: "VpcEndpointLimitExceeded",
    message: "The maximum number of gateway VPC endpoints has been reached.",
  },
  peeringsPerVpc: {
    limit: 50,
    code: "VpcPeeringConnectionLimitExceeded",
    message: "The maximum number of active VPC peering connections has been reached.",
  },
} as const satisfies Record<string, Quota>;

/** Throws AWS's refusal when `count` (with what is being made) is more than the quota allows. */
export function withinQuota(name: keyof typeof quotas, count: number): void {
  const quota: Quota = quotas[name];
  if (count > quota.limit)
    throw new AwsError(quota.code, `${quota.message} (default quota: ${quota.limit}, needed: ${count})`);
}
