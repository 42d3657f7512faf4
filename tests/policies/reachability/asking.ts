import assert from "node:assert/strict";
import { answer, type Endpoint, type Query } from "../../../policies/reachability/answer";
import { type Network, readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { Stack } from "../stack";

export type Added = ReturnType<Stack["add"]>;
export type Inputs = Parameters<Stack["add"]>[2];

/** A question whose ends are logical names, "internet" or addresses; tcp/443 unless it says otherwise. */
export interface Asked extends Partial<Omit<Query, "from" | "to">> {
  readonly from: string;
  readonly to: string;
}

/** "reachable", "blocked", "undetermined"; where the reply fares otherwise, both: "reachable, reply blocked". */
export function ask(network: Network | readonly Resource[], { from, to, ...more }: Asked): string {
  const read = "links" in network ? network : readNetwork(network);
  const query: Query = {
    protocol: "tcp",
    ...(more.protocol === undefined ? { dstPort: 443 } : {}),
    ...more,
    from: end(read, from),
    to: end(read, to),
  };
  const { request, connection, unknowns } = answer(read, query);
  // What isn't certain has to say why.
  assert.equal(
    request === "undetermined" || connection === "undetermined",
    unknowns !== undefined && unknowns.length > 0,
  );
  return request === connection ? request : `${request}, reply ${connection}`;
}

function end({ parties }: Network, name: string): Endpoint {
  if (name === "internet") return { kind: "internet" };
  if (/^[\d.]+$|:/u.test(name)) return { kind: "address", address: name };
  const found = parties.filter(({ resource }) => resource.name === name);
  const [party] = found;
  assert.ok(party !== undefined && found.length === 1, `${found.length} parties are called ${name}`);
  return { kind: "party", urn: party.resource.urn };
}

export const everything = { protocol: "-1", fromPort: 0, toPort: 0 };
export const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

/** A VPC of one Region with subnets a (10.0.0.0/24) and b (10.0.1.0/24), and what `plant` puts there. */
export function twoSubnets(
  plant: (world: { readonly stack: Stack; readonly vpc: Added; readonly a: Added; readonly b: Added }) => void,
  subnetInputs: Inputs = {},
): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const [a, b] = (["a", "b"] as const).map((name, at) =>
    stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24`, ...subnetInputs }),
  );
  assert.ok(a && b);
  plant({ stack, vpc, a, b });
  return stack;
}

/** A security group with inline rules. */
export function group(stack: Stack, vpc: Added, name: string, rules: Inputs): Added {
  return stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...rules });
}

export function instance(stack: Stack, name: string, subnet: Added, inputs: Inputs): Added {
  return stack.add("aws:ec2/instance:Instance", name, { subnetId: subnet.id, ...inputs });
}

/** An internet gateway, and a default route to it for subnets. */
export function toInternet(stack: Stack, vpc: Added, ...subnets: readonly Added[]): void {
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId: vpc.id });
  const routes = [
    { cidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    { ipv6CidrBlock: "::/0", gatewayId: gateway.id },
  ];
  const table = stack.add("aws:ec2/routeTable:RouteTable", "public", { vpcId: vpc.id, routes });
  subnets.forEach((subnet, at) => {
    const inputs = { subnetId: subnet.id, routeTableId: table.id };
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `public-${at}`, inputs);
  });
}

/** Deployed, and before the first deploy with the real provider. */
export const bothWays = [true, false] as const;
export const when = (deployed: boolean) => (deployed ? "deployed" : "in the first preview");
