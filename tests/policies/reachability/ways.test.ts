import assert from "node:assert/strict";
import { allIpv4, blocks } from "../../../policies/reachability/addresses";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { type Place, type Sender, waysFrom } from "../../../policies/reachability/ways";
import { hide, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";

type Added = ReturnType<Stack["add"]>;
type Inputs = Parameters<Stack["add"]>[2];
interface Made {
  readonly stack: Stack;
  readonly vpc: Added;
  readonly edge: Added;
  readonly table: Added;
}

/** Subnet "data" with a table of its own, and "edge" with a route to an internet gateway. */
function tiers(plant: (made: Made) => void): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  const [data, edge] = ["data", "edge"].map((name, at) => {
    const subnet = stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24` });
    const table = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc.id });
    const inputs = { subnetId: subnet.id, routeTableId: table.id };
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, inputs);
    return { subnet, table };
  });
  if (data === undefined || edge === undefined) throw new RangeError("two tiers");
  route(stack, edge.table, "edge", { gatewayId: gateway.id });
  plant({ stack, vpc, edge: edge.subnet, table: data.table });
  return stack;
}

function route(stack: Stack, table: Added, name: string, target: Inputs): void {
  stack.add("aws:ec2/route:Route", name, {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    ...target,
  });
}

const anyone: Sender = { publicAddress: "no", unknown: "the address", acls: "applied" };

function ways(resources: readonly Resource[], sender: Partial<Sender> = {}, to: string = "internet") {
  const network = readNetwork(resources);
  const subnet = (name: string) => network.subnets.find(({ resource }) => resource.name === name);
  const from = subnet("data");
  const place: Place | undefined = to === "internet" ? "internet" : subnet(to);
  assert.ok(from && place);
  return waysFrom(network, from, place, { ...anyone, ...sender });
}

const withNat = (inputs: Inputs = {}) =>
  tiers(({ stack, edge, table }) => {
    const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: edge.id, ...inputs });
    route(stack, table, "out", { natGatewayId: nat.id });
  });
const away = Traffic.where({ destination: blocks("52.0.0.0/8") });
const tcpAway = away.intersect(Traffic.where({ protocol: IntervalSet.range(6, 6) }));

describe("ways to the internet", () => {
  it("lead by a NAT gateway, hop by hop", () => {
    const { traffic, ways: found } = ways(withNat().resources(true));
    assert.ok(tcpAway.isSubsetOf(traffic.must));
    assert.deepEqual(
      found.filter(({ traffic: { must } }) => !must.isEmpty).map(({ hops }) => hops),
      [["route table routetable-data", "natgateway-nat"]],
    );
  });

  it("don't lead by a NAT gateway that is private, or that stands in a subnet without one", () => {
    assert.ok(ways(withNat({ connectivityType: "private" }).resources(true)).traffic.may.isEmpty);
    const inside = tiers(({ stack, vpc, table }) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", "deep", { vpcId: vpc.id, cidrBlock: "10.0.9.0/24" });
      const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet.id });
      route(stack, table, "out", { natGatewayId: nat.id });
    });
    assert.ok(ways(inside.resources(true)).traffic.may.isEmpty);
  });

  it("end where NAT gateways lead to each other", () => {
    const circle = tiers(({ stack, vpc, table }) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", "deep", { vpcId: vpc.id, cidrBlock: "10.0.9.0/24" });
      const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet.id });
      const inputs = { subnetId: subnet.id, routeTableId: table.id };
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "deep", inputs);
      route(stack, table, "out", { natGatewayId: nat.id });
    });
    assert.ok(ways(circle.resources(true)).traffic.may.isEmpty);
  });

  it("are stopped by the ACL of the NAT gateway's subnet, unless ACLs are ignored", () => {
    const stack = tiers(({ stack: made, vpc, edge, table }) => {
      const nat = made.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: edge.id });
      route(made, table, "out", { natGatewayId: nat.id });
      made.add("aws:ec2/networkAcl:NetworkAcl", "edge", {
        vpcId: vpc.id,
        subnetIds: [edge.id],
        ingress: [],
        egress: [],
      });
    });
    assert.ok(ways(stack.resources(true)).traffic.may.isEmpty);
    assert.ok(tcpAway.isSubsetOf(ways(stack.resources(true), { acls: "ignored" }).traffic.must));
  });

  it("lead by an internet gateway from public addresses only", () => {
    const stack = tiers(({ stack: made, vpc, table }) => {
      const gateway = made.add("aws:ec2/internetGateway:InternetGateway", "second", { vpcId: vpc.id });
      route(made, table, "out", { gatewayId: gateway.id });
    });
    const ipv4 = Traffic.where({ destination: allIpv4 });
    assert.ok(away.isSubsetOf(ways(stack.resources(true), { publicAddress: "yes" }).traffic.must));
    assert.ok(ways(stack.resources(true)).traffic.may.intersect(ipv4).isEmpty);
    const { must, may, unknowns } = ways(stack.resources(true), { publicAddress: "perhaps" }).traffic;
    assert.ok(must.isEmpty && away.isSubsetOf(may) && unknowns.includes("the address"));
  });

  it("stay open by a gateway outside the stack, and by what isn't followed", () => {
    for (const target of [{ natGatewayId: "nat-of-others" }, { transitGatewayId: "tgw-1" }]) {
      const stack = tiers(({ stack: made, table }) => {
        route(made, table, "out", target);
      });
      const { must, may, unknowns } = ways(stack.resources(true)).traffic;
      assert.ok(must.isEmpty && tcpAway.isSubsetOf(may));
      assert.match(unknowns.join(), new RegExp(`where ${Object.values(target)[0] ?? ""} leads`));
    }
  });

  for (const key of ["subnetId", "connectivityType", "availabilityMode"]) {
    it(`stay open while the NAT gateway's ${key} isn't known`, () => {
      const given = withNat({ connectivityType: "public", availabilityMode: "zonal" });
      const resources = withoutDependencies(given.resources(true)).map((each) =>
        each.name === "nat" ? hide(each, [key]) : each,
      );
      const { must, may } = ways(resources).traffic;
      assert.ok(must.isEmpty && tcpAway.isSubsetOf(may));
    });
  }
});

describe("ways to a subnet", () => {
  it("lead locally in one VPC", () => {
    const { must } = ways(tiers(() => undefined).resources(true), {}, "edge").traffic;
    assert.ok(Traffic.where({ destination: blocks("10.0.1.0/24") }).isSubsetOf(must));
  });

  const peered = (inputs: Inputs, accept?: boolean) =>
    tiers(({ stack, vpc, table }) => {
      const peer = stack.add("aws:ec2/vpc:Vpc", "peer", { cidrBlock: "10.1.0.0/16" });
      stack.add("aws:ec2/subnet:Subnet", "peer", { vpcId: peer.id, cidrBlock: "10.1.0.0/24" });
      const { id } = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {
        vpcId: vpc.id,
        peerVpcId: peer.id,
        ...inputs,
      });
      if (accept === true)
        stack.add("aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", "peer", {
          vpcPeeringConnectionId: id,
          autoAccept: true,
        });
      route(stack, table, "out", { vpcPeeringConnectionId: id });
    });
  const toPeer = Traffic.where({ destination: blocks("10.1.0.0/24") });

  for (const deployed of [true, false]) {
    it(`lead through an accepted peering, ids ${deployed ? "known" : "unknown"}`, () => {
      for (const stack of [peered({ autoAccept: true }), peered({}, true)])
        assert.ok(toPeer.isSubsetOf(ways(stack.resources(deployed), {}, "peer").traffic.must));
    });
  }

  it("stay open through a peering that nobody is known to accept", () => {
    const { must, may } = ways(peered({}).resources(true), {}, "peer").traffic;
    assert.ok(must.intersect(toPeer).isEmpty && toPeer.isSubsetOf(may));
  });

  it("don't lead to a VPC that the peering doesn't join", () => {
    const stack = peered({ autoAccept: true });
    const third = stack.add("aws:ec2/vpc:Vpc", "third", { cidrBlock: "10.1.0.0/16" });
    stack.add("aws:ec2/subnet:Subnet", "third", { vpcId: third.id, cidrBlock: "10.1.0.0/24" });
    assert.ok(ways(stack.resources(true), {}, "third").traffic.may.isEmpty);
  });
});
