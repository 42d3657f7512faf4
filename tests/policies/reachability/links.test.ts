import assert from "node:assert/strict";
import { followList, isExactly, isVpc, type Link, Links, mayBe } from "../../../policies/reachability/links";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";

const subnet = "aws:ec2/subnet:Subnet";
const group = "aws:rds/subnetGroup:SubnetGroup";
const vpc = "aws:ec2/vpc:Vpc";

type Props = Readonly<Record<string, Value>>;
function resource(type: string, name: string, props: Props, behind: Record<string, readonly string[]> = {}): Resource {
  return { type, name, urn: name, props, propertyDependencies: behind };
}

const a = resource(subnet, "a", { id: "subnet-a" });
const b = resource(subnet, "b", { id: "subnet-b" });
const newA = resource(subnet, "a", { id: UNKNOWN });
const newB = resource(subnet, "b", { id: UNKNOWN });

const names = ({ candidates }: Pick<Link, "candidates">) => candidates.map(({ name }) => name);

describe("links", () => {
  const follow = (value: Value, behind: Record<string, readonly string[]>, ...others: Resource[]) => {
    const owner = resource("aws:ec2/instance:Instance", "owner", { subnetId: value }, behind);
    return new Links([...others, owner]).follow(owner, "subnetId", subnet);
  };

  it("find a known id", () => {
    const link = follow("subnet-b", {}, a, b);
    assert.ok(isExactly(link, b) && mayBe(link, b) && !mayBe(link, a));
    assert.equal(link.id, "subnet-b");
  });

  it("leave a known id of nobody outside", () => {
    const link = follow("subnet-x", {}, a, b);
    assert.deepEqual([names(link), link.external, link.id], [[], true, "subnet-x"]);
  });

  it("find what an unknown value was made from", () => {
    assert.ok(isExactly(follow(UNKNOWN, { subnetId: ["a"] }, newA, newB), newA));
  });

  it("leave open which, when it was made from several", () => {
    const link = follow(UNKNOWN, { subnetId: ["a", "b"] }, newA, newB);
    assert.deepEqual([names(link), link.external], [["a", "b"], false]);
    assert.ok(!isExactly(link, newA) && mayBe(link, newA));
  });

  it("go on through a resource of another type", () => {
    const between = resource("aws:ec2/x:X", "x", {}, { subnetId: ["a"] });
    assert.ok(isExactly(follow(UNKNOWN, { subnetId: ["x"] }, newA, newB, between), newA));
  });

  it("end where dependencies run in a circle", () => {
    const [x, y] = ["x", "y"].map((name, at) => resource("aws:ec2/x:X", name, {}, { other: [at === 0 ? "y" : "x"] }));
    assert.ok(x && y);
    const link = follow(UNKNOWN, { subnetId: ["x"] }, newA, x, y);
    assert.deepEqual([names(link), link.external], [["a"], true]);
  });

  it("may mean anything of the type, or something outside, when nothing is known", () => {
    const link = follow(UNKNOWN, {}, newA, newB);
    assert.deepEqual([names(link), link.external], [["a", "b"], true]);
  });

  it("don't lead anywhere when AWS will fill the property in", () => {
    assert.ok(follow(UNKNOWN, { vpcId: [] }, newA).absent);
    assert.ok(follow(undefined, {}, newA).absent);
    assert.ok(follow("", {}, newA).absent);
  });

  it("take a known value for a resource that doesn't show its id, if it was made from it", () => {
    assert.ok(isExactly(follow("subnet-a", { subnetId: ["a"] }, newA, b), newA));
    const link = follow("subnet-a", {}, newA, b);
    assert.deepEqual([names(link), link.external], [["a"], true]);
  });

  it("find by the other names that AWS takes", () => {
    const owner = resource("aws:rds/instance:Instance", "db", { dbSubnetGroupName: "data" });
    const named = resource(group, "group", { id: "sg-1", name: "data" });
    assert.ok(isExactly(new Links([owner, named]).follow(owner, "dbSubnetGroupName", group), named));
  });

  it("take a VPC for the table, ACL and group that AWS makes with it", () => {
    const main = resource(vpc, "main", { id: "vpc-1", mainRouteTableId: "rtb-1" });
    const route = resource("aws:ec2/route:Route", "route", { routeTableId: "rtb-1" });
    assert.ok(isVpc(main) && !isVpc(route));
    const link = new Links([main, route]).follow(route, "routeTableId", "aws:ec2/routeTable:RouteTable", vpc);
    assert.ok(isExactly(link, main));
  });
});

describe("lists of links", () => {
  const list = (value: Value, behind: Record<string, readonly string[]>, ...others: Resource[]) => {
    const owner = resource(group, "owner", { subnetIds: value }, behind);
    const found = followList(new Links([...others, owner]), owner, "subnetIds", [subnet]);
    return {
      certain: found.certain.map(({ name }) => name),
      possible: found.possible.map(({ name }) => name),
      someOfPossible: found.someOfPossible,
      outside: found.outside,
      absent: found.absent,
    };
  };
  const nothing = { certain: [], possible: [], someOfPossible: false, outside: [], absent: false };

  it("hold what their ids name", () => {
    assert.deepEqual(list(["subnet-a", "subnet-x"], {}, a, b), { ...nothing, certain: ["a"], outside: ["subnet-x"] });
  });

  it("hold every candidate when there are as many items", () => {
    const behind = { subnetIds: ["a", "b"] };
    assert.deepEqual(list([UNKNOWN, UNKNOWN], behind, newA, newB), { ...nothing, certain: ["a", "b"] });
  });

  it("hold some of the candidates when there are fewer items", () => {
    const behind = { subnetIds: ["a", "b"] };
    const some = { ...nothing, possible: ["a", "b"], someOfPossible: true };
    assert.deepEqual(list([UNKNOWN], behind, newA, newB), some);
    assert.deepEqual(list(UNKNOWN, behind, newA, newB), some);
  });

  it("don't count an item that stands outside among the items of the candidates", () => {
    const behind = { subnetIds: ["a", "b"] };
    const shown = list(["subnet-x", UNKNOWN], behind, a, b);
    assert.deepEqual(shown, { ...nothing, possible: ["a", "b"], someOfPossible: true, outside: ["subnet-x"] });
  });

  it("hold the only resource that an unknown list was made from", () => {
    assert.deepEqual(list(UNKNOWN, { subnetIds: ["a"] }, newA, newB), { ...nothing, certain: ["a"] });
  });

  it("may hold anything when nothing is known", () => {
    assert.deepEqual(list(UNKNOWN, {}, newA), { ...nothing, possible: ["a"], outside: [undefined] });
  });

  it("are absent when not given", () => {
    assert.deepEqual(list(undefined, {}, a), { ...nothing, absent: true });
    assert.deepEqual(list(UNKNOWN, { name: [] }, a), { ...nothing, absent: true });
  });
});
