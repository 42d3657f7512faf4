import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addVpc, blocked, reachable, undetermined, verdicts } from "./routed-vpcs";

/** "v0" and "v1" are 10.0.0.10, each of its own VPC; only the group of "v1" lets anything in or out. */
function overlapping({ open = false, machine = true } = {}) {
  const stack = new Stack();
  addVpc(stack, 0, () => []);
  const vpc = stack.add("aws:ec2/vpc:Vpc", "twin", { cidrBlock: "10.0.0.0/16" }).id;
  const inputs = { vpcId: vpc, cidrBlock: "10.0.0.0/24", availabilityZone: "ap-northeast-1a" };
  const subnet = stack.add("aws:ec2/subnet:Subnet", "twin", inputs).id;
  const rules = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
  const own = { vpcId: vpc, ingress: rules, egress: open ? rules : [] };
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "twin", own).id;
  const placed = (name: string, privateIp: string) =>
    stack.add("aws:ec2/instance:Instance", name, { subnetId: subnet, vpcSecurityGroupIds: [group], privateIp });
  if (machine) placed("twin", "10.0.0.10");
  placed("near", "10.0.0.11");
  return stack.resources(true);
}

describe("an address that several VPCs have", () => {
  it("is, of a target, the one that the sender's routes lead to, whichever is listed first", () => {
    assert.deepEqual(verdicts(overlapping({ open: true }), "near", "10.0.0.10"), reachable);
    assert.deepEqual(verdicts([...overlapping({ open: true })].reverse(), "near", "10.0.0.10"), reachable);
    assert.deepEqual(verdicts(overlapping(), "near", "10.0.0.10"), blocked);
  });

  it("may be something unknown in the sender's VPC, where nothing known has it", () => {
    assert.deepEqual(verdicts(overlapping({ open: true, machine: false }), "near", "10.0.0.10"), undetermined);
  });

  it("is, of a sender, any of them: certain is what all of them are answered", () => {
    // The machine in the other VPC has no way here; "v0" reaches itself, and nothing else.
    assert.deepEqual(verdicts(overlapping({ open: true }), "10.0.0.10", "near"), undetermined);
    assert.deepEqual(verdicts(overlapping(), "10.0.0.10", "near"), blocked);
    assert.deepEqual(verdicts(overlapping({ open: true, machine: false }), "10.0.0.10", "near"), blocked);
    assert.deepEqual(verdicts(overlapping({ open: true }), "10.0.0.11", "10.0.0.10"), reachable);
  });
});
