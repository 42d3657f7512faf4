import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import { mentions } from "../../../policies/reachability/mentions";
import type { Party } from "../../../policies/reachability/parties";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { resource } from "./plain-resource";

describe("what a property mentions", () => {
  const subnet = resource("aws:ec2/subnet:Subnet", "subnet-1");
  const machine = resource("aws:ec2/instance:Instance", "i-1", { arn: "arn:i-1" });
  const card = resource("aws:ec2/networkInterface:NetworkInterface", "eni-1");
  const ofMachine = resource("aws:ec2/eip:Eip", "eip-1", { allocationId: "eipalloc-1", instance: "i-1" });
  const ofCard = resource("aws:ec2/eip:Eip", "eip-2", { allocationId: "eipalloc-2", networkInterface: "eni-1" });
  const ofNobody = resource("aws:ec2/eip:Eip", "eip-3", { allocationId: "eipalloc-3" });
  const partyOf = (own: Resource, interfaces: Party["interfaces"] = []): Party => ({
    kind: "instance",
    resource: own,
    label: own.name,
    subnets: { candidates: [subnet], external: false, id: undefined, absent: false },
    spread: false,
    groups: undefined,
    publicAddress: "no",
    interfaces,
  });
  const party = partyOf(machine, [{ party: partyOf(card), answer: "yes" }]);
  const asked = (value: Value, behind?: Record<string, readonly string[]>) => {
    const door = resource("aws:x:Door", "door", { leadsTo: value }, behind);
    return mentions(new Links([subnet, machine, card, ofMachine, ofCard, ofNobody, door]), door, "leadsTo", party);
  };

  it("is a party by id, ARN, interface, subnet or elastic address, however deep it stands", () => {
    for (const name of ["i-1", "arn:i-1", "eni-1", "subnet-1", "eipalloc-1", "eipalloc-2"]) {
      assert(asked(name), name);
      assert(asked([{ inner: { id: name } }]), name);
    }
  });

  it("isn't one by any other text", () => {
    for (const other of ["i-2", "eipalloc-3", "", 1, true, undefined, null, [], {}]) assert(!asked(other));
  });

  it("may be any party while it isn't known, unless the program says what stands behind it", () => {
    assert(asked(UNKNOWN));
    assert(asked([{ id: UNKNOWN }]));
    assert(asked([UNKNOWN, "i-2"], { leadsTo: [machine.urn] }));
    assert(!asked(UNKNOWN, { leadsTo: ["another"] }));
    assert(!asked(UNKNOWN, { other: [machine.urn] }));
  });
});
