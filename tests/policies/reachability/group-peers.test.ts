import assert from "node:assert/strict";
import { type Link, Links } from "../../../policies/reachability/links";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import {
  type Groups,
  type Peer,
  permittedByGroups,
  readGroups,
  rulesOf,
} from "../../../policies/reachability/security-groups";
import { Traffic } from "../../../policies/reachability/traffic";
import { assertExactly, assertOpen } from "./estimates";
import { resource } from "./plain-resource";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const [a, b, c] = [resource(groupType, "sg-a"), resource(groupType, "sg-b"), resource(groupType, "sg-c")];
const vpc = resource("aws:ec2/vpc:Vpc", "vpc-1", { defaultSecurityGroupId: "sg-made" });
const having = (groups: Partial<Groups>): Groups => ({ certain: [], possible: [], outside: [], ...groups });
const only = (group: Resource): Groups => having({ certain: [group] });

/** What a group whose one rule refers to a value lets in from a peer. */
function letIn(value: Value, peer: Peer, others: readonly Resource[], from: readonly Resource[] = []) {
  const ingress: Value = [{ protocol: "-1", fromPort: 0, toPort: 0, securityGroups: [value] }];
  const dependencies = from.length === 0 ? {} : { ingress: from.map(({ urn }) => urn) };
  const group = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "sg-own", { ingress }, dependencies);
  return permittedByGroups(new Links([group, ...others]), only(group), "ingress", peer);
}

describe("a rule that refers to a group", () => {
  it("lets in who certainly has it, and nobody who certainly hasn't", () => {
    assertExactly(letIn("sg-a", having({ certain: [c, a] }), [a, b, c]), Traffic.all);
    assertExactly(letIn("sg-a", having({ certain: [c], possible: [b] }), [a, b, c]), Traffic.none);
    assertExactly(letIn("sg-a", undefined, [a, b, c]), Traffic.none);
  });

  it("lets in a group of another account, which it names with the account", () => {
    assertExactly(letIn("111111111111/sg-a", only(a), [a, b]), Traffic.all);
    assertExactly(letIn("111111111111/sg-a", only(b), [a, b]), Traffic.none);
  });

  it("is open to who may have it", () => {
    assertOpen(letIn("sg-a", having({ certain: [c], possible: [a] }), [a, b, c]), Traffic.all);
    assertOpen(letIn("sg-a", having({ outside: ["a list"] }), [a]), Traffic.all);
  });

  it("is open to the groups it may mean, while it isn't known which of them", () => {
    assertOpen(letIn(UNKNOWN, only(a), [a, b], [a, b]), Traffic.all);
    assertExactly(letIn(UNKNOWN, only(c), [a, b, c], [a, b]), Traffic.none);
    assertExactly(letIn(UNKNOWN, only(a), [a, b], [a]), Traffic.all);
  });

  it("is open to anybody while it may mean a group outside the resources", () => {
    assertOpen(letIn(UNKNOWN, only(a), [a]), Traffic.all);
    assertOpen(letIn("sg-of-others", only(a), [a]), Traffic.all);
  });
});

describe("a rule that refers to a service's prefix list", () => {
  it("is open to what is outside of the network, and lets no party of it in", () => {
    const list = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "vpce-1", { prefixListId: "pl-1" });
    const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, prefixListIds: ["pl-1"] }];
    const group = resource(groupType, "sg-own", { egress });
    const links = new Links([group, list]);
    assertOpen(permittedByGroups(links, only(group), "egress", undefined), Traffic.all);
    assertExactly(permittedByGroups(links, only(group), "egress", only(a)), Traffic.none);
  });
});

describe("the group that AWS makes with a VPC", () => {
  const link = (candidates: readonly Resource[], external: boolean): Link => ({
    candidates,
    external,
    id: "vpc-1",
    absent: false,
  });
  const party = resource("aws:ec2/instance:Instance", "i-1");
  const groupsIn = (...vpcs: Parameters<typeof link>) =>
    readGroups(new Links([party, vpc]), party, "vpcSecurityGroupIds", link(...vpcs));

  it("is a party's that names none, perhaps while its VPC isn't known", () => {
    const second = resource("aws:ec2/vpc:Vpc", "vpc-2");
    const outside = ["the default security group of VPC vpc-1"];
    assert.deepEqual(groupsIn([vpc], false), only(vpc));
    assert.deepEqual(groupsIn([vpc, second], false), having({ possible: [vpc, second] }));
    assert.deepEqual(groupsIn([vpc], true), having({ possible: [vpc], outside }));
    assert.deepEqual(groupsIn([], true), having({ outside }));
  });

  it("says what its rules let pass: to everybody, from itself", () => {
    const peers = (direction: "ingress" | "egress") =>
      rulesOf(new Links([vpc]), vpc, direction, only(vpc)).map((rule) => rule.peers);
    assert.deepEqual([peers("egress"), peers("ingress")], [["0.0.0.0/0"], ["itself"]]);
  });
});
