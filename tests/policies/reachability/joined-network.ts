import fc from "fast-check";
import { Stack } from "../stack";

const everywhere = "0.0.0.0/0";
const anything = { protocol: "-1", fromPort: 0, toPort: 0 };
const shape = fc.record({
  /** What the private subnets send to everybody, to the spoke, to the peer. */
  out: fc.constantFrom("nat", "transit", "none"),
  spokeOut: fc.constantFrom("transit", "none"),
  toPeer: fc.boolean(),
  fromPeer: fc.boolean(),
  accepted: fc.boolean(),
  /** The default tables of the transit gateway, or one of its own with static routes. */
  ownTable: fc.boolean(),
  propagated: fc.boolean(),
  blackhole: fc.boolean(),
  applianceZones: fc.constantFrom(1, 2),
  publicWeb: fc.boolean(),
  elastic: fc.boolean(),
  privateNat: fc.boolean(),
  fenced: fc.boolean(),
  byGroup: fc.boolean(),
  port: fc.constantFrom(443, 5432),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/**
 * A hub with a web server, a fleet, a database and an endpoint in two zones; a spoke on a transit gateway that may go out by the hub's NAT
 * gateway; a peer.
 */
export const joinedNetwork = shape.map(build);

function build(made: Shape): Stack {
  const stack = new Stack();
  const vpc = (name: string, block: string) => stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock: block });
  const [hub, spoke, peer] = [vpc("hub", "10.0.0.0/16"), vpc("spoke", "10.1.0.0/16"), vpc("peer", "10.2.0.0/16")];
  const subnet = (name: string, of: typeof hub, block: string, zone: string, isPublic = false) =>
    stack.add("aws:ec2/subnet:Subnet", name, {
      vpcId: of.id,
      cidrBlock: block,
      availabilityZone: zone,
      mapPublicIpOnLaunch: isPublic,
    });
  const edge = subnet("edge", hub, "10.0.0.0/24", "a", made.publicWeb);
  const [a, b] = [subnet("a", hub, "10.0.1.0/24", "a"), subnet("b", hub, "10.0.2.0/24", "b")];
  const [far, near] = [subnet("far", spoke, "10.1.0.0/24", "a"), subnet("near", peer, "10.2.0.0/24", "a")];

  const internetGateway = stack.add("aws:ec2/internetGateway:InternetGateway", "hub", { vpcId: hub.id });
  const nat = stack.add("aws:ec2/natGateway:NatGateway", "hub", {
    subnetId: edge.id,
    connectivityType: made.privateNat ? "private" : "public",
  });
  const peering = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {
    vpcId: hub.id,
    peerVpcId: peer.id,
    autoAccept: made.accepted,
  });
  const gateway = stack.add(
    "aws:ec2transitgateway/transitGateway:TransitGateway",
    "main",
    {
      defaultRouteTableAssociation: made.ownTable ? "disable" : "enable",
      defaultRouteTablePropagation: made.ownTable ? "disable" : "enable",
    },
    { associationDefaultRouteTableId: "tgw-rtb-default", propagationDefaultRouteTableId: "tgw-rtb-default" },
  );
  const attach = (name: string, of: typeof hub, subnets: readonly (typeof edge)[]) =>
    stack.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", name, {
      transitGatewayId: gateway.id,
      vpcId: of.id,
      subnetIds: subnets.map(({ id }) => id),
      transitGatewayDefaultRouteTableAssociation: !made.ownTable,
      transitGatewayDefaultRouteTablePropagation: !made.ownTable,
    });
  const attachments = [
    attach("hub", hub, made.applianceZones === 2 ? [a, b] : [a]),
    attach("spoke", spoke, [far]),
  ] as const;
  if (made.ownTable) transitTable(stack, made, gateway, attachments);

  const byTransit = { transitGatewayId: gateway.id };
  const byPeering = { vpcPeeringConnectionId: peering.id };
  const table = (name: string, of: typeof hub, subnets: Record<string, typeof edge>, routes: object[]) => {
    const made = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: of.id });
    Object.entries(subnets).forEach(([key, { id }]) => {
      const inputs = { subnetId: id, routeTableId: made.id };
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", key, inputs);
    });
    routes.forEach((route, at) => {
      stack.add("aws:ec2/route:Route", `${name}-${at}`, { routeTableId: made.id, ...route });
    });
  };
  const to = (block: string, target: object) => ({ destinationCidrBlock: block, ...target });
  const back = [to("10.1.0.0/16", byTransit), ...(made.toPeer ? [to("10.2.0.0/16", byPeering)] : [])];
  table("edge", hub, { edge }, [to(everywhere, { gatewayId: internetGateway.id }), ...back]);
  const out = { nat: [to(everywhere, { natGatewayId: nat.id })], transit: [to(everywhere, byTransit)], none: [] };
  table("private", hub, { a, b }, [...out[made.out], ...back]);
  table("far", spoke, { far }, made.spokeOut === "transit" ? [to(everywhere, byTransit)] : []);
  table("near", peer, { near }, made.fromPeer ? [to("10.0.0.0/16", byPeering)] : []);

  const inward = { protocol: "tcp", fromPort: made.port, toPort: made.port };
  const web = stack.add("aws:ec2/securityGroup:SecurityGroup", "web", {
    vpcId: hub.id,
    ingress: [{ ...inward, cidrBlocks: [everywhere] }],
    egress: [{ ...anything, cidrBlocks: [everywhere] }],
  });
  const inner = stack.add("aws:ec2/securityGroup:SecurityGroup", "inner", { vpcId: hub.id });
  const allowed = made.byGroup ? { referencedSecurityGroupId: web.id } : { cidrIpv4: "10.0.0.0/8" };
  const single = { securityGroupId: inner.id, ipProtocol: "tcp", fromPort: made.port, toPort: made.port };
  stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "inner", { ...single, ...allowed });
  const foreign = (name: string, of: typeof hub) =>
    stack.add("aws:ec2/securityGroup:SecurityGroup", name, {
      vpcId: of.id,
      ingress: [{ ...inward, cidrBlocks: ["10.0.0.0/8"] }],
      egress: [{ ...anything, cidrBlocks: [everywhere] }],
    });
  const machine = (name: string, at: typeof edge, group: typeof web, outputs: Record<string, string>) =>
    stack.add("aws:ec2/instance:Instance", name, { subnetId: at.id, vpcSecurityGroupIds: [group.id] }, outputs);
  const publicIp = made.publicWeb || made.elastic ? "54.0.0.1" : "";
  const server = machine("web", edge, web, { privateIp: "10.0.0.10", publicIp });
  machine("spoke", far, foreign("spoke", spoke), { privateIp: "10.1.0.10" });
  machine("peer", near, foreign("peer", peer), { privateIp: "10.2.0.10" });
  if (made.elastic) stack.add("aws:ec2/eip:Eip", "web", { instance: server.id });
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "fleet", { vpcSecurityGroupIds: [web.id] });
  stack.add("aws:autoscaling/group:Group", "fleet", {
    vpcZoneIdentifiers: [a.id, b.id],
    launchTemplate: { id: template.id, version: "$Latest" },
  });
  const rows = stack.add("aws:rds/subnetGroup:SubnetGroup", "database", { subnetIds: [a.id, b.id] }, { name: "rows" });
  stack.add("aws:rds/instance:Instance", "database", {
    dbSubnetGroupName: rows.of("name"),
    vpcSecurityGroupIds: [inner.id],
    publiclyAccessible: false,
  });
  stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", {
    vpcId: hub.id,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.ap-northeast-1.logs",
    subnetIds: [a.id],
    securityGroupIds: [inner.id],
  });
  if (made.fenced) fence(stack, hub, [a, b]);
  return stack;
}

type Made = ReturnType<Stack["add"]>;

function transitTable(stack: Stack, made: Shape, gateway: Made, attachments: readonly [Made, Made]): void {
  const table = stack.add("aws:ec2transitgateway/routeTable:RouteTable", "own", { transitGatewayId: gateway.id });
  const transitGatewayRouteTableId = table.id;
  attachments.forEach(({ id }, at) => {
    const inputs = { transitGatewayAttachmentId: id, transitGatewayRouteTableId };
    stack.add("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", `${at}`, inputs);
    if (made.propagated)
      stack.add("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation", `${at}`, inputs);
  });
  stack.add("aws:ec2transitgateway/route:Route", "out", {
    transitGatewayRouteTableId,
    destinationCidrBlock: everywhere,
    transitGatewayAttachmentId: attachments[0].id,
  });
  if (made.blackhole)
    stack.add("aws:ec2transitgateway/route:Route", "nowhere", {
      transitGatewayRouteTableId,
      destinationCidrBlock: "10.1.0.0/16",
      blackhole: true,
    });
}

/** Only the VPC and replies come in. */
function fence(stack: Stack, { id: vpcId }: Made, subnets: readonly Made[]): void {
  const { id: networkAclId } = stack.add("aws:ec2/networkAcl:NetworkAcl", "private", {
    vpcId,
    subnetIds: subnets.map(({ id }) => id),
  });
  const rule = (name: string, ruleNumber: number, egress: boolean, match: object) =>
    stack.add("aws:ec2/networkAclRule:NetworkAclRule", name, {
      networkAclId,
      ruleNumber,
      egress,
      ruleAction: "allow",
      ...match,
    });
  rule("vpc", 100, false, { protocol: "-1", cidrBlock: "10.0.0.0/16" });
  rule("replies", 110, false, { protocol: "tcp", cidrBlock: everywhere, fromPort: 1024, toPort: 65535 });
  rule("out", 100, true, { protocol: "-1", cidrBlock: everywhere });
}
