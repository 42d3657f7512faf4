import assert from "node:assert/strict";
import { type Input, Stack } from "../stack";
import { blocked, open, reachable, undetermined, verdicts } from "./routed-vpcs";

/** A client that may send anything, and a server whose groups are `named`; there are the groups "open" and "closed". */
function launched(named: Record<string, Input>, more: readonly string[] = []) {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }).id;
  const subnetId = stack.add("aws:ec2/subnet:Subnet", "main", { vpcId: vpc, cidrBlock: "10.0.0.0/24" }).id;
  const type = "aws:ec2/securityGroup:SecurityGroup";
  const { id } = stack.add(type, "open", { vpcId: vpc, name: "open", ingress: [open], egress: [open] });
  stack.add(type, "closed", { vpcId: vpc, name: "closed", ingress: [], egress: [] });
  for (const name of more) stack.add(type, `other-${name}`, { vpcId: vpc, name, ingress: [], egress: [] });
  stack.add("aws:ec2/instance:Instance", "client", { subnetId, vpcSecurityGroupIds: [id] });
  stack.add("aws:ec2/instance:Instance", "server", { subnetId, ...named });
  return stack.resources(true);
}
const asked = (resources: ReturnType<typeof launched>) => verdicts(resources, "client", "server");

describe("security groups that a launch names", () => {
  it("are those of these names, not the VPC's default group", () => {
    assert.deepEqual(asked(launched({ securityGroups: ["open"] })), reachable);
    assert.deepEqual(asked(launched({ securityGroups: ["closed"] })), blocked);
    assert.deepEqual(asked(launched({ securityGroups: ["closed", "open"] })), reachable);
    assert.deepEqual(asked(launched({ securityGroups: ["default"] })), blocked);
  });

  it("don't count where ids are given", () => {
    assert.deepEqual(
      asked(launched({ securityGroups: ["closed"], vpcSecurityGroupIds: ["securitygroup-open"] })),
      reachable,
    );
  });

  it("may be any of one name, and aren't known where none is there", () => {
    assert.deepEqual(asked(launched({ securityGroups: ["open"] }, ["open"])), undetermined);
    assert.deepEqual(asked(launched({ securityGroups: ["of another stack"] })), undetermined);
  });
});
