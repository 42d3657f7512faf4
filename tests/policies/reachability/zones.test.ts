import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import type { Resource, Value } from "../../../policies/reachability/resources";
import { readSubnets } from "../../../policies/reachability/vpcs";
import { sameZone } from "../../../policies/reachability/zones";

type Props = Readonly<Record<string, Value>>;

/** Of two subnets, each with its provider. */
function zonesOf(one: readonly [string, Props], other: readonly [string, Props]) {
  const made = [one, other].map(([provider, props], at): Resource => ({
    type: "aws:ec2/subnet:Subnet",
    name: `${at}`,
    urn: `urn:pulumi:test::stack::aws:ec2/subnet:Subnet::${at}`,
    props: { id: `subnet-${at}`, vpcId: `vpc-${at}`, cidrBlock: `10.${at}.0.0/24`, ...props },
    propertyDependencies: {},
    provider: { urn: provider, region: "ap-northeast-1" },
  }));
  const [a, b] = readSubnets(new Links(made));
  assert.ok(a && b);
  return sameZone(a, b);
}

const [first, second] = [{ availabilityZone: "ap-northeast-1a" }, { availabilityZone: "ap-northeast-1c" }];

describe("the zones of two subnets", () => {
  it("are told apart by name within one account", () => {
    assert.equal(zonesOf(["one", first], ["one", first]), "yes");
    assert.equal(zonesOf(["one", first], ["one", second]), "no");
    const owned = { ownerId: "111111111111" };
    assert.equal(zonesOf(["one", { ...first, ...owned }], ["two", { ...second, ...owned }]), "no");
    assert.equal(zonesOf(["one", { ...first, vpcId: "vpc-1" }], ["two", second]), "no");
  });

  it("are open across accounts while only their names are known, which another account may have for other zones (M4)", () => {
    assert.equal(zonesOf(["one", first], ["two", first]), "perhaps");
    assert.equal(zonesOf(["one", first], ["two", second]), "perhaps");
    const owners = [{ ownerId: "111111111111" }, { ownerId: "222222222222" }] as const;
    assert.equal(zonesOf(["one", { ...first, ...owners[0] }], ["one", { ...first, ...owners[1] }]), "perhaps");
  });

  it("are told by their ids in any accounts", () => {
    const id = (availabilityZoneId: string) => ({ ...first, availabilityZoneId });
    assert.equal(zonesOf(["one", id("apne1-az4")], ["two", id("apne1-az4")]), "yes");
    assert.equal(zonesOf(["one", id("apne1-az4")], ["two", id("apne1-az1")]), "no");
  });
});
