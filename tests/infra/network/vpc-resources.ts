import type { RegionFacts } from "../../../infra/network/region-facts";
import { Vpc, type VpcArgs } from "../../../infra/network/vpc";
import { record, type Answers, type Recorded } from "../mocks";

export const AZS = [
  { name: "ap-northeast-1c", id: "apne1-az1" },
  { name: "ap-northeast-1d", id: "apne1-az2" },
  { name: "ap-northeast-1a", id: "apne1-az4" },
];

export const FACTS: RegionFacts = {
  region: "ap-northeast-1",
  accountId: "123456789012",
  partition: "aws",
  zones: AZS,
  smtpZones: AZS.map(({ name }) => name),
};

const arn =
  (service: string) =>
  ({ name }: { name: string }) => ({ arn: `arn:aws:${service}:${name}` });
const nothing = () => ({});

/** What AWS answers for a VPC and all that is in it. */
export const VPC_ANSWERS: Answers = {
  "aws:ec2/vpc:Vpc": () => ({ defaultNetworkAclId: "acl-default", defaultRouteTableId: "rtb-default" }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": nothing,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": nothing,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": nothing,
  "aws:ec2/subnet:Subnet": nothing,
  "aws:ec2/routeTable:RouteTable": nothing,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": nothing,
  "aws:ec2/internetGateway:InternetGateway": nothing,
  "aws:ec2/route:Route": nothing,
  "aws:ec2/eip:Eip": ({ name }) => ({ allocationId: `${name}-allocation` }),
  "aws:ec2/natGateway:NatGateway": nothing,
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ name }) => ({ prefixListId: `${name}-prefixes` }),
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": nothing,
  "aws:ec2/securityGroup:SecurityGroup": nothing,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": nothing,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": nothing,
  "aws:ec2/networkAcl:NetworkAcl": nothing,
  "aws:ec2/networkAclRule:NetworkAclRule": nothing,
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": nothing,
  "aws:ec2/flowLog:FlowLog": nothing,
  "aws:cloudwatch/logGroup:LogGroup": arn("logs"),
  "aws:iam/role:Role": arn("iam"),
  "aws:iam/rolePolicy:RolePolicy": nothing,
};

export function argsOf(more: Partial<VpcArgs> = {}): VpcArgs {
  return {
    cidrBlock: "10.0.0.0/16",
    azs: AZS.slice(0, 2),
    nat: "per-az",
    communications: { maintenance: false, operators: ["198.51.100.7/32"] },
    facts: FACTS,
    artifactsArn: "arn:aws:s3:::main-artifacts",
    flowLogRetentionDays: 90,
    ...more,
  };
}

/** The resources of a VPC called `main` in two zones, but for the components. */
export async function resourcesOf(more: Partial<VpcArgs> = {}): Promise<Recorded[]> {
  const all = await record(VPC_ANSWERS, () => new Vpc("main", argsOf(more)));
  return all.filter(({ type }) => type.startsWith("aws:"));
}

/** Those of a type, by its last word: `Subnet`. */
export function typed(resources: readonly Recorded[], type: string): Recorded[] {
  return resources.filter((resource) => resource.type.endsWith(`:${type}`));
}

/** The named properties of every resource of a type, one line a resource. */
export function lines(resources: readonly Recorded[], type: string, ...properties: string[]): string[] {
  return typed(resources, type).map(({ name, inputs }) => {
    const values = properties.map((property) => JSON.stringify(inputs[property] ?? null).replaceAll('"', ""));
    return [name, ...values].join(" ");
  });
}

/** The resources that a component made itself, one line each: their types' last words and their names. */
export function childrenOf(resources: readonly Recorded[], component: string): string[] {
  return resources
    .filter(({ parent }) => parent === `dejima:network:${component}`)
    .map(({ type, name }) => `${type.slice(type.lastIndexOf(":") + 1)} ${name}`);
}
