/**
 * A web server that everybody may reach on 443, a database that only it may, and two workers of one role of which one alone is reached from
 * the web server (tcp/9000), as the items of a bare array.
 */
export interface Listed {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export const anywhere = "0.0.0.0/0";

function item(type: string, name: string, id: string, props: Readonly<Record<string, unknown>>): Listed {
  return { type, name, urn: `urn:pulumi:test::small::${type}::${name}`, id, props };
}

function rule(protocol: string, port: number, more: Readonly<Record<string, unknown>>) {
  return { protocol, fromPort: port, toPort: port, ...more };
}

const everything = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [anywhere] }];

function group(name: string, ingress: readonly unknown[], egress: readonly unknown[]): Listed {
  return item("aws:ec2/securityGroup:SecurityGroup", name, `sg-${name}`, { vpcId: "vpc-1", ingress, egress });
}

function instance(name: string, role: string, subnet: string, address: string, groups: readonly string[]): Listed {
  return item("aws:ec2/instance:Instance", name, `i-${name}`, {
    subnetId: subnet,
    privateIp: address,
    vpcSecurityGroupIds: groups,
    associatePublicIpAddress: subnet === "subnet-public",
    tags: { Role: role },
    userData: "#!/bin/sh",
  });
}

export const smallNetwork: readonly Listed[] = [
  item("aws:ec2/vpc:Vpc", "main", "vpc-1", { cidrBlock: "10.0.0.0/16" }),
  item("aws:ec2/internetGateway:InternetGateway", "main", "igw-1", { vpcId: "vpc-1" }),
  item("aws:ec2/subnet:Subnet", "public", "subnet-public", { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }),
  item("aws:ec2/subnet:Subnet", "private", "subnet-private", { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24" }),
  item("aws:ec2/routeTable:RouteTable", "public", "rtb-public", {
    vpcId: "vpc-1",
    routes: [{ cidrBlock: anywhere, gatewayId: "igw-1" }],
  }),
  item("aws:ec2/routeTable:RouteTable", "private", "rtb-private", { vpcId: "vpc-1", routes: [] }),
  item("aws:ec2/routeTableAssociation:RouteTableAssociation", "public", "rtbassoc-1", {
    subnetId: "subnet-public",
    routeTableId: "rtb-public",
  }),
  item("aws:ec2/routeTableAssociation:RouteTableAssociation", "private", "rtbassoc-2", {
    subnetId: "subnet-private",
    routeTableId: "rtb-private",
  }),
  group("web", [rule("tcp", 443, { cidrBlocks: [anywhere] })], everything),
  group("database", [rule("tcp", 5432, { securityGroups: ["sg-web"] })], []),
  group("worker", [rule("tcp", 9000, { securityGroups: ["sg-web"] })], []),
  group("closed", [], []),
  instance("web", "web", "subnet-public", "10.0.0.10", ["sg-web"]),
  instance("store", "database", "subnet-private", "10.0.1.10", ["sg-database"]),
  instance("worker-a", "worker", "subnet-private", "10.0.1.20", ["sg-worker"]),
  instance("worker-b", "worker", "subnet-private", "10.0.1.21", ["sg-closed"]),
];

/** The same as `pulumi stack export` writes it. */
export function asState(resources: readonly Listed[] = smallNetwork) {
  return {
    version: 3,
    deployment: {
      manifest: {},
      resources: resources.map(({ type, urn, id, props }) => ({
        urn,
        custom: true,
        id,
        type,
        inputs: props,
        outputs: { ...props, id },
        propertyDependencies: Object.fromEntries(Object.keys(props).map((key) => [key, null])),
      })),
    },
  };
}

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The same as `pulumi preview --json` writes it before anything exists: ids aren't known, but where they come from is. */
export function asPlan(resources: readonly Listed[] = smallNetwork) {
  const owners = new Map(resources.map(({ id, urn }) => [id, urn]));
  const hidden = (value: unknown): unknown => {
    if (typeof value === "string") return owners.has(value) ? unknown : value;
    if (Array.isArray(value)) return value.map(hidden);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each)]));
  };
  const behind = (value: unknown): string[] => {
    if (typeof value === "string") return owners.has(value) ? [owners.get(value) ?? ""] : [];
    if (value === null || typeof value !== "object") return [];
    return [...new Set(Object.values(value).flatMap(behind))];
  };
  return {
    steps: resources.map(({ type, urn, props }) => ({
      op: "create",
      urn,
      newState: {
        urn,
        custom: true,
        type,
        inputs: hidden(props),
        propertyDependencies: Object.fromEntries(Object.entries(props).map(([key, value]) => [key, behind(value)])),
      },
    })),
    duration: 1,
    changeSummary: { create: resources.length },
  };
}
