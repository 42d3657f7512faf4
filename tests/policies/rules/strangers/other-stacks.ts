import { type Input, Stack } from "../../stack";

type Id = ReturnType<Stack["add"]>["id"];

const transit = (name: string) => `aws:ec2transitgateway/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

/**
 * Three VPCs: an application and its data, peered, and an edge with NAT gateways, all three attached to a transit gateway whose table leads what
 * belongs to none of them to the edge.
 *
 * @param dataLeavesBy by what the data's subnets have a default route.
 */
export function joinedVpcs(dataLeavesBy: "nothing" | "transit gateway"): Stack {
  const stack = new Stack();
  const vpc = (name: string, at: number) =>
    stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock: `10.${at}.0.0/16` }, { ownerId: "111122223333" }).id;
  const [app, data, edge] = [vpc("app", 0), vpc("data", 1), vpc("edge", 2)];
  const hub = stack.add(
    transit("TransitGateway"),
    "hub",
    { defaultRouteTableAssociation: "disable", defaultRouteTablePropagation: "disable" },
    { ownerId: "111122223333" },
  ).id;
  const peering = stack.add(
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    "app-data",
    { vpcId: app, peerVpcId: data, autoAccept: true },
    { acceptStatus: "active" },
  ).id;
  const subnet = (
    owner: Id,
    name: string,
    cidrBlock: string,
    zone: string,
    routes: readonly Record<string, Id | string>[],
  ) => {
    const id = stack.add("aws:ec2/subnet:Subnet", name, {
      ...{ vpcId: owner, cidrBlock, availabilityZone: `ap-northeast-1${zone}`, mapPublicIpOnLaunch: false },
    }).id;
    const table = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: owner, routes }).id;
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, { subnetId: id, routeTableId: table });
    return id;
  };
  const zones = ["a", "c"];
  const toHub = (cidrBlock: string) => ({ cidrBlock, transitGatewayId: hub });
  const apps = zones.map((zone, at) =>
    subnet(app, `app-${zone}`, `10.0.${at}.0/24`, zone, [
      { cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering },
      toHub("0.0.0.0/0"),
    ]),
  );
  const stores = zones.map((zone, at) =>
    subnet(data, `data-${zone}`, `10.1.${at}.0/24`, zone, [
      { cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peering },
      ...(dataLeavesBy === "nothing" ? [] : [toHub("0.0.0.0/0")]),
    ]),
  );
  const edges = addEdge(stack, edge, zones, subnet, toHub);
  addAttachments(stack, hub, [
    { name: "app", vpcId: app, subnetIds: apps },
    { name: "data", vpcId: data, subnetIds: stores },
    { name: "edge", vpcId: edge, subnetIds: edges },
  ]);
  addMachines(stack, app, data, apps, stores);
  return stack;
}

function addEdge(
  stack: Stack,
  edge: Id,
  zones: readonly string[],
  subnet: (vpc: Id, name: string, block: string, zone: string, routes: readonly Record<string, Id | string>[]) => Id,
  toHub: (block: string) => Record<string, Id | string>,
): readonly Id[] {
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "edge", { vpcId: edge }).id;
  return zones.map((zone, at) => {
    const out = subnet(edge, `out-${zone}`, `10.2.${at}.0/24`, zone, [
      { cidrBlock: "0.0.0.0/0", gatewayId: gateway },
      toHub("10.0.0.0/15"),
    ]);
    const eip = stack.add("aws:ec2/eip:Eip", `nat-${zone}`, { domain: "vpc" }, { allocationId: `eipalloc-${zone}` });
    const nat = stack.add("aws:ec2/natGateway:NatGateway", `nat-${zone}`, {
      subnetId: out,
      allocationId: eip.of("allocationId"),
    }).id;
    return subnet(edge, `hub-${zone}`, `10.2.${10 + at}.0/24`, zone, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat }]);
  });
}

function addAttachments(
  stack: Stack,
  hub: Id,
  attached: readonly { readonly name: string; readonly vpcId: Id; readonly subnetIds: readonly Id[] }[],
): void {
  const table = stack.add(transit("RouteTable"), "hub", { transitGatewayId: hub }).id;
  for (const { name, ...inputs } of attached) {
    const attachment = stack.add(
      transit("VpcAttachment"),
      name,
      {
        ...{ ...inputs, transitGatewayId: hub },
        ...{ transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false },
      },
      { vpcOwnerId: "111122223333" },
    ).id;
    const both = { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: table };
    stack.add(transit("RouteTableAssociation"), name, both);
    stack.add(transit("RouteTablePropagation"), name, both);
    if (name === "edge") stack.add(transit("Route"), "out", { ...both, destinationCidrBlock: "0.0.0.0/0" });
  }
}

function addMachines(stack: Stack, app: Id, data: Id, apps: readonly Id[], stores: readonly Id[]): void {
  const port = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
  const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
  const group = (name: string, vpcId: Id, ingress: readonly Input[], egress: readonly Input[]) =>
    stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId, ingress, egress }).id;
  const ofApp = group("app", app, [], [{ ...port, cidrBlocks: ["10.1.0.0/16"] }, web]);
  const ofData = group("data", data, [{ ...port, cidrBlocks: ["10.0.0.0/16"] }], [web]);
  apps.forEach((subnetId, at) => {
    stack.add("aws:ec2/instance:Instance", `app-${at}`, {
      ...{ ami: "ami-1", subnetId, vpcSecurityGroupIds: [ofApp], privateIp: `10.0.${at}.10` },
      ...{ associatePublicIpAddress: false, metadataOptions: { httpTokens: "required" } },
      rootBlockDevice: { encrypted: true },
    });
  });
  const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "data", { subnetIds: stores }).id;
  stack.add("aws:rds/instance:Instance", "data", {
    ...{ engine: "postgres", port: 5432, dbSubnetGroupName: subnetGroup, vpcSecurityGroupIds: [ofData] },
    ...{ multiAz: true, publiclyAccessible: false, storageEncrypted: true, backupRetentionPeriod: 7 },
    ...{ deletionProtection: true, skipFinalSnapshot: false, finalSnapshotIdentifier: "last" },
  });
}

/** SES by its first API alone: a signed domain whose records stand in the stack's zone, nobody told of bounces. */
export function classicMail(tlsPolicy: "Require" | "Optional"): Stack {
  const stack = new Stack();
  const region = "ap-northeast-1";
  const domain = "shop.example";
  const tokens = ["one", "two", "three"];
  const add = (type: string, name: string, inputs: Parameters<Stack["add"]>[2]) => stack.add(type, name, inputs).id;
  const zone = stack.add("aws:route53/zone:Zone", "shop", { name: domain }).id;
  const arn = `arn:aws:ses:${region}:111122223333:identity/${domain}`;
  stack.add("aws:ses/domainIdentity:DomainIdentity", "shop", { region, domain }, { arn });
  add("aws:ses/domainDkim:DomainDkim", "shop", { region, domain, dkimTokens: tokens });
  add("aws:ses/mailFrom:MailFrom", "shop", { region, domain, mailFromDomain: `bounce.${domain}` });
  add("aws:ses/configurationSet:ConfigurationSet", "shop", { region, name: "shop", deliveryOptions: { tlsPolicy } });
  const record = (key: string, name: string, type: string, value: string) =>
    add("aws:route53/record:Record", key, { zoneId: zone, name, type, ttl: 300, records: [value] });
  for (const token of tokens) record(token, `${token}._domainkey.${domain}`, "CNAME", `${token}.dkim.amazonses.com`);
  record("mx", `bounce.${domain}`, "MX", `10 feedback-smtp.${region}.amazonses.com`);
  record("spf", `bounce.${domain}`, "TXT", "v=spf1 include:amazonses.com -all");
  record("dmarc", `_dmarc.${domain}`, "TXT", "v=DMARC1; p=reject");
  return stack;
}

/** Functions, queues and tables only. */
export function withoutNetwork(): Stack {
  const stack = new Stack();
  const tags = { Team: "shop" };
  const queue = stack.add(
    "aws:sqs/queue:Queue",
    "orders",
    { sqsManagedSseEnabled: true, tags },
    { arn: "arn:aws:sqs:q" },
  );
  stack.add("aws:dynamodb/table:Table", "orders", {
    ...{ name: "orders", hashKey: "id", attributes: [{ name: "id", type: "S" }], billingMode: "PAY_PER_REQUEST", tags },
    ...{ pointInTimeRecovery: { enabled: true }, deletionProtectionEnabled: true },
  });
  const role = stack.add(
    "aws:iam/role:Role",
    "orders",
    { assumeRolePolicy: "{}", tags },
    { arn: "arn:aws:iam::1:role/o" },
  );
  const handler = stack.add("aws:lambda/function:Function", "orders", {
    ...{ role: role.of("arn"), runtime: "nodejs22.x", handler: "index.handler", tags },
  });
  stack.add("aws:lambda/eventSourceMapping:EventSourceMapping", "orders", {
    ...{ eventSourceArn: queue.of("arn"), functionName: handler.id, tags },
  });
  stack.add("random:index/randomPet:RandomPet", "orders", { length: 2 });
  return stack;
}
