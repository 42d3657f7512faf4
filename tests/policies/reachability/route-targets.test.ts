import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import { given, type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { readTargets } from "../../../policies/reachability/route-targets";

const resource = (type: string, name: string, props: Record<string, Value>): Resource => ({
  type,
  name,
  urn: name,
  props,
  propertyDependencies: {},
});

/** Kind and label of each target of a route with the property; `target` is what the value was made from. */
function targets(props: Record<string, Value>, target?: Resource): readonly (readonly [string, string])[] {
  const behind = Object.fromEntries(Object.keys(props).map((key) => [key, target === undefined ? [] : [target.urn]]));
  const route: Resource = { ...resource("aws:ec2/route:Route", "route", props), propertyDependencies: behind };
  const links = new Links([route, ...(target === undefined ? [] : [target])]);
  return readTargets(links, route, (key) => given(route, key), undefined).map(({ kind, label }) => [kind, label]);
}

const followed = [
  ["gatewayId", "aws:ec2/internetGateway:InternetGateway", {}, "internetGateway", "internet gateway"],
  ["gatewayId", "aws:ec2/vpnGateway:VpnGateway", {}, "virtualPrivateGateway", "gateway"],
  ["natGatewayId", "aws:ec2/natGateway:NatGateway", {}, "nat", "NAT gateway"],
  [
    "egressOnlyGatewayId",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    {},
    "egressOnly",
    "egress-only gateway",
  ],
  ["vpcPeeringConnectionId", "aws:ec2/vpcPeeringConnection:VpcPeeringConnection", {}, "peering", "peering"],
  ["vpcEndpointId", "aws:ec2/vpcEndpoint:VpcEndpoint", {}, "gatewayEndpoint", "endpoint"],
  ["gatewayId", "aws:ec2/vpcEndpoint:VpcEndpoint", {}, "gatewayEndpoint", "endpoint"],
  ["networkInterfaceId", "aws:ec2/networkInterface:NetworkInterface", {}, "interface", "network interface"],
  ["networkInterfaceId", "aws:ec2/instance:Instance", { primaryNetworkInterfaceId: "x-1" }, "interface", "instance"],
  ["instanceId", "aws:ec2/instance:Instance", {}, "interface", "instance"],
  [
    "vpcEndpointId",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "GatewayLoadBalancer" },
    "undecided",
    "endpoint",
  ],
  ["vpcEndpointId", "aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: UNKNOWN }, "undecided", "endpoint"],
] as const;

describe("the target of a route", () => {
  for (const [key, type, props, kind, noun] of followed) {
    it(`is a ${kind} by ${key}: ${type} ${Object.values(props).map(String).join()}`, () => {
      const known = resource(type, "target", { ...props, id: "x-1" });
      assert.deepEqual(targets({ [key]: "x-1" }, known), [[kind, "x-1"]]);
      const unknown = resource(type, "target", { ...props, id: UNKNOWN });
      const given = type.endsWith("VpcEndpoint")
        ? { ...unknown, propertyDependencies: { vpcEndpointType: [] } }
        : unknown;
      assert.deepEqual(targets({ [key]: UNKNOWN }, given), [[kind, `${noun} "target"`]]);
    });
  }

  for (const [key, id, kind] of [
    ["gatewayId", "igw-1", "internetGateway"],
    ["gatewayId", "vgw-1", "virtualPrivateGateway"],
    ["gatewayId", "local", "local"],
    ["gatewayId", "vpce-1", "undecided"],
    ["natGatewayId", "nat-1", "nat"],
    ["egressOnlyGatewayId", "eigw-1", "egressOnly"],
    ["vpcPeeringConnectionId", "pcx-1", "peering"],
    ["transitGatewayId", "tgw-1", "transitGateway"],
    ["networkInterfaceId", "eni-1", "undecided"],
    ["instanceId", "i-1", "undecided"],
  ] as const) {
    it(`outside the stack is told by its id: ${id} is ${kind}`, () => {
      assert.deepEqual(targets({ [key]: id }), [[kind, id]]);
    });
  }

  it("is a transit gateway of the stack", () => {
    const hub = resource("aws:ec2transitgateway/transitGateway:TransitGateway", "hub", { id: UNKNOWN });
    assert.deepEqual(targets({ transitGatewayId: UNKNOWN }, hub), [["transitGateway", 'transit gateway "hub"']]);
  });

  it("that this library doesn't follow is named", () => {
    const core = resource("aws:networkmanager/coreNetwork:CoreNetwork", "hub", { id: UNKNOWN });
    assert.deepEqual(targets({ coreNetworkArn: UNKNOWN }, core), [["undecided", 'core network "hub"']]);
    assert.deepEqual(targets({ instanceId: UNKNOWN }), [["undecided", "an instance that isn't known"]]);
  });

  it("is one interface, of which AWS says the instance too", () => {
    const machine = resource("aws:ec2/instance:Instance", "nat", { id: "i-1" });
    const both = { networkInterfaceId: "eni-1", instanceId: "i-1" };
    assert.deepEqual(targets(both, { ...machine, props: { id: "i-1", primaryNetworkInterfaceId: "eni-1" } }), [
      ["interface", "i-1"],
    ]);
    assert.deepEqual(targets(both, machine), [["interface", "i-1"]]);
  });

  it("is none where the route leads to nothing any more", () => {
    assert.deepEqual(targets({ natGatewayId: "nat-1", state: "blackhole" }), [["blackhole", "blackhole"]]);
  });

  it("isn't known when none is given", () => {
    assert.deepEqual(targets({ destinationCidrBlock: "0.0.0.0/0" }), [["undecided", "a target that isn't known"]]);
  });
});
