import assert from "node:assert/strict";
import { blocks } from "../../../policies/reachability/addresses";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { tablesOfSubnet } from "../../../policies/reachability/route-tables";
import { decide, routesOf } from "../../../policies/reachability/routes";
import { Traffic } from "../../../policies/reachability/traffic";
import { hide, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import { assertExactly } from "./estimates";

type Added = ReturnType<Stack["add"]>;
type Inputs = Parameters<Stack["add"]>[2];

/** A subnet whose table has inline routes, and what `plant` adds to it. */
function routed(inline: readonly Record<string, string>[], plant?: (stack: Stack, table: Added) => void): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  const inputs: Inputs = inline.length === 0 ? { vpcId: vpc.id } : { vpcId: vpc.id, routes: inline };
  const table = stack.add("aws:ec2/routeTable:RouteTable", "a", inputs);
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", {
    subnetId: subnet.id,
    routeTableId: table.id,
  });
  plant?.(stack, table);
  return stack;
}

/** What goes to each target, by the target's label. */
function decisions(resources: readonly Resource[]) {
  const { links, subnets } = readNetwork(resources);
  const [subnet] = subnets;
  assert.ok(subnet);
  const [table] = tablesOfSubnet(links, subnet);
  assert.ok(table);
  return decide(links, subnet, routesOf(links, table)).map(({ route, traffic }) => ({
    targets: route.targets.map(({ label }) => label),
    traffic,
  }));
}

const to = (...texts: string[]) => Traffic.where({ destination: blocks(...texts) });
const route = (stack: Stack, table: Added, name: string, inputs: Inputs) =>
  stack.add("aws:ec2/route:Route", name, { routeTableId: table.id, ...inputs });

describe("routes", () => {
  it("are decided by the longest prefix; the VPC's own block stays local", () => {
    const stack = routed([
      { cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
      { cidrBlock: "52.0.0.0/8", gatewayId: "igw-1" },
    ]);
    const [local, gateway, nat, ...others] = decisions(stack.resources(true));
    assert.ok(local && gateway && nat && others.length === 0);
    assert.deepEqual([local.targets, gateway.targets, nat.targets], [["local"], ["igw-1"], ["nat-1"]]);
    assertExactly(local.traffic, to("10.0.0.0/16"));
    assertExactly(gateway.traffic, to("52.0.0.0/8"));
    assertExactly(nat.traffic, to("0.0.0.0/0").subtract(to("10.0.0.0/16", "52.0.0.0/8")));
  });

  for (const deployed of [true, false]) {
    it(`of the table and of their own count together, ids ${deployed ? "known" : "unknown"}`, () => {
      const stack = routed([{ cidrBlock: "52.0.0.0/8", gatewayId: "igw-1" }], (made, table) => {
        route(made, table, "out", { destinationCidrBlock: "53.0.0.0/8", natGatewayId: "nat-1" });
      });
      const found = decisions(stack.resources(deployed));
      assert.deepEqual(found.map(({ targets }) => targets.join()).sort(), ["igw-1", "local", "nat-1"]);
    });
  }

  it("to one destination are one, with either target", () => {
    const stack = routed([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }], (made, table) => {
      route(made, table, "out", { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" });
    });
    const [, both, ...others] = decisions(stack.resources(true));
    assert.deepEqual([both?.targets, others], [["nat-1", "igw-1"], []]);
  });

  it("that a refresh found in a table give way to the resources that say so now", () => {
    const stack = routed([], (made, table) => {
      route(made, table, "out", { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-new" });
    });
    const refreshed = stack
      .resources(true)
      .map((each) =>
        each.type === "aws:ec2/routeTable:RouteTable"
          ? { ...each, props: { ...each.props, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-old" }] } }
          : each,
      );
    assert.deepEqual(decisions(refreshed)[1]?.targets, ["nat-new"]);
  });

  it("go to the entries of a prefix list", () => {
    const stack = routed([], (made, table) => {
      const list = made.add("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
        entries: [{ cidr: "52.0.0.0/8" }],
      });
      route(made, table, "out", { destinationPrefixListId: list.id, natGatewayId: "nat-1" });
    });
    for (const deployed of [true, false]) {
      const [, out] = decisions(stack.resources(deployed));
      assert.ok(out);
      assertExactly(out.traffic, to("52.0.0.0/8"));
    }
  });

  const planted = routed([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }], (made, table) => {
    route(made, table, "out", { destinationCidrBlock: "52.0.0.0/8", natGatewayId: "nat-1" });
  });
  for (const key of ["destinationCidrBlock", "routeTableId"]) {
    it(`take traffic perhaps, and leave others perhaps, while ${key} isn't known`, () => {
      const resources = withoutDependencies(planted.resources(true)).map((each) =>
        each.name === "out" ? hide(each, [key]) : each,
      );
      const found = decisions(resources);
      const floating = found.find(({ targets }) => targets.includes("nat-1"));
      const gateway = found.find(({ targets }) => targets.includes("igw-1"));
      assert.ok(floating && gateway);
      assert.ok(floating.traffic.must.isEmpty && to("52.0.0.0/8").isSubsetOf(floating.traffic.may));
      assert.ok(gateway.traffic.must.intersect(to("52.0.0.0/8")).isEmpty);
      assert.ok(to("52.0.0.0/8").isSubsetOf(gateway.traffic.may));
    });
  }

  it("may be anything while the table's list isn't known", () => {
    const resources = withoutDependencies(planted.resources(true)).map((each) =>
      each.type === "aws:ec2/routeTable:RouteTable" ? hide(each, ["routes"]) : each,
    );
    const floating = decisions(resources).at(-1);
    assert.ok(floating);
    assert.ok(floating.traffic.must.isEmpty && to("0.0.0.0/0").isSubsetOf(floating.traffic.may));
    assert.match(floating.traffic.unknowns.join(), /the routes of route table routetable-a/);
  });
});
