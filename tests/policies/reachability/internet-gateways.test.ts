import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addGroup, addMachine, addSubnet, addVpc, ask, blocked, noReply, reachable, verdicts } from "./routed-vpcs";

function leaving(attached: "itself" | "attachment" | "elsewhere" | "no"): Stack {
  const stack = new Stack();
  const out = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
  const { vpc } = addVpc(stack, 0, () => [out], { machine: { associatePublicIpAddress: true } });
  const other = addVpc(stack, 1, () => []).vpc;
  const vpcId = { itself: vpc, elsewhere: other, attachment: undefined, no: undefined }[attached];
  const { id } = stack.add("aws:ec2/internetGateway:InternetGateway", "main", vpcId === undefined ? {} : { vpcId });
  if (attached === "attachment") {
    const inputs = { vpcId: vpc, internetGatewayId: id };
    stack.add("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "main", inputs);
  }
  return stack;
}

describe("an internet gateway", () => {
  for (const attached of ["itself", "attachment"] as const) {
    it(`carries both ways where it is attached to the VPC (${attached})`, () => {
      const resources = leaving(attached).resources(true);
      assert.deepEqual(verdicts(resources, "v0", "internet"), reachable);
      assert.deepEqual(verdicts(resources, "internet", "v0"), reachable);
      assert.deepEqual(verdicts(resources, "internet", "v0", { toIp: "10.0.0.10" }), blocked);
    });
  }

  for (const attached of ["elsewhere", "no"] as const) {
    it(`carries nothing for a VPC that it isn't attached to (${attached})`, () => {
      const resources = leaving(attached).resources(true);
      const found = ask(resources, "v0", "internet");
      assert.deepEqual([found.request, found.connection], blocked);
      assert.match(found.blockedBy?.what ?? "", /isn't attached to the VPC/u);
      assert.deepEqual(verdicts(resources, "internet", "v0"), blocked);
    });
  }

  it("that a route names from outside the resources is the VPC's, for what comes in as for what leaves", () => {
    const named = (target: string, machine = {}) => {
      const stack = new Stack();
      const { vpc } = addVpc(stack, 0, () => [{ cidrBlock: "0.0.0.0/0", gatewayId: target }], {
        machine: { associatePublicIpAddress: true, ...machine },
      });
      const inner = addSubnet(stack, vpc, "inner", "10.0.1.0/24", []).subnet;
      const publicly = { associatePublicIpAddress: true };
      addMachine(stack, "unrouted", inner, addGroup(stack, vpc, "inner"), "10.0.1.10", publicly);
      return stack.resources(true);
    };
    assert.deepEqual(verdicts(named("igw-1"), "v0", "internet"), reachable);
    assert.deepEqual(verdicts(named("igw-1"), "internet", "v0"), reachable);
    assert.deepEqual(verdicts(named("igw-1"), "internet", "unrouted"), noReply);
    assert.deepEqual(verdicts(named("igw-1", { associatePublicIpAddress: false }), "internet", "v0"), blocked);
    assert.deepEqual(verdicts(named("nat-1"), "internet", "v0"), blocked);
  });

  it("carries no unique local IPv6 addresses, neither out nor in", () => {
    const having = (address: string) => {
      const stack = new Stack();
      const block = address.replace(/10$/u, "/64");
      const { vpc } = addVpc(stack, 0, () => [{ ipv6CidrBlock: "::/0", gatewayId: "internetgateway-main" }], {
        subnet: { ipv6CidrBlock: block },
        machine: { ipv6Addresses: [address] },
      });
      stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc });
      const resources = stack.resources(true);
      return [verdicts(resources, "v0", "2001:4860::8"), verdicts(resources, "2001:4860::8", "v0")];
    };
    assert.deepEqual(having("2600:1f14::10"), [reachable, reachable]);
    assert.deepEqual(having("fd00:ec2::10"), [blocked, blocked]);
  });
});
