import assert from "node:assert/strict";
import { readNetwork } from "../../../../policies/reachability/network";
import type { Resource } from "../../../../policies/reachability/resources";
import { findDatabaseSubnets } from "../../../../policies/rules/network/database-subnets";
import { hide } from "../../hidden-values";
import { Stack } from "../../stack";

type Inputs = Parameters<Stack["add"]>[2];

/** Subnets "a" and "c" with the inputs; a subnet group of "a" with `group`. */
function subnets(inputs: Inputs, group = false): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const [first] = ["a", "c"].map((zone, at) => {
    const own = zone === "a" ? inputs : {};
    return stack.add("aws:ec2/subnet:Subnet", zone, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24`, ...own });
  });
  if (group && first !== undefined)
    stack.add("aws:rds/subnetGroup:SubnetGroup", "data", { name: "data", subnetIds: [first.id] });
  return stack;
}

const defaults = { databaseSubnets: [], databaseTier: "internal" };

function find(resources: readonly Resource[], settings = {}) {
  const { found, unknowns } = findDatabaseSubnets(readNetwork(resources), { ...defaults, ...settings });
  return { found: found.map(({ subnet, doubts }) => [subnet.resource.name, doubts.length]), unknowns };
}

const onlyA = { found: [["a", 0]], unknowns: [] };

describe("database subnets (M1)", () => {
  for (const deployed of [true, false]) {
    it(`are found by subnet group, tag, default tag and configuration, ids ${deployed ? "known" : "unknown"}`, () => {
      assert.deepEqual(find(subnets({}, true).resources(deployed)), onlyA);
      assert.deepEqual(find(subnets({ tags: { Tier: "internal" } }).resources(deployed)), onlyA);
      assert.deepEqual(find(subnets({ tagsAll: { Tier: "internal" } }).resources(deployed)), onlyA);
      for (const name of ["a", "10.0.0.0/24", ...(deployed ? ["subnet-a"] : [])])
        assert.deepEqual(find(subnets({}).resources(deployed), { databaseSubnets: [name] }), onlyA);
    });
  }

  it("are none where nothing says so", () => {
    assert.deepEqual(find(subnets({ tags: { Tier: "edge" } }).resources(true)), { found: [], unknowns: [] });
  });

  it("are doubtful while the tag, or the group's list, isn't known", () => {
    const hidden = (stack: Stack, key: string) =>
      stack
        .resources(true)
        .map((each) => ({ ...(key in each.props ? hide(each, [key]) : each), propertyDependencies: {} }));
    assert.deepEqual(find(hidden(subnets({ tags: { Tier: "internal" } }), "tags")).found, [["a", 1]]);
    const { found, unknowns } = find(hidden(subnets({}, true), "subnetIds"));
    assert.deepEqual(found, [
      ["a", 1],
      ["c", 1],
    ]);
    assert.match(unknowns.join(), /subnet group subnetgroup-data/);
  });

  it("that a configuration misspells, or that stand outside the stack, are named", () => {
    assert.match(find(subnets({}).resources(true), { databaseSubnets: ["x"] }).unknowns.join(), /the configured "x"/);
    const stack = subnets({});
    stack.add("aws:rds/instance:Instance", "db", {});
    assert.match(find(stack.resources(true)).unknowns.join(), /the account's default subnet group, .* instance-db/);
    const replica = subnets({});
    replica.add("aws:rds/instance:Instance", "db", { replicateSourceDb: "primary" });
    assert.deepEqual(find(replica.resources(true)).unknowns, []);
  });
});
