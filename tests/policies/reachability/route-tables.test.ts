import assert from "node:assert/strict";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { tablesOfSubnet } from "../../../policies/reachability/route-tables";
import { hide, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";

type Added = ReturnType<Stack["add"]>;

function oneSubnet(plant: (stack: Stack, vpc: Added, subnet: Added) => void): Stack {
  const stack = new Stack();
  const outputs = { mainRouteTableId: "rtb-made", defaultRouteTableId: "rtb-made" };
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, outputs);
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  plant(stack, vpc, subnet);
  return stack;
}

function tables(resources: readonly Resource[]): readonly string[] {
  const { links, subnets } = readNetwork(resources);
  const [subnet] = subnets;
  assert.ok(subnet);
  return tablesOfSubnet(links, subnet).map(({ label }) => label);
}

const associated = oneSubnet((stack, vpc, subnet) => {
  const table = stack.add("aws:ec2/routeTable:RouteTable", "own", { vpcId: vpc.id });
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "own", {
    subnetId: subnet.id,
    routeTableId: table.id,
  });
});

describe("the route table of a subnet", () => {
  it("is the one associated with it", () => {
    assert.deepEqual(tables(associated.resources(true)), ["routetable-own"]);
    assert.deepEqual(tables(associated.resources(false)), ['"own"']);
  });

  it("is else the main table that AWS makes with the VPC", () => {
    const stack = oneSubnet(() => undefined);
    assert.deepEqual(tables(stack.resources(true)), ["main of VPC vpc-main"]);
    assert.deepEqual(tables(stack.resources(false)), ['main of VPC "main"']);
  });

  it("is the main table as the program adopted it", () => {
    const stack = oneSubnet((made, vpc) => {
      const inputs = { defaultRouteTableId: vpc.of("defaultRouteTableId") };
      made.add("aws:ec2/defaultRouteTable:DefaultRouteTable", "adopted", inputs);
    });
    assert.deepEqual(tables(stack.resources(true)), ["defaultroutetable-adopted"]);
    assert.deepEqual(tables(stack.resources(false)), ['"adopted"']);
  });

  it("is the table that was made the main one", () => {
    const stack = oneSubnet((made, vpc) => {
      const table = made.add("aws:ec2/routeTable:RouteTable", "other", { vpcId: vpc.id });
      const inputs = { vpcId: vpc.id, routeTableId: table.id };
      made.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "other", inputs);
    });
    assert.deepEqual(tables(stack.resources(true)), ["routetable-other"]);
    assert.deepEqual(tables(stack.resources(false)), ['"other"']);
  });

  it("may be another while it isn't known whose an association is", () => {
    const resources = withoutDependencies(associated.resources(true));
    const hidden = (key: string) =>
      resources.map((each) => (each.type.endsWith("Association") ? hide(each, [key]) : each));
    assert.deepEqual(tables(hidden("subnetId")), ["routetable-own", "main of VPC vpc-main"]);
    assert.deepEqual(tables(hidden("routeTableId")), ["routetable-own", "main of VPC vpc-main", "that isn't known"]);
  });

  it("may lie outside the stack, and a foreign VPC's main table does", () => {
    const foreign = oneSubnet((stack, _vpc, subnet) => {
      const inputs = { subnetId: subnet.id, routeTableId: "rtb-of-others" };
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "own", inputs);
    });
    assert.deepEqual(tables(foreign.resources(true)), ["rtb-of-others"]);
    const lone = new Stack();
    lone.add("aws:ec2/subnet:Subnet", "a", { vpcId: "vpc-of-others", cidrBlock: "10.0.0.0/24" });
    assert.deepEqual(tables(lone.resources(true)), ["main of VPC vpc-of-others"]);
  });
});
