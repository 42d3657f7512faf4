import { answer, type Query } from "../../../policies/reachability/answer";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { Stack } from "../stack";

export type Id = ReturnType<Stack["add"]>["id"];
type Inputs = Parameters<Stack["add"]>[2];
export type Routes = readonly Readonly<Record<string, Id | string | boolean>>[];

/** The token of a resource of transit gateways: "aws:ec2transitgateway/route:Route" of "Route". */
export function transitType(name: string): string {
  return `aws:ec2transitgateway/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Lets everything through, in both families. */
export const open = {
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlocks: ["0.0.0.0/0"],
  ipv6CidrBlocks: ["::/0"],
};

export interface Placing {
  readonly zone?: string;
  /** The URN of the provider: resources of one are in one account. */
  readonly provider?: string;
  /** What AWS says of the VPC and of its subnets besides. */
  readonly outputs?: Record<string, string>;
  readonly vpc?: Inputs;
  readonly subnet?: Inputs;
  readonly table?: Inputs;
  readonly machine?: Inputs;
}

/** A subnet and its table with inline routes. */
export function addSubnet(
  stack: Stack,
  vpc: Id,
  name: string,
  cidrBlock: string,
  routes: Routes,
  { zone = "ap-northeast-1a", provider, outputs = {}, subnet: more = {}, table: moreOfTable = {} }: Placing = {},
) {
  const inputs = { vpcId: vpc, cidrBlock, availabilityZone: zone, ...more };
  const subnet = stack.add("aws:ec2/subnet:Subnet", name, inputs, outputs, provider).id;
  const ofTable = { vpcId: vpc, routes, ...moreOfTable };
  const table = stack.add("aws:ec2/routeTable:RouteTable", name, ofTable, {}, provider).id;
  const association = { subnetId: subnet, routeTableId: table };
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, association, {}, provider);
  return { subnet, table };
}

/** A VPC "v<at>", 10.<at>.0.0/16, with one open machine of the same name, 10.<at>.0.10, in one subnet, 10.<at>.0.0/24. */
export function addVpc(stack: Stack, at: number, routes: (vpc: Id) => Routes, placing: Placing = {}) {
  const { provider, outputs = {} } = placing;
  const name = `v${at}`;
  const vpc = stack.add(
    "aws:ec2/vpc:Vpc",
    name,
    { cidrBlock: `10.${at}.0.0/16`, ...placing.vpc },
    outputs,
    provider,
  ).id;
  const made = addSubnet(stack, vpc, name, `10.${at}.0.0/24`, routes(vpc), placing);
  const group = addGroup(stack, vpc, name, provider);
  addMachine(stack, name, made.subnet, group, `10.${at}.0.10`, placing.machine, provider);
  return { vpc, group, ...made };
}

export function addGroup(stack: Stack, vpc: Id, name: string, provider?: string): Id {
  const inputs = { vpcId: vpc, ingress: [open], egress: [open] };
  return stack.add("aws:ec2/securityGroup:SecurityGroup", name, inputs, {}, provider).id;
}

export function addMachine(
  stack: Stack,
  name: string,
  subnetId: Id,
  group: Id,
  privateIp: string,
  more: Inputs = {},
  provider?: string,
): Id {
  const inputs = { subnetId, vpcSecurityGroupIds: [group], privateIp, ...more };
  return stack.add("aws:ec2/instance:Instance", name, inputs, {}, provider).id;
}

/** Asks for tcp/443 by name: of a machine, "internet", or an address. */
export function ask(resources: readonly Resource[], from: string, to: string, more: Partial<Query> = {}) {
  const end = (name: string): Query["from"] => {
    if (name === "internet") return { kind: "internet" };
    if (/^[0-9a-f]*[.:]/u.test(name)) return { kind: "address", address: name };
    return { kind: "party", urn: `urn:pulumi:test::stack::aws:ec2/instance:Instance::${name}` };
  };
  return answer(readNetwork(resources), { from: end(from), to: end(to), protocol: "tcp", dstPort: 443, ...more });
}

/** Of the request, and of the connection. */
export function verdicts(resources: readonly Resource[], from: string, to: string, more: Partial<Query> = {}) {
  const { request, connection } = ask(resources, from, to, more);
  return [request, connection];
}

export const reachable = ["reachable", "reachable"];
export const blocked = ["blocked", "blocked"];
export const undetermined = ["undetermined", "undetermined"];
export const noReply = ["reachable", "blocked"];
