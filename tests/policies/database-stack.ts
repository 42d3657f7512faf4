import { Stack } from "./stack";

export const faults = {
  none: "proved",
  "nat-route": "violated",
  "nat-route-inline": "violated",
  "nat-route-in-halves": "violated",
  "nat-route-in-main-table": "violated",
  "regional-nat-route": "violated",
  "nat-route-without-internet-gateway": "proved",
  "private-nat-route": "proved",
  "nat-route-denied-by-acl": "violated",
  "nat-route-denied-by-acl-rules": "violated",
  "nat-route-allowed-before-deny": "violated",
  "nat-route-inside-private-space": "proved",
  "internet-gateway-route": "violated",
  "internet-gateway-route-and-public-database": "violated",
  "internet-gateway-route-without-address": "proved",
  "egress-only-route": "violated",
  "egress-only-route-without-ipv6": "proved",
  "peering-route": "proved",
  "private-gateway-route": "proved",
  "transit-gateway-route": "undetermined",
  "foreign-nat-route": "undetermined",
  "foreign-table": "undetermined",
} as const;

export type Fault = keyof typeof faults;

/** A database tier of two subnets, found by its subnet group, in a VPC with a public subnet; `fault` is what was planted. */
export function databaseStack(fault: Fault): Stack {
  const stack = new Stack();
  const is = (...names: Fault[]) => names.includes(fault);
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, { mainRouteTableId: "rtb-made" });
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  const subnet = (name: string, cidrBlock: string, more = {}) =>
    stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock, ...more });
  const publicSubnet = subnet("public", "10.0.0.0/24");
  const route = (name: string, inputs: Parameters<Stack["add"]>[2]) => stack.add("aws:ec2/route:Route", name, inputs);
  const table = (name: string, more = {}) =>
    stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc.id, ...more });
  const associate = (name: string, inputs: Parameters<Stack["add"]>[2]) =>
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, inputs);

  const publicTable = table("public");
  associate("public", { subnetId: publicSubnet.id, routeTableId: publicTable.id });
  if (!is("nat-route-without-internet-gateway")) {
    route("public", { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
  }
  const eip = stack.add("aws:ec2/eip:Eip", "nat", { domain: "vpc" }, { allocationId: "eipalloc-nat" });
  const nat = stack.add(
    "aws:ec2/natGateway:NatGateway",
    "main",
    is("regional-nat-route")
      ? { vpcId: vpc.id, availabilityMode: "regional" }
      : is("private-nat-route")
        ? { subnetId: publicSubnet.id, connectivityType: "private" }
        : { subnetId: publicSubnet.id, allocationId: eip.of("allocationId") },
  );
  const databaseTable = table(
    "database",
    is("nat-route-inline") ? { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }] } : {},
  );
  const ipv6 = is("egress-only-route") ? ["2001:db8:0:64::/64", "2001:db8:0:65::/64"] : [];
  const subnets = ["a", "c"].map((zone, at) => {
    const database = subnet(`database-${zone}`, `10.0.${64 + at}.0/24`, {
      ...(is("internet-gateway-route") ? { mapPublicIpOnLaunch: true } : {}),
      ...(ipv6[at] === undefined ? {} : { ipv6CidrBlock: ipv6[at] }),
    });
    if (is("foreign-table")) associate(zone, { subnetId: database.id, routeTableId: "rtb-of-others" });
    else if (!is("nat-route-in-main-table")) associate(zone, { subnetId: database.id, routeTableId: databaseTable.id });
    return database;
  });
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "database", {
    vpcId: vpc.id,
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "database", {
    name: "database",
    subnetIds: subnets.map(({ id }) => id),
  });
  stack.add("aws:rds/instance:Instance", "database", {
    dbSubnetGroupName: subnetGroup.of("name"),
    vpcSecurityGroupIds: [group.id],
    publiclyAccessible: is("internet-gateway-route-and-public-database"),
  });

  const planted = { routeTableId: databaseTable.id, destinationCidrBlock: "0.0.0.0/0" };
  if (
    fault.startsWith("nat-route") &&
    !is("nat-route-inline", "nat-route-in-halves", "nat-route-in-main-table", "nat-route-inside-private-space")
  ) {
    route("planted", { ...planted, natGatewayId: nat.id });
  }
  if (is("regional-nat-route", "private-nat-route")) route("planted", { ...planted, natGatewayId: nat.id });
  if (is("nat-route-in-halves")) {
    route("low", { ...planted, destinationCidrBlock: "0.0.0.0/1", natGatewayId: nat.id });
    route("high", { ...planted, destinationCidrBlock: "128.0.0.0/1", natGatewayId: nat.id });
  }
  if (is("nat-route-in-main-table"))
    route("planted", { ...planted, routeTableId: vpc.of("mainRouteTableId"), natGatewayId: nat.id });
  if (is("nat-route-inside-private-space"))
    route("planted", { ...planted, destinationCidrBlock: "172.16.0.0/12", natGatewayId: nat.id });
  if (fault.startsWith("internet-gateway-route")) route("planted", { ...planted, gatewayId: gateway.id });
  if (fault.startsWith("egress-only-route")) {
    const egressOnly = stack.add("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "main", {
      vpcId: vpc.id,
    });
    route("planted", {
      routeTableId: databaseTable.id,
      destinationIpv6CidrBlock: "::/0",
      egressOnlyGatewayId: egressOnly.id,
    });
  }
  if (is("peering-route")) plantPeering(stack, vpc, planted);
  if (is("private-gateway-route")) {
    const vgw = stack.add("aws:ec2/vpnGateway:VpnGateway", "main", { vpcId: vpc.id });
    route("planted", { ...planted, gatewayId: vgw.id });
  }
  if (is("transit-gateway-route")) {
    const tgw = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", "main", { description: "hub" });
    route("planted", { ...planted, transitGatewayId: tgw.id });
  }
  if (is("foreign-nat-route")) route("planted", { ...planted, natGatewayId: "nat-0123456789abcdef0" });
  plantAcl(stack, fault, vpc, subnets);
  return stack;
}

type Added = ReturnType<Stack["add"]>;

function plantPeering(stack: Stack, vpc: Added, planted: Parameters<Stack["add"]>[2]): void {
  const peer = stack.add("aws:ec2/vpc:Vpc", "peer", { cidrBlock: "10.1.0.0/16" });
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "peer", { vpcId: peer.id });
  const table = stack.add("aws:ec2/routeTable:RouteTable", "peer", { vpcId: peer.id });
  stack.add("aws:ec2/route:Route", "peer", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  const peering = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {
    vpcId: vpc.id,
    peerVpcId: peer.id,
    autoAccept: true,
  });
  stack.add("aws:ec2/route:Route", "planted", { ...planted, vpcPeeringConnectionId: peering.id });
}

const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };

function plantAcl(stack: Stack, fault: Fault, vpc: Added, subnets: readonly Added[]): void {
  const subnetIds = subnets.map(({ id }) => id);
  const local = { ...everywhere, cidrBlock: "10.0.0.0/16" };
  if (fault === "nat-route-denied-by-acl" || fault === "nat-route-allowed-before-deny") {
    stack.add("aws:ec2/networkAcl:NetworkAcl", "database", {
      vpcId: vpc.id,
      subnetIds,
      ingress: [{ ...local, ruleNo: 100, action: "allow" }],
      egress:
        fault === "nat-route-denied-by-acl"
          ? [{ ...local, ruleNo: 100, action: "allow" }]
          : [
              { ...everywhere, ruleNo: 200, action: "deny" },
              { ...everywhere, ruleNo: 100, action: "allow", protocol: "udp", fromPort: 53, toPort: 53 },
            ],
    });
  }
  if (fault === "nat-route-denied-by-acl-rules") {
    const acl = stack.add("aws:ec2/networkAcl:NetworkAcl", "database", { vpcId: vpc.id });
    subnets.forEach((subnet, at) => {
      stack.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", `database-${at}`, {
        subnetId: subnet.id,
        networkAclId: acl.id,
      });
    });
    stack.add("aws:ec2/networkAclRule:NetworkAclRule", "out", {
      networkAclId: acl.id,
      egress: true,
      ruleNumber: 100,
      ruleAction: "allow",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrBlock: "10.0.0.0/16",
    });
  }
}
