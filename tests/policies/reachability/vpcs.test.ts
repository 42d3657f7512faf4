import assert from "node:assert/strict";
import { blocks } from "../../../policies/reachability/addresses";
import { unknownVpcSpace } from "../../../policies/reachability/axioms";
import { type Link, Links } from "../../../policies/reachability/links";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { readSubnets, sameVpc, spaceOf } from "../../../policies/reachability/vpcs";
import { assertExactly, assertOpen } from "./estimates";

const resource = (type: string, name: string, props: Record<string, Value>): Resource => ({
  type,
  name,
  urn: name,
  props,
  propertyDependencies: {},
});
const vpc = (name: string, props: Record<string, Value>) =>
  resource("aws:ec2/vpc:Vpc", name, { id: `vpc-${name}`, ...props });
const to = (link: Partial<Link>): Link => ({ candidates: [], external: false, id: undefined, absent: false, ...link });

describe("subnets", () => {
  const read = (props: Record<string, Value>) => {
    const [subnet] = readSubnets(new Links([resource("aws:ec2/subnet:Subnet", "a", { id: "subnet-a", ...props })]));
    assert.ok(subnet);
    return subnet;
  };

  it("send from their blocks of both families", () => {
    const subnet = read({ cidrBlock: "10.0.0.0/24", ipv6CidrBlock: "2001:db8::/64" });
    assert.equal(subnet.label, "10.0.0.0/24");
    assertExactly(subnet.senders, Traffic.where({ source: blocks("10.0.0.0/24", "2001:db8::/64") }));
  });

  it("may send from any address of a family whose block isn't known", () => {
    const subnet = read({ cidrBlock: UNKNOWN });
    assert.equal(subnet.label, "subnet-a");
    assertOpen(subnet.senders, Traffic.where({ source: blocks("0.0.0.0/0") }));
    assert.ok(subnet.senders.may.intersect(Traffic.where({ source: blocks("::/0") })).isEmpty);
  });
});

describe("the space of a VPC", () => {
  const space = (main: Resource, ...others: Resource[]) =>
    spaceOf(new Links([main, ...others]), to({ candidates: [main] }));
  const more = (props: Record<string, Value>) =>
    resource("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more", props);

  it("is its block and those that were added", () => {
    const found = space(vpc("a", { cidrBlock: "10.0.0.0/16" }), more({ vpcId: "vpc-a", cidrBlock: "10.5.0.0/16" }));
    assert.deepEqual(
      found.blocks.map(({ text }) => text),
      ["10.0.0.0/16", "10.5.0.0/16"],
    );
    assert.ok(found.possible.isEmpty);
  });

  it("leaves out another VPC's", () => {
    const found = space(
      vpc("a", { cidrBlock: "10.0.0.0/16" }),
      vpc("b", {}),
      more({ vpcId: "vpc-b", cidrBlock: "10.5.0.0/16" }),
    );
    assert.equal(found.blocks.length, 1);
    assert.ok(found.possible.isEmpty);
  });

  it("has an added block perhaps while it isn't known whose it is", () => {
    const main = vpc("a", { cidrBlock: "10.0.0.0/16" });
    const found = space(main, more({ vpcId: UNKNOWN, cidrBlock: "52.5.0.0/16" }));
    assert.equal(found.blocks.length, 1);
    assert.ok(found.possible.equals(blocks("52.5.0.0/16")));
  });

  it("may be private space while a block, or the VPC, isn't known", () => {
    assert.ok(space(vpc("a", { cidrBlock: UNKNOWN })).possible.equals(unknownVpcSpace));
    const added = space(vpc("a", { cidrBlock: "10.0.0.0/16" }), more({ vpcId: "vpc-a", cidrBlock: UNKNOWN }));
    assert.ok(added.possible.equals(unknownVpcSpace));
    assert.ok(spaceOf(new Links([]), to({ external: true, id: "vpc-x" })).possible.equals(unknownVpcSpace));
  });
});

describe("two links to VPCs", () => {
  const [a, b] = [vpc("a", {}), vpc("b", {})];
  const cases: readonly (readonly [string, Link, Link, string])[] = [
    ["to one resource", to({ candidates: [a] }), to({ candidates: [a] }), "yes"],
    ["to two resources", to({ candidates: [a] }), to({ candidates: [b] }), "no"],
    ["to one foreign id", to({ external: true, id: "vpc-x" }), to({ external: true, id: "vpc-x" }), "yes"],
    ["to two foreign ids", to({ external: true, id: "vpc-x" }), to({ external: true, id: "vpc-y" }), "no"],
    ["one of them open", to({ candidates: [a, b] }), to({ candidates: [a] }), "perhaps"],
    ["one of them perhaps foreign", to({ candidates: [a], external: true }), to({ candidates: [a] }), "perhaps"],
    ["one of them absent", to({ absent: true }), to({ candidates: [a] }), "perhaps"],
    ["foreign without an id", to({ external: true }), to({ external: true }), "perhaps"],
  ];
  for (const [what, one, other, expected] of cases) {
    it(`${what}: ${expected === "yes" ? "the same" : expected === "no" ? "another" : "open"}`, () => {
      assert.equal(sameVpc(one, other), expected);
      assert.equal(sameVpc(other, one), expected);
    });
  }
});
