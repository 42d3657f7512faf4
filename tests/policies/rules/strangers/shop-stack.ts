import { type Input, Stack } from "../../stack";

/** How firewalls and routes are written: within their owners, or as resources of their own (groups have two kinds of them). */
export const spellings = ["inline", "standalone", "standalone-by-direction"] as const;
export type Spelling = (typeof spellings)[number];

type Id = ReturnType<Stack["add"]>["id"];

interface Opening {
  readonly port: number;
  readonly block?: string;
  readonly group?: Id;
}

/** A shop: a load balancer in front, web servers behind it, a database at the back, two zones, no tags, no naming of ours. */
export function shopStack(spelling: Spelling, sshFromAnywhere = false): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "shop", { cidrBlock: "10.0.0.0/16" }).id;
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "shop", { vpcId: vpc }).id;
  const tier = (name: string, at: number, out: boolean) => {
    const route = { cidrBlock: "0.0.0.0/0", gatewayId: gateway };
    const inline = spelling === "inline" ? { routes: out ? [route] : [] } : {};
    const table = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc, ...inline }).id;
    if (out && spelling !== "inline") {
      const inputs = { routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway };
      stack.add("aws:ec2/route:Route", name, inputs);
    }
    return ["a", "c"].map((zone, index) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", `${name}-${zone}`, {
        vpcId: vpc,
        cidrBlock: `10.0.${at + index}.0/24`,
        availabilityZone: `ap-northeast-1${zone}`,
        mapPublicIpOnLaunch: false,
      }).id;
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `${name}-${zone}`, {
        subnetId: subnet,
        routeTableId: table,
      });
      return subnet;
    });
  };
  const [front, middle, back] = [tier("front", 0, true), tier("middle", 10, sshFromAnywhere), tier("back", 20, false)];
  addAcl(stack, spelling, vpc, back);
  const group = (name: string, ingress: readonly Opening[], egress: readonly Opening[]) =>
    addGroup(stack, spelling, vpc, name, ingress, egress);
  const lb = group("lb", [{ port: 443, block: "0.0.0.0/0" }], [{ port: 8080, block: "10.0.10.0/23" }]);
  const ssh = sshFromAnywhere ? [{ port: 22, block: "0.0.0.0/0" }] : [];
  const web = group("web", [{ port: 8080, group: lb }, ...ssh], [{ port: 5432, block: "10.0.20.0/23" }]);
  const store = group("store", [{ port: 5432, group: web }], []);
  addServers(stack, vpc, front, middle, lb, web, sshFromAnywhere);
  const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "store", { subnetIds: back }).id;
  stack.add("aws:rds/instance:Instance", "store", {
    engine: "postgres",
    port: 5432,
    dbSubnetGroupName: subnetGroup,
    vpcSecurityGroupIds: [store],
    multiAz: true,
    publiclyAccessible: false,
    storageEncrypted: true,
    backupRetentionPeriod: 7,
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: "last",
  });
  return stack;
}

function addServers(
  stack: Stack,
  vpc: Id,
  front: readonly Id[],
  middle: readonly Id[],
  lb: Id,
  web: Id,
  isPublic: boolean,
): void {
  const balancer = stack.add(
    "aws:lb/loadBalancer:LoadBalancer",
    "shop",
    { loadBalancerType: "application", internal: false, subnets: front, securityGroups: [lb] },
    { arn: "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/shop/1" },
  );
  const targets = stack.add(
    "aws:lb/targetGroup:TargetGroup",
    "shop",
    { vpcId: vpc, port: 8080, protocol: "HTTP", targetType: "instance" },
    { arn: "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:targetgroup/shop/1" },
  );
  stack.add("aws:lb/listener:Listener", "shop", {
    loadBalancerArn: balancer.of("arn"),
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificateArn: "arn:aws:acm:ap-northeast-1:111122223333:certificate/1",
    defaultActions: [{ type: "forward", targetGroupArn: targets.of("arn") }],
  });
  middle.forEach((subnet, at) => {
    const server = stack.add("aws:ec2/instance:Instance", `web-${at}`, {
      ami: "ami-1",
      subnetId: subnet,
      vpcSecurityGroupIds: [web],
      privateIp: `10.0.${10 + at}.10`,
      associatePublicIpAddress: isPublic,
      ...(isPublic ? { publicIp: `203.0.113.${10 + at}` } : {}),
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true },
    }).id;
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", `web-${at}`, {
      targetGroupArn: targets.of("arn"),
      targetId: server,
      port: 8080,
    });
  });
}

/** Lets the database be asked from within the VPC, and answer. */
function addAcl(stack: Stack, spelling: Spelling, vpc: Id, subnets: readonly Id[]): void {
  const type = "aws:ec2/networkAcl:NetworkAcl";
  const ingress = { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlock: "10.0.0.0/16" };
  const egress = { protocol: "tcp", fromPort: 1024, toPort: 65535, cidrBlock: "10.0.0.0/16" };
  if (spelling === "inline") {
    const item = (rule: Record<string, Input>) => [{ ruleNo: 100, action: "allow", ...rule }];
    stack.add(type, "back", { vpcId: vpc, subnetIds: subnets, ingress: item(ingress), egress: item(egress) });
    return;
  }
  const acl = stack.add(type, "back", { vpcId: vpc }).id;
  [ingress, egress].forEach((rule, at) => {
    const inputs = { networkAclId: acl, egress: at === 1, ruleNumber: 100, ruleAction: "allow", ...rule };
    stack.add("aws:ec2/networkAclRule:NetworkAclRule", `back-${at}`, inputs);
  });
  subnets.forEach((subnetId, at) => {
    const inputs = { networkAclId: acl, subnetId };
    stack.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", `back-${at}`, inputs);
  });
}

function addGroup(
  stack: Stack,
  spelling: Spelling,
  vpc: Id,
  name: string,
  ingress: readonly Opening[],
  egress: readonly Opening[],
): Id {
  const type = "aws:ec2/securityGroup:SecurityGroup";
  const item = ({ port, block, group }: Opening) => ({
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    ...(block === undefined ? {} : { cidrBlocks: [block] }),
    ...(group === undefined ? {} : { securityGroups: [group] }),
  });
  if (spelling === "inline")
    return stack.add(type, name, { vpcId: vpc, ingress: ingress.map(item), egress: egress.map(item) }).id;
  const id = stack.add(type, name, { vpcId: vpc }).id;
  const all = [
    ...ingress.map((each) => ["ingress", each] as const),
    ...egress.map((each) => ["egress", each] as const),
  ];
  all.forEach(([direction, { port, block, group }], at) => {
    const ports = { securityGroupId: id, fromPort: port, toPort: port };
    if (spelling === "standalone") {
      stack.add("aws:ec2/securityGroupRule:SecurityGroupRule", `${name}-${at}`, {
        ...{ ...ports, type: direction, protocol: "tcp" },
        ...(block === undefined ? {} : { cidrBlocks: [block] }),
        ...(group === undefined ? {} : { sourceSecurityGroupId: group }),
      });
      return;
    }
    const kind = direction === "ingress" ? "SecurityGroupIngressRule" : "SecurityGroupEgressRule";
    stack.add(`aws:vpc/s${kind.slice(1)}:${kind}`, `${name}-${at}`, {
      ...{ ...ports, ipProtocol: "tcp" },
      ...(block === undefined ? {} : { cidrIpv4: block }),
      ...(group === undefined ? {} : { referencedSecurityGroupId: group }),
    });
  });
  return id;
}
