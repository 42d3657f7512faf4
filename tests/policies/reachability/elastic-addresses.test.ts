import assert from "node:assert/strict";
import type { Stack } from "../stack";
import { type Added, ask, bothWays, everything, group, https, twoSubnets, toInternet, when } from "./asking";

const eni = "aws:ec2/networkInterface:NetworkInterface";
const world = { cidrBlocks: ["0.0.0.0/0"] };

/** An interface with the addresses 10.0.0.10 and 10.0.0.11 in a subnet with an internet gateway; `give` gives it public ones. */
function facing(give: (stack: Stack, card: Added, a: Added) => void): Stack {
  return twoSubnets(({ stack, vpc, a }) => {
    const open = group(stack, vpc, "open", {
      ingress: [{ ...https, ...world }],
      egress: [{ ...everything, ...world }],
    });
    toInternet(stack, vpc, a);
    const privateIps = ["10.0.0.10", "10.0.0.11"];
    const inputs = { subnetId: a.id, securityGroups: [open.id], privateIp: "10.0.0.10", privateIps };
    give(stack, stack.add(eni, "server", inputs), a);
  });
}

const onSecond: Readonly<Record<string, Stack>> = {
  "the address itself": facing((stack, card) => {
    const inputs = { networkInterface: card.id, associateWithPrivateIp: "10.0.0.11" };
    stack.add("aws:ec2/eip:Eip", "second", inputs, { publicIp: "52.1.1.11" });
  }),
  "an association": facing((stack, card) => {
    const { id } = stack.add("aws:ec2/eip:Eip", "second", { domain: "vpc" }, { publicIp: "52.1.1.11" });
    const inputs = { networkInterfaceId: card.id, allocationId: id, privateIpAddress: "10.0.0.11" };
    stack.add("aws:ec2/eipAssociation:EipAssociation", "second", inputs);
  }),
};

describe("elastic addresses", () => {
  for (const deployed of bothWays) {
    for (const [how, stack] of Object.entries(onSecond)) {
      it(`stand for the private address that ${how} says, and for no other, ${when(deployed)}`, () => {
        const resources = stack.resources(deployed);
        const inward = { from: "internet", to: "server" };
        const outward = { from: "server", to: "internet" };
        assert.equal(ask(resources, inward), "reachable");
        assert.equal(ask(resources, outward), "reachable");
        assert.equal(ask(resources, { ...outward, fromIp: "10.0.0.11" }), "reachable");
        assert.equal(ask(resources, { ...outward, fromIp: "10.0.0.10" }), "blocked");
        if (deployed) assert.equal(ask(resources, { ...inward, toIp: "52.1.1.11" }), "reachable");
      });
    }

    it(`stand for the primary address where none is named, ${when(deployed)}`, () => {
      const resources = facing((stack, card) => {
        stack.add("aws:ec2/eip:Eip", "first", { networkInterface: card.id }, { publicIp: "52.1.1.10" });
      }).resources(deployed);
      assert.equal(ask(resources, { from: "server", to: "internet", fromIp: "10.0.0.10" }), "reachable");
      assert.equal(ask(resources, { from: "server", to: "internet", fromIp: "10.0.0.11" }), "blocked");
      if (deployed) assert.equal(ask(resources, { from: "internet", to: "52.1.1.10" }), "reachable");
    });

    it(`that are given to an instance are its primary interface's, ${when(deployed)}`, () => {
      const resources = facing((stack, card) => {
        const primaryNetworkInterface = { networkInterfaceId: card.id };
        const { id } = stack.add("aws:ec2/instance:Instance", "machine", { primaryNetworkInterface });
        stack.add("aws:ec2/eip:Eip", "first", { instance: id }, { publicIp: "52.1.1.10" });
      }).resources(deployed);
      for (const to of ["machine", "server"]) assert.equal(ask(resources, { from: "internet", to }), "reachable", to);
      assert.equal(ask(resources, { from: "machine", to: "internet" }), "reachable");
    });
  }

  it("don't make the other interface of the instance public", () => {
    const resources = facing((stack, card, a) => {
      const { id } = stack.add("aws:ec2/instance:Instance", "machine", { subnetId: a.id, privateIp: "10.0.0.20" });
      const inputs = { instanceId: id, networkInterfaceId: card.id, deviceIndex: 1 };
      stack.add("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "second", inputs);
      // As AWS says it of an address at an interface that is attached.
      stack.add("aws:ec2/eip:Eip", "second", { networkInterface: card.id, instance: id }, { publicIp: "52.1.1.10" });
    }).resources(true);
    assert.equal(ask(resources, { from: "machine", to: "internet", fromIp: "10.0.0.20" }), "blocked");
    assert.equal(ask(resources, { from: "machine", to: "internet", fromIp: "10.0.0.10" }), "reachable");
  });
});
