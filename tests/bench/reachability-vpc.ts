import type { Input, Stack } from "../policies/stack";
import type { Random } from "./random";

type Added = ReturnType<Stack["add"]>;
type Id = Added["id"];

export const tiers = ["public", "private", "data"] as const;
export type Tier = (typeof tiers)[number];
export const zones = ["a", "b", "c"] as const;

/** The groups of a VPC: who lets whom in, on which port. Fixed, so that the number of classes doesn't grow with the number of machines. */
const communications = {
  balancer: [{ from: "internet", port: 443 }],
  bastion: [{ from: "office", port: 22 }],
  web: [
    { from: "balancer", port: 8443 },
    { from: "bastion", port: 22 },
  ],
  worker: [
    { from: "web", port: 9000 },
    { from: "bastion", port: 22 },
    { from: "partners", port: 9100 },
  ],
  cache: [
    { from: "web", port: 6379 },
    { from: "worker", port: 6379 },
  ],
  database: [
    { from: "worker", port: 5432 },
    { from: "web", port: 5432 },
  ],
  endpoint: [{ from: "vpc", port: 443 }],
} as const;
export type Group = keyof typeof communications;

/** Where machines of a kind stand. */
export const machines = [
  { group: "web", tier: "private" },
  { group: "worker", tier: "private" },
  { group: "cache", tier: "data" },
  { group: "bastion", tier: "public" },
] as const;

export interface Vpc {
  readonly name: string;
  readonly id: Id;
  readonly subnets: Readonly<Record<Tier, readonly Id[]>>;
  readonly tables: Readonly<Record<Tier, readonly Id[]>>;
  readonly groups: Readonly<Record<Group, Id>>;
  readonly targetGroup: Id;
  readonly template: Id;
  /** "10.7.32.9": the next address of a subnet that nobody has yet. */
  readonly nextAddress: (tier: Tier, zone: number) => string;
}

/**
 * One VPC with everything but its machines: 3 tiers in 3 zones, a NAT gateway a zone, network ACLs a tier, groups that refer to each other,
 * balancers, an endpoint, a database.
 */
export function addVpc(stack: Stack, at: number, random: Random): Vpc {
  const name = `v${at}`;
  const add = (type: string, key: string, inputs: Record<string, Input>, outputs: Record<string, string> = {}) =>
    stack.add(type, `${name}-${key}`, inputs, outputs);
  const { id: vpcId } = add("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: `10.${at}.0.0/16` });
  const gateway = add("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId });
  const subnets = inTiers((tier, zone) =>
    add("aws:ec2/subnet:Subnet", `${tier}-${zones[zone] ?? ""}`, {
      vpcId,
      cidrBlock: `10.${at}.${thirdByte(tier, zone)}.0/20`,
      availabilityZone: `ap-northeast-1${zones[zone] ?? ""}`,
      mapPublicIpOnLaunch: tier === "public",
    }),
  );
  const tables = addTables(add, vpcId, gateway.id, subnets);
  addAcls(add, vpcId, at, subnets);
  const groups = addGroups(add, vpcId, at, random);
  const targetGroup = addBalancers(add, vpcId, at, subnets, groups);
  const { id: template } = add("aws:ec2/launchTemplate:LaunchTemplate", "web", { vpcSecurityGroupIds: [groups.web] });
  add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", {
    vpcId,
    serviceName: "com.amazonaws.ap-northeast-1.s3",
    vpcEndpointType: "Gateway",
    routeTableIds: tables.private,
  });
  add("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
    vpcId,
    serviceName: "com.amazonaws.ap-northeast-1.logs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: subnets.private,
    securityGroupIds: [groups.endpoint],
  });
  const subnetGroup = add("aws:rds/subnetGroup:SubnetGroup", "db", { name: `${name}-db`, subnetIds: subnets.data });
  add("aws:rds/instance:Instance", "db", {
    engine: "postgres",
    dbSubnetGroupName: subnetGroup.of("name"),
    vpcSecurityGroupIds: [groups.database],
    publiclyAccessible: false,
  });
  const used = new Map<string, number>();
  return {
    name,
    id: vpcId,
    subnets,
    tables,
    groups,
    targetGroup,
    template,
    nextAddress: (tier, zone) => {
      const key = `${tier} ${zone}`;
      const next = (used.get(key) ?? 9) + 1;
      used.set(key, next);
      return `10.${at}.${thirdByte(tier, zone) + Math.floor(next / 250)}.${(next % 250) + 4}`;
    },
  };
}

type Add = (type: string, key: string, inputs: Record<string, Input>, outputs?: Record<string, string>) => Added;

function inTiers(made: (tier: Tier, zone: number) => Added): Record<Tier, readonly Id[]> {
  const of = (tier: Tier) => zones.map((_, zone) => made(tier, zone).id);
  return { public: of("public"), private: of("private"), data: of("data") };
}

function thirdByte(tier: Tier, zone: number): number {
  return tiers.indexOf(tier) * 64 + zone * 16;
}

/** One table for the public tier, one a zone for the private one (by the zone's NAT gateway), one for the data tier, which has no way out. */
function addTables(add: Add, vpcId: Id, gatewayId: Id, subnets: Vpc["subnets"]): Vpc["tables"] {
  const table = (key: string, routes: readonly Input[]) =>
    add("aws:ec2/routeTable:RouteTable", key, { vpcId, ...(routes.length === 0 ? {} : { routes }) }).id;
  const open = table("public", [{ cidrBlock: "0.0.0.0/0", gatewayId }]);
  const closed = table("data", []);
  const perZone = zones.map((zone, at) => {
    const eip = add("aws:ec2/eip:Eip", `nat-${zone}`, { domain: "vpc" });
    const subnetId = subnets.public[at] ?? "";
    const nat = add("aws:ec2/natGateway:NatGateway", zone, { subnetId, allocationId: eip.id });
    const own = table(`private-${zone}`, []);
    add("aws:ec2/route:Route", `out-${zone}`, {
      routeTableId: own,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: nat.id,
    });
    return own;
  });
  const tables = { public: [open], private: perZone, data: [closed] };
  for (const tier of tiers) {
    subnets[tier].forEach((subnetId, zone) => {
      add("aws:ec2/routeTableAssociation:RouteTableAssociation", `${tier}-${zone}`, {
        subnetId,
        routeTableId: tables[tier][zone] ?? tables[tier][0] ?? "",
      });
    });
  }
  return tables;
}

/** The public tier: a web tier's usual list. The private one is open. The data tier: from inside the organisation only, rule by rule. */
function addAcls(add: Add, vpcId: Id, at: number, subnets: Vpc["subnets"]): void {
  const allow = (ruleNo: number, cidrBlock: string, fromPort: number, toPort: number) => ({
    ...{ ruleNo, cidrBlock, fromPort, toPort },
    action: "allow",
    protocol: "tcp",
  });
  const all = { ruleNo: 200, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
  add("aws:ec2/networkAcl:NetworkAcl", "public", {
    vpcId,
    subnetIds: subnets.public,
    ingress: [
      allow(100, "0.0.0.0/0", 443, 443),
      allow(110, "0.0.0.0/0", 22, 22),
      allow(120, "0.0.0.0/0", 1024, 65535),
      { ...all, ruleNo: 130, cidrBlock: "10.0.0.0/8" },
    ],
    egress: [all],
  });
  const { id: networkAclId } = add("aws:ec2/networkAcl:NetworkAcl", "data", { vpcId, subnetIds: subnets.data });
  const rule = (key: string, egress: boolean, ruleNumber: number, cidrBlock: string, from: number, to: number) =>
    add("aws:ec2/networkAclRule:NetworkAclRule", key, {
      ...{ networkAclId, egress, ruleNumber, cidrBlock, fromPort: from, toPort: to },
      ruleAction: "allow",
      protocol: "tcp",
    });
  rule("data-postgres", false, 100, `10.${at}.0.0/16`, 5432, 5432);
  rule("data-cache", false, 110, `10.${at}.64.0/18`, 6379, 6379);
  rule("data-replies", true, 100, "10.0.0.0/8", 1024, 65535);
}

const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** Every other group has its rules inline, the others as resources of their own, in both spellings that the provider has. */
function addGroups(add: Add, vpcId: Id, at: number, random: Random): Record<Group, Id> {
  const made = new Map<string, Id>();
  const names = Object.keys(communications) as Group[];
  names.forEach((group, place) => {
    const blocks: Readonly<Record<string, readonly string[]>> = {
      internet: ["0.0.0.0/0"],
      office: ["198.51.100.0/24", "203.0.113.17/32"],
      vpc: [`10.${at}.0.0/16`],
      partners: [`10.${Math.floor(at / 5) * 5 + random.below(5)}.64.0/18`, "10.200.0.0/16"],
    };
    const inline = place % 2 === 0;
    const rules = communications[group].map(({ from, port }) => ({ from, port, blocks: blocks[from] }));
    const ports = (port: number) => ({ fromPort: port, toPort: port });
    const { id } = add("aws:ec2/securityGroup:SecurityGroup", group, {
      vpcId,
      egress: [everywhere],
      ...(inline
        ? {
            ingress: rules.map((rule) => ({
              protocol: "tcp",
              ...ports(rule.port),
              ...(rule.blocks === undefined
                ? { securityGroups: [made.get(rule.from) ?? ""] }
                : { cidrBlocks: rule.blocks }),
            })),
          }
        : {}),
    });
    made.set(group, id);
    if (inline) return;
    for (const rule of rules) {
      const remotes = rule.blocks ?? [made.get(rule.from) ?? ""];
      remotes.forEach((remote, which) => {
        add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `${group}-${rule.from}-${which}`, {
          securityGroupId: id,
          ipProtocol: "tcp",
          ...ports(rule.port),
          ...(rule.blocks === undefined ? { referencedSecurityGroupId: remote } : { cidrIpv4: remote }),
        });
      });
    }
  });
  return Object.fromEntries(made) as Record<Group, Id>;
}

/** An ALB for the web machines and an internal NLB for the workers. */
function addBalancers(add: Add, vpcId: Id, at: number, subnets: Vpc["subnets"], groups: Record<Group, Id>): Id {
  const balancer = (key: string, type: string, internal: boolean, tier: Tier, port: number) => {
    const load = add(
      "aws:lb/loadBalancer:LoadBalancer",
      key,
      {
        loadBalancerType: type,
        internal,
        subnets: subnets[tier],
        securityGroups: [internal ? groups.worker : groups.balancer],
      },
      { arn: `arn:aws:elasticloadbalancing:ap-northeast-1:1:loadbalancer/v${at}-${key}/${String(port)}` },
    );
    const target = add(
      "aws:lb/targetGroup:TargetGroup",
      key,
      { vpcId, port, protocol: type === "network" ? "TCP" : "HTTPS", targetType: "instance" },
      { arn: `arn:aws:elasticloadbalancing:ap-northeast-1:1:targetgroup/v${at}-${key}/${String(port)}` },
    );
    add("aws:lb/listener:Listener", key, {
      loadBalancerArn: load.of("arn"),
      port: 443,
      protocol: type === "network" ? "TCP" : "HTTPS",
      defaultActions: [{ type: "forward", targetGroupArn: target.of("arn") }],
    });
    return target.of("arn");
  };
  balancer("jobs", "network", true, "private", 9000);
  return balancer("web", "application", false, "public", 8443);
}
