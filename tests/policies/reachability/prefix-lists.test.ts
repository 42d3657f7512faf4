import assert from "node:assert/strict";
import { type Link, Links } from "../../../policies/reachability/links";
import { prefixListBlocks } from "../../../policies/reachability/prefix-lists";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { hide, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import { addSubnet, addVpc, blocked, reachable, undetermined, verdicts } from "./routed-vpcs";

describe("the entries of a prefix list", () => {
  const linkTo = (link: Partial<Link>): Link => ({
    candidates: [],
    external: false,
    id: undefined,
    absent: false,
    ...link,
  });
  const list = (entries: Value) => {
    const made: Resource = {
      type: "aws:ec2/managedPrefixList:ManagedPrefixList",
      name: "list",
      urn: "list",
      props: { id: "pl-1", entries },
      propertyDependencies: {},
    };
    return prefixListBlocks(new Links([made]), linkTo({ candidates: [made] }))?.map(({ text }) => text);
  };

  it("are known when all of them are", () => {
    assert.deepEqual(list([{ cidr: "10.0.0.0/8" }, { cidr: "::/0" }]), ["10.0.0.0/8", "::/0"]);
    assert.deepEqual(list([]), []);
    for (const unknown of [UNKNOWN, [UNKNOWN], [{ cidr: UNKNOWN }], [{ cidr: "10.0.0.0/8" }, { cidr: "?" }]] as Value[])
      assert.equal(list(unknown), undefined);
  });

  it("aren't known outside the stack", () => {
    assert.equal(prefixListBlocks(new Links([]), linkTo({ external: true, id: "pl-1" })), undefined);
  });
});

describe("a route to a prefix list", () => {
  /** A machine whose route to the entries leads to a peer, 10.1.0.0/16. */
  function listed(inline: readonly string[], standalone: readonly string[], wide = false): Stack {
    const stack = new Stack();
    const peer = "vpcpeeringconnection-peer";
    const listId = stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
      addressFamily: "IPv4",
      maxEntries: 5,
      ...(inline.length === 0 ? {} : { entries: inline.map((cidr) => ({ cidr })) }),
    }).id;
    for (const cidr of standalone)
      stack.add("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", cidr, { prefixListId: listId, cidr });
    const own = addVpc(stack, 0, () => [
      { destinationPrefixListId: listId, vpcPeeringConnectionId: peer },
      ...(wide ? [{ cidrBlock: "10.1.0.0/16", natGatewayId: "natgateway-nowhere" }] : []),
    ]);
    const other = addVpc(stack, 1, () => [{ cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peer }]);
    stack.add("aws:ec2/natGateway:NatGateway", "nowhere", {
      subnetId: addSubnet(stack, own.vpc, "nat", "10.0.3.0/24", []).subnet,
      connectivityType: "private",
    });
    const inputs = { vpcId: own.vpc, peerVpcId: other.vpc };
    stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", inputs, { acceptStatus: "active" });
    return stack;
  }

  it("leads to its inline entries and to those that are resources of their own", () => {
    for (const stack of [
      listed(["10.1.0.0/24"], []),
      listed([], ["10.1.0.0/24"]),
      listed(["172.16.0.0/12"], ["10.1.0.0/24"]),
    ])
      assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), reachable);
    for (const stack of [listed(["10.1.9.0/24"], []), listed([], ["10.1.9.0/24"]), listed([], [])])
      assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), blocked);
  });

  it("goes before a less specific block, but after a block of the same length", () => {
    assert.deepEqual(verdicts(listed(["10.1.0.0/24"], [], true).resources(true), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(listed(["10.1.0.0/16"], [], true).resources(true), "v0", "v1"), blocked);
  });

  for (const key of ["cidr", "prefixListId"]) {
    it(`may lead anywhere while the ${key} of an entry isn't known`, () => {
      const hidden = listed(["172.16.0.0/12"], ["10.1.0.0/24"])
        .resources(true)
        .map((each) => (each.type.endsWith("ListEntry") ? hide(each, [key]) : each));
      assert.deepEqual(verdicts(withoutDependencies(hidden), "v0", "v1"), undetermined);
    });
  }
});
