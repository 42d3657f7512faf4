import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addSubnet, addVpc, blocked, reachable, undetermined, verdicts } from "./routed-vpcs";

describe("a private NAT gateway", () => {
  /** To a peer whose machine lets in one address of the gateway's subnet alone. */
  function translated(privateIp?: string): Stack {
    const stack = new Stack();
    const peer = "vpcpeeringconnection-peer";
    const own = addVpc(stack, 0, () => [{ cidrBlock: "10.1.0.0/16", natGatewayId: "natgateway-nat" }]);
    const route = { cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peer };
    const { subnet } = addSubnet(stack, own.vpc, "nat", "10.0.8.0/24", [route]);
    const known = privateIp === undefined ? {} : { privateIp };
    stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet, connectivityType: "private", ...known });
    const other = addVpc(stack, 1, () => [{ cidrBlock: "10.0.8.0/24", vpcPeeringConnectionId: peer }]);
    const rule = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.8.5/32"] };
    const group = { vpcId: other.vpc, ingress: [rule], egress: [] };
    const { id } = stack.add("aws:ec2/securityGroup:SecurityGroup", "narrow", group);
    const machine = { subnetId: other.subnet, vpcSecurityGroupIds: [id], privateIp: "10.1.0.20" };
    stack.add("aws:ec2/instance:Instance", "narrow", machine);
    const joined = { vpcId: own.vpc, peerVpcId: other.vpc, autoAccept: true };
    stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", joined);
    return stack;
  }

  it("sends from its own address: groups see that one, and perhaps while it isn't known", () => {
    assert.deepEqual(verdicts(translated("10.0.8.5").resources(true), "v0", "narrow"), reachable);
    assert.deepEqual(verdicts(translated("10.0.8.6").resources(true), "v0", "narrow"), blocked);
    assert.deepEqual(verdicts(translated().resources(true), "v0", "narrow"), undetermined);
  });

  it("isn't a way to the internet, nor in", () => {
    const resources = translated("10.0.8.5").resources(true);
    assert.deepEqual(verdicts(resources, "v0", "internet"), blocked);
    assert.deepEqual(verdicts(resources, "narrow", "v0"), blocked);
  });
});

describe("NAT64", () => {
  it("by a NAT gateway isn't excluded, by an internet gateway it is", () => {
    const asked = (target: Record<string, string>) => {
      const stack = new Stack();
      const placing = { subnet: { ipv6CidrBlock: "2600:1f14::/64" }, machine: { ipv6Addresses: ["2600:1f14::10"] } };
      const own = addVpc(stack, 0, () => [{ ipv6CidrBlock: "64:ff9b::/96", ...target }], placing);
      const out = [{ cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" }];
      const { subnet } = addSubnet(stack, own.vpc, "nat", "10.0.8.0/24", out);
      stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: own.vpc });
      stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet });
      return verdicts(stack.resources(true), "v0", "64:ff9b::808:808");
    };
    assert.deepEqual(asked({ natGatewayId: "natgateway-nat" }), undetermined);
    assert.deepEqual(asked({ gatewayId: "internetgateway-main" }), blocked);
  });
});
