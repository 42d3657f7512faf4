import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { models } from "../../../offline/models/network";
import { UNKNOWN } from "../../../offline/unknown";
import { Account } from "./account";
import { variants } from "./variants";

/** One valid declaration of every network type, in an order that works. */
const network: readonly [type: string, name: string, inputs: Props][] = [
  ["aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: "a" } }],
  ["aws:ec2/vpc:Vpc", "peer", { cidrBlock: "10.1.0.0/16" }],
  [
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    "more",
    { vpcId: "${vpc.id}", cidrBlock: "10.2.0.0/16" },
  ],
  ["aws:ec2/subnet:Subnet", "a", { vpcId: "${vpc.id}", cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1a" }],
  ["aws:ec2/subnet:Subnet", "b", { vpcId: "${vpc.id}", cidrBlock: "10.2.1.0/24", availabilityZoneId: "use1-az6" }],
  ["aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: "${vpc.id}" }],
  ["aws:ec2/internetGateway:InternetGateway", "loose", {}],
  [
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "attached",
    { internetGatewayId: "${loose.id}", vpcId: "${peer.id}" },
  ],
  ["aws:ec2/eip:Eip", "ip", { domain: "vpc" }],
  ["aws:ec2/natGateway:NatGateway", "nat", { allocationId: "${ip.id}", subnetId: "${a.id}" }],
  ["aws:ec2/natGateway:NatGateway", "regional", { availabilityMode: "regional", vpcId: "${vpc.id}" }],
  [
    "aws:ec2/routeTable:RouteTable",
    "table",
    { vpcId: "${vpc.id}", routes: [{ cidrBlock: "192.168.0.0/16", gatewayId: "${igw.id}" }] },
  ],
  [
    "aws:ec2/route:Route",
    "route",
    { routeTableId: "${table.id}", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "${nat.id}" },
  ],
  [
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "joined",
    { routeTableId: "${table.id}", subnetId: "${a.id}" },
  ],
  [
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    { routeTableId: "${table.id}", vpcId: "${vpc.id}" },
  ],
  [
    "aws:ec2/defaultRouteTable:DefaultRouteTable",
    "emptied",
    { defaultRouteTableId: "${vpc.defaultRouteTableId}", routes: [] },
  ],
  [
    "aws:ec2/securityGroup:SecurityGroup",
    "group",
    { vpcId: "${vpc.id}", ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }] },
  ],
  [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "classic",
    {
      type: "ingress",
      securityGroupId: "${group.id}",
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["10.0.0.0/8"],
    },
  ],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "in",
    {
      securityGroupId: "${group.id}",
      ipProtocol: "tcp",
      fromPort: 25,
      toPort: 25,
      referencedSecurityGroupId: "${group.id}",
    },
  ],
  [
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "out",
    { securityGroupId: "${group.id}", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
  ],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "shut", { vpcId: "${vpc.id}", ingress: [], egress: [] }],
  [
    "aws:ec2/networkAcl:NetworkAcl",
    "acl",
    {
      vpcId: "${vpc.id}",
      subnetIds: ["${a.id}"],
      ingress: [{ ruleNo: 1, action: "allow", protocol: "tcp", fromPort: 25, toPort: 25, cidrBlock: "0.0.0.0/0" }],
    },
  ],
  [
    "aws:ec2/networkAclRule:NetworkAclRule",
    "entry",
    {
      networkAclId: "${acl.id}",
      ruleNumber: 100,
      protocol: "tcp",
      ruleAction: "allow",
      cidrBlock: "0.0.0.0/0",
      fromPort: 1,
      toPort: 2,
    },
  ],
  ["aws:ec2/networkAclAssociation:NetworkAclAssociation", "fenced", { networkAclId: "${acl.id}", subnetId: "${b.id}" }],
  ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "closed", { defaultNetworkAclId: "${vpc.defaultNetworkAclId}" }],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "s3",
    { vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.s3", routeTableIds: ["${table.id}"] },
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "ssm",
    {
      vpcId: "${vpc.id}",
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      subnetIds: ["${a.id}", "${b.id}"],
      securityGroupIds: ["${group.id}"],
      privateDnsEnabled: true,
    },
  ],
  [
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    "s3main",
    { vpcEndpointId: "${s3.id}", routeTableId: "${vpc.defaultRouteTableId}" },
  ],
  [
    "aws:ec2/flowLog:FlowLog",
    "log",
    { vpcId: "${vpc.id}", trafficType: "ALL", logDestinationType: "s3", logDestination: "arn:aws:s3:::logs" },
  ],
  [
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    "peering",
    { vpcId: "${vpc.id}", peerVpcId: "${peer.id}", autoAccept: true },
  ],
  [
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    "accepted",
    { vpcPeeringConnectionId: "${peering.id}", autoAccept: true },
  ],
];

describe("network resources in a preview that doesn't know everything", () => {
  it("covers every network type", () => {
    const covered = new Set(network.map(([type]) => type));
    assert.deepEqual(
      Object.keys(models).filter((type) => !covered.has(type)),
      [],
    );
  });

  it("accepts the whole network when everything is known", async () => {
    const account = new Account();
    for (const [type, name, inputs] of network) await account.create(type, name, inputs);
  });

  network.forEach(([type, name, inputs], index) => {
    it(`refuses nothing of ${name} (${type}) whichever of its values is unknown`, async () => {
      for (const variant of variants(inputs).slice(1)) {
        const account = new Account(true);
        for (const [otherType, other, theirs] of network.slice(0, index))
          await account.create(otherType, other, theirs);
        await assert.doesNotReject(account.create(type, name, variant as Props), JSON.stringify(variant));
      }
    });
  });

  it("refuses nothing when no reference is known", async () => {
    const account = new Account(true, { previewIds: false });
    for (const [type, name, inputs] of network) {
      const unknown = JSON.parse(JSON.stringify(inputs).replace(/\$\{\w+\.\w+\}/g, UNKNOWN)) as Props;
      await assert.doesNotReject(account.create(type, name, unknown), name);
    }
  });
});
