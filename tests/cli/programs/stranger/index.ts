import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What is planted: nothing, a way out, or something that only looks like one. */
type Fault = "none" | "nat-route" | "internet-gateway-route" | "peering-route";
const fault = new pulumi.Config().get<Fault>("fault") ?? "none";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });

const publicSubnet = new aws.ec2.Subnet("public", {
  vpcId: vpc.id,
  cidrBlock: "10.0.0.0/24",
  availabilityZone: "ap-northeast-1a",
});
const publicTable = new aws.ec2.RouteTable("public", { vpcId: vpc.id });
new aws.ec2.Route("public-default", {
  routeTableId: publicTable.id,
  destinationCidrBlock: "0.0.0.0/0",
  gatewayId: gateway.id,
});
new aws.ec2.RouteTableAssociation("public", { subnetId: publicSubnet.id, routeTableId: publicTable.id });
const address = new aws.ec2.Eip("nat", { domain: "vpc" });
const nat = new aws.ec2.NatGateway(
  "main",
  { subnetId: publicSubnet.id, allocationId: address.allocationId },
  { dependsOn: gateway },
);

const databaseTable = new aws.ec2.RouteTable("database", { vpcId: vpc.id });
const databaseSubnets = ["a", "c"].map((zone, index) => {
  const subnet = new aws.ec2.Subnet(`database-${zone}`, {
    vpcId: vpc.id,
    cidrBlock: `10.0.${64 + index}.0/24`,
    availabilityZone: `ap-northeast-1${zone}`,
    mapPublicIpOnLaunch: fault === "internet-gateway-route",
  });
  new aws.ec2.RouteTableAssociation(`database-${zone}`, { subnetId: subnet.id, routeTableId: databaseTable.id });
  return subnet;
});
const group = new aws.ec2.SecurityGroup("database", {
  vpcId: vpc.id,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
const subnetGroup = new aws.rds.SubnetGroup("database", { subnetIds: databaseSubnets.map((subnet) => subnet.id) });
new aws.rds.Instance("database", {
  engine: "postgres",
  instanceClass: "db.t4g.small",
  allocatedStorage: 20,
  username: "owner",
  manageMasterUserPassword: true,
  dbSubnetGroupName: subnetGroup.name,
  vpcSecurityGroupIds: [group.id],
  publiclyAccessible: fault === "internet-gateway-route",
  skipFinalSnapshot: true,
});

const everywhere = { routeTableId: databaseTable.id, destinationCidrBlock: "0.0.0.0/0" };
if (fault === "nat-route") new aws.ec2.Route("planted", { ...everywhere, natGatewayId: nat.id });
if (fault === "internet-gateway-route") new aws.ec2.Route("planted", { ...everywhere, gatewayId: gateway.id });
if (fault === "peering-route") {
  const peer = new aws.ec2.Vpc("peer", { cidrBlock: "10.1.0.0/16" });
  const peerGateway = new aws.ec2.InternetGateway("peer", { vpcId: peer.id });
  const peerTable = new aws.ec2.RouteTable("peer", { vpcId: peer.id });
  new aws.ec2.Route("peer-default", {
    routeTableId: peerTable.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: peerGateway.id,
  });
  const peering = new aws.ec2.VpcPeeringConnection("peer", { vpcId: vpc.id, peerVpcId: peer.id, autoAccept: true });
  new aws.ec2.Route("planted", { ...everywhere, vpcPeeringConnectionId: peering.id });
}
