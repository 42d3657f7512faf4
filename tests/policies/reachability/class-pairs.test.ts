import assert from "node:assert/strict";
import fc from "fast-check";
import { type ClassEnd, classPairs } from "../../../policies/reachability/class-pairs";
import { type Alternatives, connectionsBetween } from "../../../policies/reachability/connections";
import { readNetwork } from "../../../policies/reachability/network";
import type { Endpoint } from "../../../policies/reachability/query";
import { Traffic } from "../../../policies/reachability/traffic";
import { networkOf } from "../../bench/reachability-network";
import { Stack } from "../stack";
import { randomNetwork } from "./random-network";

type Id = ReturnType<Stack["add"]>["id"];

const endpoint = (end: ClassEnd, at: number): Endpoint =>
  end === "internet" ? { kind: "internet" } : { kind: "party", urn: (end.members[at] ?? end.members[0]).resource.urn };

/** Of each way that isn't blocked: which of the requests, and of those that are answered, are certain. */
function open(alternatives: Alternatives): readonly string[] {
  const ways = alternatives.map((courses) =>
    courses.map(({ traffic, works }) => [traffic, works].map(({ must, may }) => [!must.isEmpty, !may.isEmpty])),
  );
  return ways.filter((way) => way.flat(2).includes(true)).map((way) => JSON.stringify(way));
}

describe("pairs of classes", function () {
  this.timeout(120_000);

  it("are connected as the members are that stand for them, whatever isn't known (M4)", () => {
    for (const known of [true, false]) {
      fc.assert(
        fc.property(randomNetwork, (stack) => {
          const network = readNetwork(stack.resources(known));
          for (const { from, to, alternatives } of classPairs(network, Traffic.all)) {
            const ends = { from: endpoint(from, 0), to: endpoint(to, from === to ? 1 : 0) };
            assert.deepEqual(open(alternatives), open(connectionsBetween(network, ends, Traffic.all)));
          }
        }),
        { numRuns: 25 },
      );
    }
  });

  it("that groups keep apart follow no way, and are those that no way connects, in a network of VPCs (M4)", () => {
    const network = readNetwork(networkOf(250, 3));
    let barred = 0;
    for (const { from, to, alternatives } of classPairs(network, Traffic.all)) {
      if (alternatives[0][0].path.length > 0 || alternatives.length > 1) continue;
      barred += 1;
      const ends = { from: endpoint(from, 0), to: endpoint(to, from === to ? 1 : 0) };
      assert.deepEqual(open(alternatives), open(connectionsBetween(network, ends, Traffic.all)));
    }
    assert.ok(barred > 50, String(barred));
  });

  it("aren't kept apart by groups where a route leads to what isn't known (M4)", () => {
    const { stack, near } = twoVpcs("10.9.0.0/16");
    const unknown = {
      routeTableId: near.table,
      destinationCidrBlock: "10.1.0.0/16",
      networkInterfaceId: "eni-elsewhere",
    };
    stack.add("aws:ec2/route:Route", "appliance", unknown);
    assert.deepEqual(agreeing(stack), { open: true });
  });

  it("aren't kept apart by groups that let in a NAT gateway on the way (M4)", () => {
    const { stack, near, outer, far } = twoVpcs("10.0.1.0/24");
    const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: outer, connectivityType: "private" });
    const peering = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peering", {
      vpcId: near.vpc,
      peerVpcId: far.vpc,
      autoAccept: true,
    });
    const route = (name: string, inputs: Parameters<Stack["add"]>[2]) => stack.add("aws:ec2/route:Route", name, inputs);
    route("to nat", { routeTableId: near.table, destinationCidrBlock: "10.1.0.0/16", natGatewayId: nat.id });
    for (const [name, routeTableId, destinationCidrBlock] of [
      ["there", near.outerTable, "10.1.0.0/16"],
      ["back", far.table, "10.0.0.0/16"],
    ] as const)
      route(name, { routeTableId, destinationCidrBlock, vpcPeeringConnectionId: peering.id });
    assert.deepEqual(agreeing(stack), { open: true });
  });
});

/** A machine "a" in one VPC, which has a second subnet too, and a machine "b" in another, whose group lets the block in. */
function twoVpcs(block: string) {
  const stack = new Stack();
  const vpc = (name: string, cidrBlock: string) => stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock }).id;
  const subnet = (name: string, vpcId: Id, cidrBlock: string) => {
    const { id: subnetId } = stack.add("aws:ec2/subnet:Subnet", name, { vpcId, cidrBlock });
    const { id: routeTableId } = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId });
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, { subnetId, routeTableId });
    return { subnetId, routeTableId };
  };
  const machine = (name: string, vpcId: Id, subnetId: Id, cidrBlocks: readonly string[]) => {
    const everything = { protocol: "-1", fromPort: 0, toPort: 0 };
    const group = stack.add("aws:ec2/securityGroup:SecurityGroup", name, {
      vpcId,
      ingress: [{ ...everything, cidrBlocks }],
      egress: [{ ...everything, cidrBlocks: ["0.0.0.0/0"] }],
    });
    stack.add("aws:ec2/instance:Instance", name, { subnetId, vpcSecurityGroupIds: [group.id] });
  };
  const [first, second] = [vpc("one", "10.0.0.0/16"), vpc("two", "10.1.0.0/16")];
  const own = subnet("own", first, "10.0.0.0/24");
  const outer = subnet("outer", first, "10.0.1.0/24");
  const other = subnet("other", second, "10.1.0.0/24");
  machine("a", first, own.subnetId, ["10.9.0.0/16"]);
  machine("b", second, other.subnetId, [block]);
  return {
    stack,
    outer: outer.subnetId,
    near: { vpc: first, table: own.routeTableId, outerTable: outer.routeTableId },
    far: { vpc: second, table: other.routeTableId },
  };
}

/** Is anything open from "a" to "b"? The same by the pair of classes as by the machines. */
function agreeing(stack: Stack): { readonly open: boolean } {
  const network = readNetwork(stack.resources(true));
  const named = (end: ClassEnd, name: string) => end !== "internet" && end.members[0].resource.name === name;
  const pair = [...classPairs(network, Traffic.all)].find(({ from, to }) => named(from, "a") && named(to, "b"));
  assert.ok(pair !== undefined);
  const ends = { from: endpoint(pair.from, 0), to: endpoint(pair.to, 0) };
  assert.deepEqual(open(pair.alternatives), open(connectionsBetween(network, ends, Traffic.all)));
  return { open: open(pair.alternatives).length > 0 };
}
