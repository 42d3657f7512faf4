import assert from "node:assert/strict";
import { readNetwork } from "../../../../policies/reachability/network";
import { egressOf } from "../../../../policies/rules/network/subnet-egress";
import { databaseStack, type Fault } from "../../database-stack";

function egress(fault: Fault) {
  const network = readNetwork(databaseStack(fault).resources(true));
  const subnet = network.subnets.find(({ resource }) => resource.name === "database-a");
  assert.ok(subnet);
  return egressOf(network, subnet);
}

describe("the way out of a subnet (M1)", () => {
  it("is none without a route", () => {
    assert.deepEqual(egress("none"), { answer: "no" });
  });

  it("names the unknown where it can't be told", () => {
    assert.deepEqual(egress("foreign-table"), {
      answer: "perhaps",
      unknowns: ["the routes of route table rtb-of-others, which isn't in this stack"],
    });
  });

  it("says what makes an address public where the way is an internet gateway", () => {
    const found = egress("internet-gateway-route");
    assert.ok(found.answer === "yes");
    assert.match(found.witness, /→ internetgateway-main → internet; .*security group/);
    assert.match(found.fix, /^remove the route to internetgateway-main from route table routetable-database/);
  });

  it("has the network ACL's rule on a line of its own, denied or allowed", () => {
    const lines = (fault: Fault) => {
      const found = egress(fault);
      assert.ok(found.answer === "yes");
      return found.witness.split("\n");
    };
    assert.deepEqual(lines("nat-route-denied-by-acl").slice(1), [
      "network ACL networkacl-database denies it today by rule *, but routes decide",
    ]);
    assert.deepEqual(lines("nat-route-allowed-before-deny").slice(1), [
      "network ACL networkacl-database denies it today by rule 200, but routes decide",
    ]);
    assert.deepEqual(lines("nat-route").slice(1), [
      "the default network ACL of VPC vpc-main allows tcp/443 by rule 100",
    ]);
  });
});
