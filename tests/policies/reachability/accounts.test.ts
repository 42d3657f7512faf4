import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import type { Resource, Value } from "../../../policies/reachability/resources";

const made = (type: string, urn: string, provider: string | undefined, props: Record<string, Value>): Resource => ({
  type,
  name: urn,
  urn: `urn:pulumi:test::stack::${type}::${urn}`,
  props,
  propertyDependencies: {},
  ...(provider === undefined ? {} : { provider: { urn: provider, region: "ap-northeast-1" } }),
});
const vpcType = "aws:ec2/vpc:Vpc";
const found = (vpcs: readonly Resource[], asking: Resource) =>
  new Links([...vpcs, asking]).follow(asking, "vpcId", vpcType).candidates.map(({ name }) => name);
const subnet = (provider: string | undefined, more: Record<string, Value> = {}) =>
  made("aws:ec2/subnet:Subnet", "subnet", provider, { vpcId: "vpc-1", ...more });

describe("one name in several accounts or Regions", () => {
  const vpcs = [made(vpcType, "a", "one", { id: "vpc-1" }), made(vpcType, "b", "two", { id: "vpc-1" })];

  it("means the resource of the same provider", () => {
    assert.deepEqual(found(vpcs, subnet("one")), ["a"]);
    assert.deepEqual(found(vpcs, subnet("two")), ["b"]);
  });

  it("may mean each of them, where it is asked from elsewhere", () => {
    assert.deepEqual(found(vpcs, subnet("three")), ["a", "b"]);
    assert.deepEqual(found(vpcs, subnet(undefined)), ["a", "b"]);
  });

  it("means the one that there is, whoever asks", () => {
    assert.deepEqual(found(vpcs.slice(1), subnet("one")), ["b"]);
  });

  it("means the resource of the same Region, where one provider has several", () => {
    const placed = ["ap-northeast-1", "ap-northeast-3"].map((region) =>
      made(vpcType, region, "one", { id: "vpc-1", region }),
    );
    assert.deepEqual(found(placed, subnet("one", { region: "ap-northeast-3" })), ["ap-northeast-3"]);
    assert.deepEqual(found(placed, subnet("one")), ["ap-northeast-1"], "the provider's own");
  });

  it("is one resource where nothing tells them apart", () => {
    const twice = ["first", "last"].map((name) => made(vpcType, name, undefined, { id: "vpc-1" }));
    assert.deepEqual(found(twice, subnet(undefined)), ["last"]);
  });
});
