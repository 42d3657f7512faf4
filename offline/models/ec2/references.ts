import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import type { Thing, World } from "../../world";
import { property, text } from "../values";

interface Kind {
  /** Every type that may stand for it: the resource itself, its AWS-made companion, what adopted it. */
  types: readonly string[];
  code: string;
  message: (id: string) => string;
}

/** How EC2 answers an id that doesn't exist. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const kinds = {
  vpc: {
    types: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"],
    code: "InvalidVpcID.NotFound",
    message: (id) => `The vpc ID '${id}' does not exist`,
  },
  subnet: {
    types: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
    code: "InvalidSubnetID.NotFound",
    message: (id) => `The subnet ID '${id}' does not exist`,
  },
  internetGateway: {
    types: ["aws:ec2/internetGateway:InternetGateway"],
    code: "InvalidInternetGatewayID.NotFound",
    message: (id) => `The internetGateway ID '${id}' does not exist`,
  },
  natGateway: {
    types: ["aws:ec2/natGateway:NatGateway"],
    code: "InvalidNatGatewayID.NotFound",
    message: (id) => `The natGateway ID '${id}' does not exist`,
  },
  routeTable: {
    types: ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"],
    code: "InvalidRouteTableID.NotFound",
    message: (id) => `The routeTable ID '${id}' does not exist`,
  },
  securityGroup: {
    types: ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
    code: "InvalidGroup.NotFound",
    message: (id) => `The security group '${id}' does not exist`,
  },
  networkAcl: {
    types: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
    code: "InvalidNetworkAclID.NotFound",
    message: (id) => `The networkAcl ID '${id}' does not exist`,
  },
  address: {
    types: ["aws:ec2/eip:Eip"],
    code: "InvalidAllocationID.NotFound",
    message: (id) => `The allocation ID '${id}' does not exist`,
  },
  endpoint: {
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    code: "InvalidVpcEndpointId.NotFound",
    message: (id) => `The Vpc Endpoint Id '${id}' does not exist`,
  },
  peering: {
    types: ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection"],
    code: "InvalidVpcPeeringConnectionID.NotFound",
    message: (id) => `The vpcPeeringConnection ID '${id}' does not exist`,
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** The thing of a kind with this id, wherever it came from. */
export function lookUp(world: World, kind: KindName, id: unknown): Thing | undefined {
  const known = text(id);
  if (known === undefined) return undefined;
  for (const type of kinds[kind].types) {
    const thing = world.find(type, known);
    if (thing !== undefined) return thing;
  }
  return undefined;
}

/** The thing that an input names; undefined while its id isn't known. Throws AWS's `Invalid…NotFound` for a dangling id. */
export function referred(context: OperationContext, kind: KindName, id: unknown): Thing | undefined {
  const known = text(id);
  if (known === undefined) return undefined;
  const thing = lookUp(context.world, kind, known);
  if (thing === undefined) throw new AwsError(kinds[kind].code, kinds[kind].message(known));
  return thing;
}

/** The VPC that a thing lives in; undefined while unknown. */
export function vpcOf(thing: Thing | undefined): string | undefined {
  if (thing === undefined) return undefined;
  return thing.type === "aws:ec2/vpc:Vpc" ? thing.id : text(property(thing, "vpcId"));
}

/** Throws `message` when both VPCs are known and differ. */
export function sameNetwork(
  one: string | undefined,
  other: string | undefined,
  message: string,
  code = "InvalidParameterValue",
): void {
  if (one !== undefined && other !== undefined && one !== other) throw new AwsError(code, message);
}
