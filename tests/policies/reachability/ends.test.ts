import assert from "node:assert/strict";
import { documentation, internet } from "../../../policies/reachability/axioms";
import { Stack } from "../stack";
import { addVpc, ask, type Id, reachable, verdicts } from "./routed-vpcs";

describe("an end by its address", () => {
  it("is a host on the internet by an address kept for examples of such (RFC 5737), which none of the internet at large has", () => {
    assert(documentation.intersect(internet).isEmpty);
    const stack = new Stack();
    const routes = (vpcId: Id) => {
      const { id } = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId });
      return [{ cidrBlock: "0.0.0.0/0", gatewayId: id }];
    };
    addVpc(stack, 0, routes, { machine: { associatePublicIpAddress: true } });
    for (const host of ["192.0.2.1", "198.51.100.9", "203.0.113.254"]) {
      assert.deepEqual(verdicts(stack.resources(true), "v0", host), reachable);
      assert.deepEqual(verdicts(stack.resources(true), host, "v0"), reachable);
    }
    const neither = ask(stack.resources(true), "internet", "203.0.113.254");
    assert.match(neither.blockedBy?.what ?? "", /nothing in the network takes requests at/u);
  });
});
