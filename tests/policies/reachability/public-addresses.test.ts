import assert from "node:assert/strict";
import { readNetwork } from "../../../policies/reachability/network";
import { publicAddressesIn } from "../../../policies/reachability/public-addresses";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { Stack } from "../stack";

type Inputs = Parameters<Stack["add"]>[2];
type Id = ReturnType<Stack["add"]>["id"];

function oneSubnet(plant: (stack: Stack, subnet: Id) => void, inputs: Inputs = {}): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  plant(stack, stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", ...inputs }).id);
  return stack;
}

function found(resources: readonly Resource[]) {
  const { links, subnets, parties } = readNetwork(resources);
  const [subnet] = subnets;
  assert.ok(subnet);
  return publicAddressesIn(links, subnet, parties);
}

const balancer = (type: string, inputs: Inputs, property = "subnets") =>
  oneSubnet((stack, subnet) => {
    stack.add(type, "lb", { [property]: [property === "subnets" ? subnet : { subnetId: subnet }], ...inputs });
  });

const scaled = oneSubnet((stack, subnet) => {
  const networkInterfaces = [{ associatePublicIpAddress: "true" }];
  const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", { networkInterfaces });
  stack.add("aws:autoscaling/group:Group", "web", { vpcZoneIdentifiers: [subnet], launchTemplate: { id } });
});

const cases: Readonly<Record<string, readonly [Stack, string, RegExp]>> = {
  "none by default": [oneSubnet(() => undefined), "no", /mapPublicIpOnLaunch/],
  "the subnet's own setting": [
    oneSubnet(() => undefined, { mapPublicIpOnLaunch: true }),
    "yes",
    /^mapPublicIpOnLaunch of subnet 10\.0\.0\.0\/24$/,
  ],
  "an instance": [
    oneSubnet((stack, subnetId) => {
      stack.add("aws:ec2/instance:Instance", "web", { subnetId, associatePublicIpAddress: true });
    }),
    "yes",
    /^the public address of .*web/,
  ],
  "an Auto Scaling group by its template": [scaled, "yes", /^the public addresses of .*web/],
  "a network or application load balancer": [balancer("aws:lb/loadBalancer:LoadBalancer", {}), "yes", /of .*lb/],
  "a load balancer by subnet mapping": [
    balancer("aws:lb/loadBalancer:LoadBalancer", {}, "subnetMappings"),
    "yes",
    /of .*lb/,
  ],
  "a classic load balancer": [balancer("aws:elb/loadBalancer:LoadBalancer", {}), "yes", /of .*lb/],
  "not an internal load balancer": [balancer("aws:lb/loadBalancer:LoadBalancer", { internal: true }), "no", /./],
  "not a NAT gateway": [
    oneSubnet((stack, subnetId) => {
      stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId, allocationId: "eipalloc-1" });
    }),
    "no",
    /./,
  ],
};

describe("public addresses in a subnet", () => {
  for (const [what, [stack, answer, because]] of Object.entries(cases)) {
    for (const deployed of [true, false]) {
      it(`${what}: ${answer}, ids ${deployed ? "known" : "unknown"}`, () => {
        const addresses = found(stack.resources(deployed));
        assert.equal(addresses.answer, answer);
        assert.match(addresses.because[0] ?? "", because);
      });
    }
  }

  for (const [type, key] of [
    ["aws:ec2/subnet:Subnet", "mapPublicIpOnLaunch"],
    ["aws:lb/loadBalancer:LoadBalancer", "internal"],
    ["aws:ec2/instance:Instance", "associatePublicIpAddress"],
  ] as const) {
    it(`stay open, and name why, while ${key} isn't known`, () => {
      const stack = oneSubnet(
        (made, subnetId) => {
          made.add("aws:lb/loadBalancer:LoadBalancer", "lb", { subnets: [subnetId], internal: true });
          made.add("aws:ec2/instance:Instance", "web", { subnetId, associatePublicIpAddress: false });
        },
        { mapPublicIpOnLaunch: false },
      );
      const hidden = stack.resources(true).map((each) => (each.type === type ? hide(each, [key]) : each));
      const { answer, because } = found(hidden);
      assert.deepEqual([answer, because.length], ["perhaps", 1]);
    });
  }

  it("stay open while it isn't known in which subnet a balancer is", () => {
    const hidden = cases["a classic load balancer"]?.[0]
      .resources(true)
      .map((each) => ({ ...(each.name === "lb" ? hide(each, ["subnets"]) : each), propertyDependencies: {} }));
    assert.equal(found(hidden ?? []).answer, "perhaps");
  });
});
