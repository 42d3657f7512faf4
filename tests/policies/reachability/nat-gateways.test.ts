import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addSubnet, addVpc, ask, blocked, noReply, reachable, undetermined, verdicts } from "./routed-vpcs";

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

describe("the port of a NAT gateway (natPorts)", () => {
  const everything = { ruleNo: 100, protocol: "-1", action: "allow", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
  /** Out by a gateway whose subnet lets replies in on these ports. */
  function repliesOn(ports: readonly [number, number], regional = false): Stack {
    const stack = new Stack();
    const own = addVpc(stack, 0, () => [{ cidrBlock: "0.0.0.0/0", natGatewayId: "natgateway-nat" }]);
    const out = [{ cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" }];
    const { subnet } = addSubnet(stack, own.vpc, "nat", "10.0.8.0/24", out);
    stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: own.vpc });
    const place = regional ? { vpcId: own.vpc, availabilityMode: "regional" } : { subnetId: subnet };
    stack.add("aws:ec2/natGateway:NatGateway", "nat", place);
    const [fromPort, toPort] = ports;
    const ofInside = { ...everything, cidrBlock: "10.0.0.0/16" };
    stack.add("aws:ec2/networkAcl:NetworkAcl", "nat", {
      vpcId: own.vpc,
      subnetIds: [subnet],
      ingress: [
        ofInside,
        { ...everything, ruleNo: 110, protocol: "tcp", fromPort, toPort },
        { ...everything, ruleNo: 120, protocol: "icmp", icmpType: 0, icmpCode: 0 },
      ],
      egress: [everything],
    });
    return stack;
  }

  it("may be any of 1024-65535: an ACL that lets in some of them leaves the connection open", () => {
    const asked = (low: number, high: number) => verdicts(repliesOn([low, high]).resources(true), "v0", "internet");
    assert.deepEqual(asked(1024, 65535), reachable);
    assert.deepEqual(asked(0, 65535), reachable);
    assert.deepEqual(asked(32768, 65535), ["reachable", "undetermined"]);
    assert.deepEqual(asked(1024, 65534), ["reachable", "undetermined"]);
    assert.deepEqual(asked(443, 1023), noReply);
    const { unknowns } = ask(repliesOn([32768, 65535]).resources(true), "v0", "internet");
    assert.deepEqual(unknowns, ["which port a gateway or load balancer sends from"]);
  });

  it("is its own, whatever port the sender used", () => {
    const asked = (srcPort: number, low: number) =>
      verdicts(repliesOn([low, 65535]).resources(true), "v0", "internet", { srcPort });
    assert.deepEqual(asked(443, 1024), reachable);
    assert.deepEqual(asked(50_000, 32768), ["reachable", "undetermined"]);
  });

  it("isn't what ICMP has in its place: an echo is answered by type 0 and code 0", () => {
    const asked = (icmp: object) =>
      verdicts(repliesOn([443, 443]).resources(true), "v0", "internet", { protocol: "icmp", ...icmp });
    assert.deepEqual(asked({ dstPort: 8, srcPort: 0 }), reachable);
    assert.deepEqual(asked({ dstPort: 13, srcPort: 0 }), noReply);
  });

  it("matters at no subnet of a regional gateway, which has none", () => {
    assert.deepEqual(verdicts(repliesOn([443, 443], true).resources(true), "v0", "internet"), reachable);
  });
});

describe("a regional NAT gateway", () => {
  function regional(attached: boolean) {
    const stack = new Stack();
    const { vpc } = addVpc(stack, 0, () => [{ cidrBlock: "0.0.0.0/0", natGatewayId: "natgateway-nat" }]);
    stack.add("aws:ec2/natGateway:NatGateway", "nat", { vpcId: vpc, availabilityMode: "regional" });
    if (attached) stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc });
    return stack.resources(true);
  }

  it("brings to the internet only where its VPC has an internet gateway", () => {
    assert.deepEqual(verdicts(regional(true), "v0", "internet"), reachable);
    assert.deepEqual(verdicts(regional(false), "v0", "internet"), blocked);
  });
});
