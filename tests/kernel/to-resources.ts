import type { BareResource } from "../../policies/stack-source/bare-list";
import type { Acl, Group, GroupRule, Match, Route, Topology } from "./topology";

export const machineName = (at: number) => `machine-${at}`;

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::kernel::${type}::${name}`;
}

export const instanceType = "aws:ec2/instance:Instance";

/** The topology as resources of @pulumi/aws after the deploy: every value known. */
export function toResources(topology: Topology): readonly BareResource[] {
  const { vpcs, subnets, nats, peerings, machines, spelling } = topology;
  const list = new ResourceList();
  vpcs.forEach(({ blocks, internetGateway }, at) => {
    const [first, ...others] = blocks;
    const made = (what: string) => `${what}-of-vpc-${at}`;
    list.add("aws:ec2/vpc:Vpc", `vpc-${at}`, {
      cidrBlock: first,
      defaultRouteTableId: made("rtb"),
      mainRouteTableId: made("rtb"),
      defaultNetworkAclId: made("acl"),
      defaultSecurityGroupId: made("sg"),
    });
    others.forEach((block, nth) => {
      const inputs = { vpcId: `vpc-${at}`, cidrBlock: block };
      list.add("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", `vpc-${at}-${nth}`, inputs);
    });
    if (internetGateway) list.add("aws:ec2/internetGateway:InternetGateway", `igw-${at}`, { vpcId: `vpc-${at}` });
  });
  peerings.forEach(({ ends: [a, b], accepted }, at) => {
    list.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", `pcx-${at}`, {
      vpcId: `vpc-${a}`,
      peerVpcId: `vpc-${b}`,
      autoAccept: accepted,
      acceptStatus: accepted ? "active" : "pending-acceptance",
    });
  });
  addTables(list, topology);
  subnets.forEach(({ vpc, block, table }, at) => {
    list.add("aws:ec2/subnet:Subnet", `subnet-${at}`, {
      vpcId: `vpc-${vpc}`,
      cidrBlock: block,
      mapPublicIpOnLaunch: false,
    });
    if (isMain(topology, table)) return;
    const inputs = { subnetId: `subnet-${at}`, routeTableId: `rtb-${table}` };
    list.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `rtbassoc-${at}`, inputs);
  });
  topology.acls.forEach((acl, at) => {
    addAcl(list, topology, acl, at);
  });
  topology.groups.forEach((group, at) => {
    addGroup(list, group, at, spelling.rules);
  });
  nats.forEach(({ subnet, address, publicAddress }, at) => {
    if (publicAddress !== undefined)
      list.add("aws:ec2/eip:Eip", `eipalloc-nat-${at}`, { domain: "vpc", publicIp: publicAddress });
    list.add("aws:ec2/natGateway:NatGateway", `nat-${at}`, {
      subnetId: `subnet-${subnet}`,
      privateIp: address,
      connectivityType: publicAddress === undefined ? "private" : "public",
      ...(publicAddress === undefined ? {} : { allocationId: `eipalloc-nat-${at}`, publicIp: publicAddress }),
    });
  });
  machines.forEach(({ subnet, address, publicAddress, groups }, at) => {
    const isElastic = spelling.publicAddress === "elastic";
    const vpc = subnets[subnet]?.vpc ?? 0;
    list.add(instanceType, machineName(at), {
      subnetId: `subnet-${subnet}`,
      privateIp: address,
      vpcSecurityGroupIds: groups.length === 0 ? [`sg-of-vpc-${vpc}`] : groups.map((group) => `sg-${group}`),
      associatePublicIpAddress: publicAddress !== undefined && !isElastic,
      ...(publicAddress === undefined ? {} : { publicIp: publicAddress }),
    });
    if (publicAddress !== undefined && isElastic) {
      const inputs = { domain: "vpc", instance: machineName(at), publicIp: publicAddress };
      list.add("aws:ec2/eip:Eip", `eipalloc-machine-${at}`, inputs);
    }
  });
  return list.resources;
}

class ResourceList {
  readonly resources: BareResource[] = [];

  /** Its name is its id too. */
  add(type: string, name: string, props: Readonly<Record<string, unknown>>): void {
    this.resources.push({ type, name, urn: urnOf(type, name), id: name, props: { id: name, ...props } });
  }
}

/** The first table of a VPC is its main one. */
function isMain({ tables }: Topology, table: number): boolean {
  const vpc = tables[table]?.vpc;
  return tables.findIndex((each) => each.vpc === vpc) === table;
}

function addTables(list: ResourceList, topology: Topology): void {
  const { routes: routesAre, mainTable } = topology.spelling;
  topology.tables.forEach(({ vpc, routes }, at) => {
    const isAdopted = isMain(topology, at) && mainTable === "adopted";
    const id = isAdopted ? `rtb-of-vpc-${vpc}` : `rtb-${at}`;
    const inline = routes.filter(({ target }) => routesAre === "inline" && target.kind !== "blackhole");
    const inputs = {
      vpcId: `vpc-${vpc}`,
      routes: inline.map((each) => ({ cidrBlock: each.block, ...targetOf(each, vpc) })),
    };
    if (isAdopted) list.add("aws:ec2/defaultRouteTable:DefaultRouteTable", id, { ...inputs, defaultRouteTableId: id });
    else list.add("aws:ec2/routeTable:RouteTable", id, inputs);
    if (isMain(topology, at) && !isAdopted) {
      const association = { vpcId: `vpc-${vpc}`, routeTableId: id };
      list.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", `main-${vpc}`, association);
    }
    routes
      .filter((route) => !inline.includes(route))
      .forEach((route, nth) => {
        list.add("aws:ec2/route:Route", `r-${at}-${nth}`, {
          routeTableId: id,
          destinationCidrBlock: route.block,
          state: route.target.kind === "blackhole" ? "blackhole" : "active",
          ...targetOf(route, vpc),
        });
      });
  });
}

function targetOf({ target }: Route, vpc: number): Readonly<Record<string, string>> {
  switch (target.kind) {
    case "internetGateway":
      return { gatewayId: `igw-${vpc}` };
    case "nat":
      return { natGatewayId: `nat-${target.nat}` };
    case "peering":
      return { vpcPeeringConnectionId: `pcx-${target.peering}` };
    case "blackhole":
      return { natGatewayId: "nat-deleted" };
  }
}

function addAcl(list: ResourceList, { subnets, spelling }: Topology, { vpc, entries }: Acl, at: number): void {
  const ends = ({ protocol, low, high }: Match) => {
    if (protocol === "icmp") return { fromPort: 0, toPort: 0, icmpType: low, icmpCode: high };
    return { fromPort: low, toPort: high };
  };
  const subnetIds = subnets.flatMap(({ acl }, place) => (acl === at ? [`subnet-${place}`] : []));
  const inline = (direction: string) =>
    entries.flatMap(({ direction: own, action, match, block }, nth) =>
      own === direction && spelling.entries === "inline"
        ? [{ ruleNo: 100 + nth, action, protocol: match.protocol, cidrBlock: block, ...ends(match) }]
        : [],
    );
  const inputs = { vpcId: `vpc-${vpc}`, subnetIds };
  const lists = spelling.entries === "inline" ? { ingress: inline("ingress"), egress: inline("egress") } : {};
  list.add("aws:ec2/networkAcl:NetworkAcl", `acl-${at}`, { ...inputs, ...lists });
  if (spelling.entries === "inline") return;
  entries.forEach(({ direction, action, match, block }, nth) => {
    list.add("aws:ec2/networkAclRule:NetworkAclRule", `nacl-${at}-${nth}`, {
      networkAclId: `acl-${at}`,
      egress: direction === "egress",
      ruleNumber: 100 + nth,
      ruleAction: action,
      protocol: match.protocol,
      cidrBlock: block,
      ...ends(match),
    });
  });
}

function addGroup(
  list: ResourceList,
  { vpc, rules }: Group,
  at: number,
  spelling: Topology["spelling"]["rules"],
): void {
  const id = `sg-${at}`;
  const ports = ({ low, high }: Match) => ({ fromPort: low, toPort: high });
  const inline = (direction: string) =>
    rules
      .filter((rule) => rule.direction === direction)
      .map(({ match, peer }) => ({
        protocol: match.protocol,
        ...ports(match),
        ...(peer.kind === "block"
          ? { cidrBlocks: [peer.block] }
          : peer.group === at
            ? { self: true }
            : { securityGroups: [`sg-${peer.group}`] }),
      }));
  const lists = spelling === "inline" ? { ingress: inline("ingress"), egress: inline("egress") } : {};
  list.add("aws:ec2/securityGroup:SecurityGroup", id, { vpcId: `vpc-${vpc}`, ...lists });
  if (spelling === "inline") return;
  const add = spelling === "vpcRule" ? addVpcRule : addSecurityGroupRule;
  rules.forEach((rule, nth) => {
    add(list, id, `sgr-${at}-${nth}`, rule);
  });
}

function addVpcRule(list: ResourceList, id: string, name: string, { direction, match, peer }: GroupRule): void {
  const kind = direction === "ingress" ? "Ingress" : "Egress";
  list.add(`aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`, name, {
    securityGroupId: id,
    ipProtocol: match.protocol,
    ...(match.protocol === "-1" ? {} : { fromPort: match.low, toPort: match.high }),
    ...(peer.kind === "block" ? { cidrIpv4: peer.block } : { referencedSecurityGroupId: `sg-${peer.group}` }),
  });
}

function addSecurityGroupRule(list: ResourceList, id: string, name: string, rule: GroupRule): void {
  const { direction, match, peer } = rule;
  const own = peer.kind === "group" && `sg-${peer.group}` === id;
  list.add("aws:ec2/securityGroupRule:SecurityGroupRule", name, {
    type: direction,
    securityGroupId: id,
    protocol: match.protocol,
    fromPort: match.low,
    toPort: match.high,
    ...(own ? { self: true } : {}),
    ...(peer.kind === "block" ? { cidrBlocks: [peer.block] } : {}),
    ...(peer.kind === "group" && !own ? { sourceSecurityGroupId: `sg-${peer.group}` } : {}),
  });
}
