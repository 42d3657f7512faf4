import { type Input, jsonOf, Stack } from "./stack";

type Props = Record<string, Input>;

/** What a test changes about `shopStack`; all else is as it should be. */
export interface Change {
  readonly rows?: readonly Props[];
  /** Besides `rows`. */
  readonly more?: Props;
  readonly webIngress?: readonly Props[];
  readonly webEgress?: readonly Props[];
  readonly database?: Props;
  readonly databaseIngress?: readonly Props[];
  readonly web?: Props;
  readonly balancer?: Props;
  readonly listener?: Props;
  readonly targets?: Props;
  /** Route of the tier app to the NAT gateway: of the own zone, of zone a, or none. */
  readonly nat?: "own" | "shared" | "none";
  /** Which tables have the S3 endpoint. */
  readonly s3?: "app" | "none";
  /** In which zones the tier app is. */
  readonly webZones?: readonly ("a" | "b")[];
  readonly acl?: readonly Props[];
  readonly plant?: (stack: Stack, made: Made) => void;
}

interface Made {
  readonly vpc: Added;
  readonly appSubnets: readonly Added[];
  readonly webGroup: Added;
  readonly databaseGroup: Added;
}

type Added = ReturnType<Stack["add"]>;

const anywhere = "0.0.0.0/0";
const tcp = (port: number, more: Props): Props => ({ protocol: "tcp", fromPort: port, toPort: port, ...more });
const row = (from: string, to: string, port: number, more: Props = {}): Props => ({
  from,
  to,
  protocol: "tcp",
  ports: [port],
  ...more,
});

export const shopRows: readonly Props[] = [
  row("internet", "web", 443, { via: "front" }),
  row("web", "database", 5432),
  row("web", "internet", 443),
  row("web", "s3", 443),
];

/**
 * A shop in two zones: a network load balancer with its own group, web servers in private subnets that go out by a NAT gateway each zone and to S3 by a
 * gateway endpoint, a Multi-AZ database; and the matrix of it as the stack output `communications`.
 */
export function shopStack(change: Change = {}): Stack {
  const stack = new Stack();
  const zones = ["a", "b"] as const;
  const vpc = stack.add("aws:ec2/vpc:Vpc", "shop", { cidrBlock: "10.0.0.0/16" }, { mainRouteTableId: "rtb-made" });
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "shop", { vpcId: vpc.id });
  const group = (name: string, ingress: readonly Props[], egress: readonly Props[]) =>
    stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ingress, egress });
  const tier = (name: string, third: number) =>
    zones.map((zone, at) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", `${name}-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${third + at}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      });
      const table = stack.add("aws:ec2/routeTable:RouteTable", `${name}-${zone}`, { vpcId: vpc.id });
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `${name}-${zone}`, {
        subnetId: subnet.id,
        routeTableId: table.id,
      });
      return { zone, subnet, table };
    });
  const [edge, app, data] = [tier("edge", 0), tier("app", 10), tier("data", 20)];
  const nats = edge.map(({ zone, subnet, table }) => {
    stack.add("aws:ec2/route:Route", `edge-${zone}`, {
      routeTableId: table.id,
      destinationCidrBlock: anywhere,
      gatewayId: gateway.id,
    });
    const eip = stack.add("aws:ec2/eip:Eip", zone, { domain: "vpc" });
    return stack.add("aws:ec2/natGateway:NatGateway", zone, { subnetId: subnet.id, allocationId: eip.id });
  });
  app.forEach(({ zone, table }, at) => {
    const nat = nats[change.nat === "shared" ? 0 : at];
    if (change.nat === "none" || nat === undefined) return;
    stack.add("aws:ec2/route:Route", `app-${zone}`, {
      routeTableId: table.id,
      destinationCidrBlock: anywhere,
      natGatewayId: nat.id,
    });
  });
  if (change.acl !== undefined)
    stack.add("aws:ec2/networkAcl:NetworkAcl", "app", {
      vpcId: vpc.id,
      subnetIds: app.map(({ subnet }) => subnet.id),
      ingress: change.acl,
      egress: [{ ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: anywhere, fromPort: 0, toPort: 0 }],
    });
  stack.add(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "s3",
    {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: change.s3 === "none" ? [] : app.map(({ table }) => table.id),
    },
    { prefixListId: "pl-s3" },
  );

  const front = group("front", [tcp(443, { cidrBlocks: [anywhere] })], [tcp(8443, { cidrBlocks: ["10.0.10.0/23"] })]);
  const webGroup = group(
    "web",
    change.webIngress ?? [tcp(8443, { securityGroups: [front.id] })],
    change.webEgress ?? [tcp(443, { cidrBlocks: [anywhere] }), tcp(5432, { cidrBlocks: ["10.0.20.0/23"] })],
  );
  const databaseGroup = group("database", change.databaseIngress ?? [tcp(5432, { securityGroups: [webGroup.id] })], []);
  const balancer = stack.add(
    "aws:lb/loadBalancer:LoadBalancer",
    "front",
    {
      loadBalancerType: "network",
      internal: false,
      subnets: edge.map(({ subnet }) => subnet.id),
      securityGroups: [front.id],
      tags: { Role: "front" },
      ...change.balancer,
    },
    { arn: "arn:front" },
  );
  const targets = stack.add(
    "aws:lb/targetGroup:TargetGroup",
    "web",
    { vpcId: vpc.id, port: 8443, protocol: "TCP", targetType: "instance", ...change.targets },
    { arn: "arn:web" },
  );
  stack.add("aws:lb/listener:Listener", "front", {
    loadBalancerArn: balancer.of("arn"),
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.of("arn") }],
    ...change.listener,
  });
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", {
    vpcSecurityGroupIds: [webGroup.id],
    tagSpecifications: [{ resourceType: "instance", tags: { Role: "web" } }],
  });
  const webZones = change.webZones ?? zones;
  stack.add("aws:autoscaling/group:Group", "web", {
    launchTemplate: { id: template.id, version: "1" },
    vpcZoneIdentifiers: app.filter(({ zone }) => webZones.includes(zone)).map(({ subnet }) => subnet.id),
    targetGroupArns: [targets.of("arn")],
    minSize: 2,
    maxSize: 4,
    ...change.web,
  });
  const subnets = stack.add("aws:rds/subnetGroup:SubnetGroup", "data", {
    name: "data",
    subnetIds: data.map(({ subnet }) => subnet.id),
  });
  stack.add("aws:rds/instance:Instance", "data", {
    dbSubnetGroupName: subnets.of("name"),
    vpcSecurityGroupIds: [databaseGroup.id],
    multiAz: true,
    publiclyAccessible: false,
    tags: { Role: "database" },
    ...change.database,
  });
  change.plant?.(stack, { vpc, appSubnets: app.map(({ subnet }) => subnet), webGroup, databaseGroup });
  const outsiders = { internet: [anywhere] };
  stack.add("pulumi:pulumi:Stack", "shop-dev", {
    communications: jsonOf({ version: 1, outsiders, rows: change.rows ?? shopRows, ...change.more }),
  });
  return stack;
}
