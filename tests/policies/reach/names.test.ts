import assert from "node:assert/strict";
import { Names } from "../../../policies/reach/names";
import type { PartyEntry } from "../../../policies/reachability/party-list";
import type { Resource } from "../../../policies/reachability/resources";

function party(type: string, name: string, id: string | undefined, role?: string): PartyEntry {
  return { type, name, id, role, urn: `urn:pulumi:test::p::${type}::${name}` };
}

const instance = "aws:ec2/instance:Instance";
const database = "aws:rds/instance:Instance";
const parties = [
  party(instance, "relay-a", "i-1", "relay"),
  party(instance, "relay-c", "i-2", "relay"),
  party(instance, "web", "i-3", "web"),
  party(instance, "accounts", "i-4"),
  party(database, "accounts", undefined),
  party(instance, "archive", "i-5", "storage"),
  party(instance, "storage", "i-6", "disks"),
];
const group: Resource = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "gate",
  urn: "urn:pulumi:test::p::aws:ec2/securityGroup:SecurityGroup::gate",
  props: { id: "sg-1" },
  propertyDependencies: {},
};
const component: Resource = {
  ...group,
  type: "shop:gate:Gate",
  urn: "urn:pulumi:test::p::shop:gate:Gate::gate",
  props: {},
};
const names = new Names(parties, [component, group]);

function labels(name: string): readonly string[] {
  const found = names.resolve(name);
  assert.ok(!("problem" in found), `${name} isn't found`);
  return found.members.map(({ label }) => label);
}

function problem(name: string): string {
  const found = names.resolve(name);
  assert.ok("problem" in found, `${name} is found`);
  return found.problem;
}

describe("Names", () => {
  it("finds an AWS id, a URN, a logical name and every machine of a role", () => {
    assert.deepEqual(labels("i-1"), ["relay-a (i-1)"]);
    assert.deepEqual(labels(`urn:pulumi:test::p::${database}::accounts`), ["accounts"]);
    assert.deepEqual(labels("relay-c"), ["relay-c (i-2)"]);
    assert.deepEqual(labels("relay"), ["relay-a (i-1)", "relay-c (i-2)"]);
  });
  it("finds an instance by its ARN and by the id of its own interface", () => {
    const [relay] = parties;
    assert(relay !== undefined);
    const props = { id: "i-1", arn: "arn:aws:ec2:ap-northeast-1:1:instance/i-1", primaryNetworkInterfaceId: "eni-1" };
    const instance = { ...group, type: relay.type, name: relay.name, urn: relay.urn, props };
    for (const name of [props.arn, "eni-1", "i-1"]) {
      const found = new Names(parties, [instance]).resolve(name);
      assert("members" in found && found.members.length === 1, name);
      assert.equal(found.members[0]?.label, "relay-a (i-1)");
    }
  });
  it("takes a name for the role when the machine of that name has it", () => {
    assert.deepEqual(labels("web"), ["web (i-3)"]);
  });
  it("finds the internet and any address", () => {
    assert.deepEqual(names.resolve("internet"), {
      members: [{ endpoint: { kind: "internet" }, label: "the internet" }],
    });
    assert.deepEqual(names.resolve("ip:2001:db8::1"), {
      members: [{ endpoint: { kind: "address", address: "2001:db8::1" }, label: "2001:db8::1" }],
    });
    assert.equal(problem("ip:10.0.0"), "has no IP address behind ip:");
  });
  it("lists the candidates of a name of two types", () => {
    assert.equal(
      problem("accounts"),
      "may mean any of 2. Give the id or the URN of one:\n" +
        "    aws:ec2/instance:Instance i-4  urn:pulumi:test::p::aws:ec2/instance:Instance::accounts\n" +
        "    aws:rds/instance:Instance   urn:pulumi:test::p::aws:rds/instance:Instance::accounts",
    );
  });
  it("asks which is meant when another machine goes by the name of a role", () => {
    assert.match(
      problem("storage"),
      /^is a role as well as a name\. Say role:storage, or one of\n.*archive\n.*storage$/,
    );
    assert.deepEqual(labels("role:storage"), ["archive (i-5)"]);
    assert.deepEqual(labels("name:storage"), ["storage (i-6)"]);
  });
  it("says what is nearest, what a resource without an interface is, and what else there is", () => {
    assert.equal(problem("relya"), "isn't there. Did you mean relay?");
    assert.match(problem("gate"), /^is no end of traffic but a SecurityGroup/);
    assert.match(problem("sg-1"), /^is no end of traffic but a SecurityGroup/);
    assert.equal(problem("10.20.30.40"), "isn't there. For an address say ip:10.20.30.40");
    assert.match(problem("something-else-entirely"), /^isn't there\. There are the roles disks, relay, storage, web;/);
  });
});
