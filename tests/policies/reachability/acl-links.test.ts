import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import { aclsOf, permittedByAcl } from "../../../policies/reachability/network-acls";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readSubnets } from "../../../policies/reachability/vpcs";
import { assertExactly } from "./estimates";
import { resource } from "./plain-resource";

const aclType = "aws:ec2/networkAcl:NetworkAcl";
const ruleType = "aws:ec2/networkAclRule:NetworkAclRule";
const defaultType = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const subnet = (vpcId?: Value) => resource("aws:ec2/subnet:Subnet", "subnet-1", vpcId === undefined ? {} : { vpcId });
const own = (props: Record<string, Value> = {}) => resource(aclType, "acl-own", { subnetIds: ["subnet-1"], ...props });

function read(...resources: readonly Resource[]) {
  const links = new Links(resources);
  const [found] = readSubnets(links);
  assert.ok(found);
  return { acls: aclsOf(links, found, "egress"), permitted: permittedByAcl(links, found, "egress") };
}

describe("what a network ACL is linked by", () => {
  const rule = (networkAclId: Value, dependencies: Record<string, readonly string[]> = {}) =>
    resource(ruleType, "rule", { networkAclId, egress: true, ruleNumber: 100, ruleAction: "allow" }, dependencies);
  const certainties = (...resources: readonly Resource[]) =>
    read(subnet("vpc-1"), ...resources).acls[0]?.rules?.map(({ certain }) => certain);

  it("makes a rule certain when it names the ACL, uncertain when it may mean another", () => {
    const other = resource(aclType, "acl-other");
    assert.deepEqual(certainties(own(), other, rule("acl-own")), [true]);
    assert.deepEqual(certainties(own(), rule(UNKNOWN)), [false], "the only one among the resources");
    const both = { networkAclId: [own().urn, other.urn] };
    assert.deepEqual(certainties(own(), other, rule(UNKNOWN, both)), [false], "either of two");
  });

  it("names rules that aren't known among the unknowns", () => {
    const { unknowns } = read(subnet("vpc-1"), own({ egress: UNKNOWN })).permitted;
    assert.deepEqual(unknowns, ["the egress rules of network ACL acl-own", "the place of an ACL rule"]);
  });

  it("reads the code of an ICMP rule", () => {
    const egress = [
      { ruleNo: 1, action: "allow", protocol: "icmp", icmpType: 3, icmpCode: 4, toPort: 0, cidrBlock: "0.0.0.0/0" },
    ];
    const { permitted } = read(subnet("vpc-1"), own({ egress }));
    const code = (value: number) => Traffic.where({ sourcePorts: IntervalSet.range(value, value) });
    assert.ok(!permitted.must.intersect(code(4)).isEmpty);
    assertExactly(
      { ...permitted, must: permitted.must.intersect(code(5)), may: permitted.may.intersect(code(5)) },
      Traffic.none,
    );
  });
});

describe("the default network ACL of a subnet", () => {
  const labels = (...resources: readonly Resource[]) => read(...resources).acls.map(({ label }) => label);
  const vpc = (name: string) => resource("aws:ec2/vpc:Vpc", name, { defaultNetworkAclId: `acl-of-${name}` });
  const adopted = (defaultNetworkAclId: Value) => resource(defaultType, "acl-adopted", { defaultNetworkAclId });

  it("stands outside the resources where the VPC does, or isn't told", () => {
    assert.deepEqual(labels(subnet("vpc-9")), ["the default network ACL of VPC vpc-9"]);
    assert.deepEqual(labels(subnet()), ["the default network ACL of VPC that isn't known"]);
  });

  it("may be the VPC's, or one outside, while the VPC may be either", () => {
    assert.deepEqual(labels(vpc("vpc-1"), subnet(UNKNOWN)), [
      "the default network ACL of VPC vpc-1",
      "the default network ACL of VPC that isn't known",
    ]);
  });

  it("isn't the one that the program adopted of another VPC, but may be one of a VPC that doesn't name its own", () => {
    const two = [vpc("vpc-1"), vpc("vpc-2"), subnet("vpc-1")];
    const made = "the default network ACL of VPC vpc-1";
    assert.deepEqual(labels(...two, adopted("acl-of-vpc-2")), [made]);
    assert.deepEqual(labels(...two, adopted("acl-of-vpc-1")), ["network ACL acl-adopted"]);
    assert.deepEqual(labels(...two, adopted("acl-of-others")), [made]);
    const unnamed = [resource("aws:ec2/vpc:Vpc", "vpc-1"), subnet("vpc-1")];
    assert.deepEqual(labels(...unnamed, adopted("acl-of-others")), [made, "network ACL acl-adopted"]);
  });
});
