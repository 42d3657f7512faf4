import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { hide, withoutDependencies } from "../hidden-values";
import { ask, https, twoSubnets } from "./asking";

const address = "52.0.0.1";

/** A network load balancer with an elastic address, on a subnet with a way in. */
const facing: readonly Resource[] = withoutDependencies(
  twoSubnets(({ stack, vpc, a }) => {
    stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
    const eip = stack.add("aws:ec2/eip:Eip", "front", {}, { publicIp: address });
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "front", {
      loadBalancerType: "network",
      subnetMappings: [{ subnetId: a.id, allocationId: eip.id }],
    });
    stack.add("aws:lb/listener:Listener", "front", {
      loadBalancerArn: balancer.id,
      port: https.fromPort,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:of-others" }],
    });
  }).resources(true),
);

describe("an address on the internet that a party may have (M4)", () => {
  const verdict = (resources: readonly Resource[], to = address) => ask(resources, { from: "internet", to });
  const without = (name: string, path: readonly string[]) =>
    facing.map((each) => (each.type.endsWith(name) ? hide(each, path) : each));

  it("isn't taken for nobody's while its elastic address, or that one's place, isn't known", () => {
    assert.notEqual(verdict(facing), "blocked");
    assert.equal(verdict(without(":Eip", ["publicIp"])), "undetermined");
    assert.equal(verdict(without(":LoadBalancer", ["subnetMappings", "0", "subnetId"])), "undetermined");
    assert.equal(verdict(without(":LoadBalancer", ["subnetMappings", "0", "allocationId"])), "undetermined");
  });

  it("is nobody's where every party's is known", () => {
    assert.equal(verdict(facing, "52.0.0.2"), "blocked");
  });
});
