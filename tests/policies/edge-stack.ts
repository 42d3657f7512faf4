import { Stack } from "./stack";

type Added = ReturnType<Stack["add"]>;
type Inputs = Parameters<Stack["add"]>[2];

export interface Edge {
  /** Inputs of the web server, which stands in a subnet without a way out. */
  readonly web?: Inputs;
  readonly database?: Inputs;
  /** Inputs of the route that the web server's table has; none without. */
  readonly webRoute?: (made: Made) => Inputs;
  readonly plant?: (made: Made) => void;
}

export interface Made {
  readonly stack: Stack;
  readonly vpc: Added;
  readonly internetGateway: Added;
  readonly nat: Added;
  readonly edge: Added;
  readonly inside: Added;
  readonly data: Added;
  /** Lets 443 in from anywhere and everything out. */
  readonly open: Added;
}

const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/**
 * A load balancer at the edge with a web server behind it, a proxy with a NAT gateway, and a database that only the VPC reaches. Tests break it one
 * thing at a time.
 */
export function edgeStack({ web = {}, database = {}, webRoute, plant }: Edge = {}): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const internetGateway = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  const tier = (name: string, at: number, routes: readonly Inputs[]) => {
    const block = { cidrBlock: `10.0.${at}.0/24`, availabilityZone: "ap-northeast-1a" };
    const inputs = { vpcId: vpc.id, ...block, mapPublicIpOnLaunch: false };
    const subnet = stack.add("aws:ec2/subnet:Subnet", name, inputs);
    const table = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc.id, routes });
    const association = { subnetId: subnet.id, routeTableId: table.id };
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, association);
    return subnet;
  };
  const edge = tier("edge", 0, [{ cidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id }]);
  const nat = stack.add("aws:ec2/natGateway:NatGateway", "main", { subnetId: edge.id });
  const proxies = tier("proxy", 1, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]);
  const open = group(stack, vpc, "open", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [everything],
  });
  const data = tier("data", 3, []);
  const known = { stack, vpc, internetGateway, nat, edge, data, open };
  const inside = tier("inside", 2, webRoute === undefined ? [] : [webRoute({ ...known, inside: data })]);
  const machine = (name: string, subnet: Added, inputs: Inputs) =>
    stack.add("aws:ec2/instance:Instance", name, {
      subnetId: subnet.id,
      vpcSecurityGroupIds: [open.id],
      associatePublicIpAddress: false,
      tags: { Role: name },
      ...inputs,
    });
  const server = machine("web", inside, web);
  machine("proxy", proxies, {});
  balancer(stack, "front", edge, open, vpc, server, 443);
  const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "main", { name: "main", subnetIds: [data.id] });
  const guarded = group(stack, vpc, "database", {
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [],
  });
  stack.add("aws:rds/instance:Instance", "main", {
    dbSubnetGroupName: subnetGroup.of("name"),
    vpcSecurityGroupIds: [guarded.id],
    publiclyAccessible: false,
    port: 5432,
    ...database,
  });
  plant?.({ ...known, inside });
  return stack;
}

export function group(stack: Stack, vpc: Added, name: string, rules: Inputs): Added {
  return stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...rules });
}

/** An internet-facing network load balancer, one listener, one target. */
export function balancer(
  stack: Stack,
  name: string,
  subnet: Added,
  securityGroup: Added,
  vpc: Added,
  target: Added,
  port: number,
  targetPort = port,
): void {
  const made = stack.add(
    "aws:lb/loadBalancer:LoadBalancer",
    name,
    {
      loadBalancerType: "network",
      internal: false,
      subnets: [subnet.id],
      securityGroups: [securityGroup.id],
    },
    { arn: `arn:lb:${name}` },
  );
  const targets = stack.add(
    "aws:lb/targetGroup:TargetGroup",
    name,
    { port: targetPort, protocol: "TCP", targetType: "instance", vpcId: vpc.id },
    { arn: `arn:tg:${name}` },
  );
  stack.add("aws:lb/listener:Listener", name, {
    loadBalancerArn: made.of("arn"),
    port,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.of("arn") }],
  });
  stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", name, {
    targetGroupArn: targets.of("arn"),
    targetId: target.id,
  });
}
