import assert from "node:assert/strict";
import { allIpv4, blocks } from "../../../policies/reachability/addresses";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import type { PublicAddresses } from "../../../policies/reachability/public-addresses";
import { wayOut } from "../../../policies/reachability/ways-out";
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
    const subnet = stack.add("aws:ec2/subnet:Subnet", name, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${at}.0/24`,
      availabilityZone: "ap-northeast-1a",
    });
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

function ways(resources: readonly Resource[], answer: PublicAddresses["answer"] = "no") {
  const network = readNetwork(resources);
  const from = network.subnets.find(({ resource }) => resource.name === "data");
  assert.ok(from);
  return wayOut(network, from, { answer, because: ["the address"] });
}

const withNat = (inputs: Inputs = {}) =>
  tiers(({ stack, edge, table }) => {
    const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: edge.id, ...inputs });
    route(stack, table, "out", { natGatewayId: nat.id });
  });

/** Out by a second VPC, where the transit gateway's subnet has the NAT gateway's route. */
function throughTransit(closed: boolean): Stack {
  const stack = tiers(({ stack: made, vpc, edge, table }) => {
    const transit = made.add(
      "aws:ec2transitgateway/transitGateway:TransitGateway",
      "hub",
      {},
      { associationDefaultRouteTableId: "tgw-rtb-default", propagationDefaultRouteTableId: "tgw-rtb-default" },
    );
    const hub = { transitGatewayId: transit.id };
    const attach = (name: string, vpcId: Added, subnet: Added) =>
      made.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", name, {
        ...hub,
        vpcId: vpcId.id,
        subnetIds: [subnet.id],
      });
    const near = made.add("aws:ec2/subnet:Subnet", "near", {
      vpcId: vpc.id,
      cidrBlock: "10.0.8.0/24",
      availabilityZone: "ap-northeast-1a",
    });
    attach("near", vpc, near);
    const other = made.add("aws:ec2/vpc:Vpc", "exit", { cidrBlock: "10.1.0.0/16" });
    const [entry, front] = ["entry", "front"].map((name, at) => {
      const subnet = made.add("aws:ec2/subnet:Subnet", name, {
        vpcId: other.id,
        cidrBlock: `10.1.${at}.0/24`,
        availabilityZone: "ap-northeast-1a",
      });
      const own = made.add("aws:ec2/routeTable:RouteTable", name, { vpcId: other.id });
      const inputs = { subnetId: subnet.id, routeTableId: own.id };
      made.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, inputs);
      return { subnet, own };
    });
    assert.ok(entry && front && edge);
    const far = attach("far", other, entry.subnet);
    const gateway = made.add("aws:ec2/internetGateway:InternetGateway", "exit", { vpcId: other.id });
    const nat = made.add("aws:ec2/natGateway:NatGateway", "exit", { subnetId: front.subnet.id });
    route(made, front.own, "front", { gatewayId: gateway.id });
    route(made, entry.own, "entry", { natGatewayId: nat.id });
    route(made, table, "out", hub);
    made.add("aws:ec2transitgateway/route:Route", "out", {
      destinationCidrBlock: "0.0.0.0/0",
      transitGatewayAttachmentId: far.id,
      transitGatewayRouteTableId: transit.of("associationDefaultRouteTableId"),
    });
    if (closed)
      for (const [name, vpcId, subnet] of [
        ["near", vpc, near],
        ["entry", other, entry.subnet],
      ] as const)
        made.add("aws:ec2/networkAcl:NetworkAcl", name, {
          vpcId: vpcId.id,
          subnetIds: [subnet.id],
          ingress: [],
          egress: [],
        });
  });
  return stack;
}

const away = Traffic.where({ source: blocks("10.0.0.0/24"), destination: blocks("52.0.0.0/8") });
const tcpAway = away.intersect(Traffic.where({ protocol: IntervalSet.range(6, 6) }));

describe("ways to the internet", () => {
  it("lead by a NAT gateway, hop by hop", () => {
    const { traffic, path } = ways(withNat().resources(true));
    assert.ok(tcpAway.isSubsetOf(traffic.must));
    assert.deepEqual(
      path.map(({ what }) => what),
      [
        "subnet 10.0.0.0/24",
        "route table routetable-data sends 0.0.0.0/0 to natgateway-nat",
        "natgateway-nat",
        "route table routetable-edge sends 0.0.0.0/0 to internetgateway-main",
        "internetgateway-main",
        "internet",
      ],
    );
  });

  it("don't lead by a NAT gateway that is private, or that stands in a subnet without one", () => {
    assert.ok(ways(withNat({ connectivityType: "private" }).resources(true)).traffic.may.isEmpty);
    const inside = tiers(({ stack, vpc, table }) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", "deep", {
        vpcId: vpc.id,
        cidrBlock: "10.0.9.0/24",
        availabilityZone: "ap-northeast-1a",
      });
      const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet.id });
      route(stack, table, "out", { natGatewayId: nat.id });
    });
    assert.ok(ways(inside.resources(true)).traffic.may.isEmpty);
  });

  it("end where NAT gateways lead to each other", () => {
    const circle = tiers(({ stack, vpc, table }) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", "deep", {
        vpcId: vpc.id,
        cidrBlock: "10.0.9.0/24",
        availabilityZone: "ap-northeast-1a",
      });
      const nat = stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet.id });
      const inputs = { subnetId: subnet.id, routeTableId: table.id };
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "deep", inputs);
      route(stack, table, "out", { natGatewayId: nat.id });
    });
    assert.ok(ways(circle.resources(true)).traffic.may.isEmpty);
  });

  it("aren't stopped by any network ACL: the subnet's, the NAT gateway's", () => {
    for (const closed of ["data", "edge"]) {
      const stack = withNat();
      stack.add("aws:ec2/networkAcl:NetworkAcl", closed, {
        vpcId: "vpc-main",
        subnetIds: [`subnet-${closed}`],
        ingress: [],
        egress: [],
      });
      assert.ok(tcpAway.isSubsetOf(ways(stack.resources(true)).traffic.must), closed);
    }
  });

  it("aren't stopped by the ACL of a transit gateway's subnet either", () => {
    for (const closed of [false, true]) {
      const stack = throughTransit(closed);
      assert.ok(tcpAway.isSubsetOf(ways(stack.resources(true)).traffic.must), String(closed));
    }
  });

  it("may lead by an appliance, whatever its groups let in today, unless it drops what isn't addressed to it", () => {
    const answers = [true, false].map((sourceDestCheck) => {
      const stack = tiers(({ stack: made, edge, table, vpc }) => {
        const group = made.add("aws:ec2/securityGroup:SecurityGroup", "nat", {
          vpcId: vpc.id,
          ingress: [],
          egress: [],
        });
        const { id } = made.add("aws:ec2/networkInterface:NetworkInterface", "nat", {
          subnetId: edge.id,
          securityGroups: [group.id],
          sourceDestCheck,
        });
        route(made, table, "out", { networkInterfaceId: id });
      });
      const { must, may } = ways(stack.resources(true)).traffic;
      assert.ok(must.isEmpty);
      return tcpAway.isSubsetOf(may);
    });
    assert.deepEqual(answers, [false, true]);
  });

  it("lead by an internet gateway from public addresses only", () => {
    const stack = tiers(({ stack: made, table }) => {
      route(made, table, "out", { gatewayId: "internetgateway-main" });
    });
    const ipv4 = Traffic.where({ destination: allIpv4 });
    assert.ok(away.isSubsetOf(ways(stack.resources(true), "yes").traffic.must));
    assert.ok(ways(stack.resources(true)).traffic.may.intersect(ipv4).isEmpty);
    const { must, may, unknowns } = ways(stack.resources(true), "perhaps").traffic;
    assert.ok(must.isEmpty && away.isSubsetOf(may) && unknowns.includes("the address"));
  });

  it("stay open by a gateway outside the stack, and by what isn't followed", () => {
    for (const target of [
      { natGatewayId: "nat-of-others" },
      { transitGatewayId: "tgw-1" },
      { networkInterfaceId: "eni-1" },
    ]) {
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
