import assert from "node:assert/strict";
import { allAddresses, allIpv4, allIpv6, blocks } from "../../../policies/reachability/addresses";
import {
  awsMadeAcl,
  awsMadeGroupEgress,
  egressOnlyTakes,
  internet,
  internetGatewayTakesFromAll,
  internetGatewayTakesFromPublic,
  nat64,
  natTakes,
  notTheInternet,
  unknownVpcSpace,
} from "../../../policies/reachability/axioms";
import { connectionBetween } from "../../../policies/reachability/connections";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import { Traffic } from "../../../policies/reachability/traffic";
import { wayOut } from "../../../policies/reachability/ways-out";
import { Stack } from "../stack";

const protocol = (number: number) => Traffic.where({ protocol: IntervalSet.range(number, number) });
const to = (...texts: string[]) => Traffic.where({ destination: blocks(...texts) });
const same = (a: Traffic, b: Traffic) => a.isSubsetOf(b) && b.isSubsetOf(a);
const within = (part: IntervalSet, whole: IntervalSet) => part.subtract(whole).isEmpty;

/** A subnet of both families whose default routes lead to one target; what reaches the internet. */
function leaving(target: (stack: Stack, vpc: ReturnType<Stack["add"]>) => Record<string, never>, publicly: boolean) {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "2600:1f00::/56" });
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", {
    vpcId: vpc.id,
    cidrBlock: "10.0.0.0/24",
    ipv6CidrBlock: "2600:1f00::/64",
  });
  const inputs = target(stack, vpc);
  const table = stack.add("aws:ec2/routeTable:RouteTable", "a", { vpcId: vpc.id });
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", {
    subnetId: subnet.id,
    routeTableId: table.id,
  });
  for (const destination of [{ destinationCidrBlock: "0.0.0.0/0" }, { destinationIpv6CidrBlock: "::/0" }])
    stack.add("aws:ec2/route:Route", JSON.stringify(destination), {
      routeTableId: table.id,
      ...destination,
      ...inputs,
    });
  const network = readNetwork(stack.resources(true));
  const [from] = network.subnets;
  assert.ok(from);
  const { must, may } = wayOut(network, from, { answer: publicly ? "yes" : "no", because: [] }).traffic;
  assert.ok(may.isSubsetOf(must), "certain");
  return must.with({ source: allAddresses });
}

const add =
  (type: string, key: string, inputs: (vpc: ReturnType<Stack["add"]>) => Record<string, unknown>) =>
  (stack: Stack, vpc: ReturnType<Stack["add"]>) =>
    ({ [key]: stack.add(type, "target", inputs(vpc) as never).id }) as unknown as Record<string, never>;

const regionalNat = (stack: Stack, vpc: ReturnType<Stack["add"]>) => {
  stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  return add("aws:ec2/natGateway:NatGateway", "natGatewayId", ({ id }) => ({
    vpcId: id,
    availabilityMode: "regional",
  }))(stack, vpc);
};
const internetGateway = add("aws:ec2/internetGateway:InternetGateway", "gatewayId", ({ id }) => ({ vpcId: id }));
const egressOnly = add(
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  "egressOnlyGatewayId",
  ({ id }) => ({ vpcId: id }),
);

describe("the axioms of AWS's network", () => {
  it("internet: all addresses but those of special purpose (RFC 6890)", () => {
    for (const text of ["8.8.8.8", "1.1.1.1", "52.94.0.0/16", "100.63.255.255", "172.32.0.0", "2600:1f00::/24"])
      assert.ok(within(blocks(text), internet), text);
    for (const text of [
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.1",
      "169.254.169.254",
      "172.16.0.0/12",
      "192.0.2.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "224.0.0.0/4",
      "255.255.255.255",
      "fc00::/7",
      "fe80::/10",
      "2001:db8::/32",
      "::1",
    ])
      assert.ok(blocks(text).intersect(internet).isEmpty, text);
  });

  it("internet: a default route that carries only private space leads nowhere", () => {
    assert.ok(to("172.16.0.0/12").intersect(Traffic.where({ destination: internet })).isEmpty);
  });

  it("nat64: IPv4 as IPv6 senders write it (RFC 6052) is on the internet, by a NAT gateway alone", () => {
    assert.ok(within(nat64, internet) && within(nat64, allIpv6));
    assert.ok(!leaving(regionalNat, false).intersect(Traffic.where({ destination: nat64 })).isEmpty);
    for (const target of [internetGateway])
      assert.ok(leaving(target, true).intersect(Traffic.where({ destination: nat64 })).isEmpty);
  });

  it("unknownVpcSpace: private, and at most a /16 of it, so that it never swallows a default route", () => {
    assert.ok(unknownVpcSpace.intersect(internet).isEmpty);
    for (const text of ["10.255.0.0/16", "172.31.0.0/16", "192.168.0.0/16", "100.64.0.0/16", "fd00::/8"])
      assert.ok(within(blocks(text), unknownVpcSpace), text);
  });

  it("natTakes: TCP, UDP and ICMP, to IPv4 addresses, by NAT64 those of IPv6 senders too", () => {
    const left = leaving(regionalNat, false);
    for (const number of [1, 6, 17]) assert.ok(!left.intersect(protocol(number)).isEmpty, `protocol ${number}`);
    for (const number of [47, 50, 58, 132]) assert.ok(left.intersect(protocol(number)).isEmpty, `protocol ${number}`);
    assert.ok(left.intersect(Traffic.where({ destination: allIpv6.subtract(nat64) })).isEmpty);
    assert.ok(left.isSubsetOf(natTakes));
  });

  it("egressOnlyTakes: IPv6 only", () => {
    assert.ok(same(egressOnlyTakes, Traffic.where({ destination: allIpv6 })));
    const left = leaving(egressOnly, true);
    assert.ok(left.intersect(Traffic.where({ destination: allIpv4 })).isEmpty);
    assert.ok(to("2600:9000::/28").intersect(left).isSubsetOf(left) && !left.isEmpty);
  });

  it("internetGatewayTakesFromPublic: IPv4 only with a public address", () => {
    const ipv4 = Traffic.where({ destination: allIpv4 });
    assert.ok(same(internetGatewayTakesFromPublic, ipv4));
    assert.ok(leaving(internetGateway, false).intersect(ipv4).isEmpty);
    assert.ok(to("8.8.8.0/24").isSubsetOf(leaving(internetGateway, true)));
  });

  it("internetGatewayTakesFromAll: IPv6 addresses are public", () => {
    assert.ok(same(internetGatewayTakesFromAll, Traffic.where({ destination: allIpv6.subtract(nat64) })));
    for (const publicly of [true, false])
      assert.ok(to("2600:9000::/28").isSubsetOf(leaving(internetGateway, publicly)));
  });

  it("awsMadeAcl and awsMadeGroupEgress: a VPC's own ACL and group let everything out, the ACL everything in", () => {
    assert.equal(awsMadeAcl, Traffic.all);
    assert.equal(awsMadeGroupEgress, Traffic.all);
    const stack = new Stack();
    const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    const open = stack.add("aws:ec2/securityGroup:SecurityGroup", "open", {
      vpcId: vpc.id,
      ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }],
    });
    ["a", "b"].forEach((name, at) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24` });
      const groups = name === "b" ? { vpcSecurityGroupIds: [open.id] } : {};
      stack.add("aws:ec2/instance:Instance", name, { subnetId: subnet.id, ...groups });
    });
    const network = readNetwork(stack.resources(true));
    const [a, b] = network.parties;
    assert.ok(a && b);
    const between = (from: typeof a, to: typeof a) => {
      const [source, target] = [from, to].map(({ resource }) => ({ kind: "party" as const, urn: resource.urn }));
      assert.ok(source && target);
      return connectionBetween(network, { from: source, to: target }, Traffic.all);
    };
    assert.ok(Traffic.all.isSubsetOf(between(a, b).works.must));
    assert.ok(between(b, a).request.may.isEmpty, "the group that AWS makes lets in itself alone");
  });

  const closed = {
    peering: (stack: Stack, vpc: ReturnType<Stack["add"]>) => {
      const peer = stack.add("aws:ec2/vpc:Vpc", "peer", { cidrBlock: "10.1.0.0/16" });
      stack.add("aws:ec2/internetGateway:InternetGateway", "peer", { vpcId: peer.id });
      const joined = { vpcId: vpc.id, peerVpcId: peer.id, autoAccept: true };
      const { id } = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", joined);
      return { vpcPeeringConnectionId: id } as unknown as Record<string, never>;
    },
    virtualPrivateGateway: add("aws:ec2/vpnGateway:VpnGateway", "gatewayId", ({ id }) => ({ vpcId: id })),
    gatewayEndpoint: add("aws:ec2/vpcEndpoint:VpcEndpoint", "vpcEndpointId", ({ id }) => ({
      vpcId: id,
      vpcEndpointType: "Gateway",
    })),
    local: () => ({ gatewayId: "local" }) as unknown as Record<string, never>,
    blackhole: () => ({ natGatewayId: "nat-gone", state: "blackhole" }) as unknown as Record<string, never>,
  };
  for (const [kind, target] of Object.entries(closed)) {
    it(`notTheInternet: ${kind} leads to ${notTheInternet[kind as keyof typeof notTheInternet]}`, () => {
      assert.ok(leaving(target, true).isEmpty);
    });
  }

  it("notTheInternet: each of its targets is tested here", () => {
    assert.deepEqual(Object.keys(closed).sort(), Object.keys(notTheInternet).sort());
  });
});
