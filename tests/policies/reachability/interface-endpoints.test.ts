import assert from "node:assert/strict";
import type { Stack } from "../stack";
import { type Added, ask, bothWays, everything, group, https, type Inputs, instance, twoSubnets, when } from "./asking";

const world = { cidrBlocks: ["0.0.0.0/0"] };

/** A client that may send anything in subnet a, and an endpoint in subnet b whose group lets in what `ingress` says. */
function endpoint(
  ingress: Inputs,
  inputs: (door: Added) => Inputs,
  more?: (stack: Stack, made: Added, door: Added) => void,
) {
  return twoSubnets(({ stack, vpc, a, b }) => {
    const open = { ingress: [{ ...everything, ...world }], egress: [{ ...everything, ...world }] };
    instance(stack, "client", a, { vpcSecurityGroupIds: [group(stack, vpc, "open", open).id] });
    const door = group(stack, vpc, "door", { ingress: [{ ...ingress, ...world }] });
    const made = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "service", {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.ap-northeast-1.logs",
      subnetIds: [b.id],
      ...inputs(door),
    });
    more?.(stack, made, door);
  });
}

const plain = (door: Added): Inputs => ({ securityGroupIds: [door.id] });
const toService = { from: "client", to: "service" };

describe("an interface endpoint (M7)", () => {
  for (const deployed of bothWays) {
    it(`is reached in its subnets as its groups say, ${when(deployed)}`, () => {
      const resources = endpoint(https, plain).resources(deployed);
      assert.equal(ask(resources, toService), "reachable");
      assert.equal(ask(resources, { ...toService, dstPort: 587 }), "blocked");
      assert.equal(ask(resources, { from: "internet", to: "service" }), "blocked");
    });

    it(`takes TCP alone, and begins nothing, whatever its groups say, ${when(deployed)}`, () => {
      const resources = endpoint(everything, plain).resources(deployed);
      assert.equal(ask(resources, toService), "reachable");
      assert.equal(ask(resources, { ...toService, protocol: "udp", dstPort: 443 }), "blocked");
      assert.equal(ask(resources, { ...toService, protocol: "icmp" }), "blocked");
      assert.equal(ask(resources, { from: "service", to: "client" }), "blocked");
    });

    it(`has the VPC's default group where none is given, which admits only its own, ${when(deployed)}`, () => {
      assert.equal(ask(endpoint(https, () => ({})).resources(deployed), toService), "blocked");
    });

    it(`has the groups and subnets that associations add, ${when(deployed)}`, () => {
      const type = "aws:ec2/securityGroupAssociation:SecurityGroupAssociation";
      const associated = (replaceDefaultAssociation: boolean) =>
        endpoint(
          https,
          () => ({}),
          (stack, { id: vpcEndpointId }, door) => {
            stack.add(type, "door", { vpcEndpointId, securityGroupId: door.id, replaceDefaultAssociation });
          },
        ).resources(deployed);
      for (const replace of [true, false]) assert.equal(ask(associated(replace), toService), "reachable");

      const placed = twoSubnets(({ stack, vpc, a }) => {
        const open = { ingress: [{ ...everything, ...world }], egress: [{ ...everything, ...world }] };
        const { id } = group(stack, vpc, "open", open);
        instance(stack, "client", a, { vpcSecurityGroupIds: [id] });
        const serviceName = "com.amazonaws.ap-northeast-1.logs";
        const inputs = { vpcId: vpc.id, vpcEndpointType: "Interface", serviceName, securityGroupIds: [id] };
        const made = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "service", inputs);
        stack.add("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "a", {
          vpcEndpointId: made.id,
          subnetId: a.id,
        });
      }).resources(deployed);
      assert.equal(ask(placed, toService), "reachable");
    });
  }

  it("of somebody's own service may take UDP too, and whether it answers can't be seen", () => {
    const serviceName = "com.amazonaws.vpce.ap-northeast-1.vpce-svc-0123";
    const resources = endpoint(everything, (door) => ({ ...plain(door), serviceName })).resources(true);
    assert.equal(ask(resources, { ...toService, protocol: "udp", dstPort: 53 }), "undetermined");
    assert.equal(ask(resources, { ...toService, protocol: "icmp" }), "blocked");
    assert.equal(ask(resources, toService), "reachable, reply undetermined");
  });

  it("is known by the addresses that the program chose", () => {
    const subnetConfigurations = [{ ipv4: "10.0.1.77" }];
    const resources = endpoint(https, (door) => ({ ...plain(door), subnetConfigurations })).resources(true);
    assert.equal(ask(resources, { from: "client", to: "10.0.1.77" }), "reachable");
    assert.equal(ask(resources, { from: "client", to: "10.0.1.77", dstPort: 22 }), "blocked");
  });
});
