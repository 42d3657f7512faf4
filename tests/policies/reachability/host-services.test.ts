import assert from "node:assert/strict";
import { allAddresses } from "../../../policies/reachability/addresses";
import { hostServices, internet } from "../../../policies/reachability/axioms";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { type Asked, ask, bothWays, group, type Inputs, instance, twoSubnets, when } from "./asking";
import { assertNeverTurns } from "./hidden-answers";

interface Shape {
  readonly vpc?: Inputs;
  readonly machine?: Inputs;
  readonly template?: Inputs;
}

/** A machine whose group and ACL let nothing out and whose table has no route. */
function closed({ machine = {}, template }: Shape = {}, deployed = true): readonly Resource[] {
  return twoSubnets(
    ({ stack, vpc, a, b }) => {
      const none = group(stack, vpc, "none", { ingress: [], egress: [] });
      stack.add("aws:ec2/networkAcl:NetworkAcl", "none", { vpcId: vpc.id, subnetIds: [a.id], ingress: [], egress: [] });
      const made = template && stack.add("aws:ec2/launchTemplate:LaunchTemplate", "made", template);
      const launched = made === undefined ? {} : { launchTemplate: { id: made.id, version: "$Latest" } };
      instance(stack, "m", a, { vpcSecurityGroupIds: [none.id], privateIp: "10.0.0.10", ...launched, ...machine });
      instance(stack, "other", b, { vpcSecurityGroupIds: [none.id], privateIp: "10.0.1.2" });
    },
    { ipv6CidrBlock: "2600:1f00:0:1::/64", assignIpv6AddressOnCreation: true },
  ).resources(deployed);
}

const metadata = { from: "m", to: "169.254.169.254", dstPort: 80 } as const;
const resolver = (to: string): Asked => ({ from: "m", to, protocol: "udp", dstPort: 53 });
const time: Asked = { from: "m", to: "169.254.169.123", protocol: "udp", dstPort: 123 };

const withVpc = (resources: readonly Resource[], props: Resource["props"]) =>
  resources.map((each) => (each.type.endsWith(":Vpc") ? { ...each, props: { ...each.props, ...props } } : each));

describe("what AWS serves on the host", () => {
  it("is served whatever routes, groups and ACLs say, on its own ports", () => {
    for (const deployed of bothWays) {
      const resources = closed({}, deployed);
      for (const asked of [metadata, resolver("169.254.169.253"), resolver("10.0.0.2"), time])
        assert.equal(ask(resources, asked), "reachable", `${asked.to} ${when(deployed)}`);
      for (const asked of [metadata, resolver("169.254.169.253"), time])
        assert.equal(ask(resources, { ...asked, dstPort: 443 }), "blocked", `${asked.to} ${when(deployed)}`);
    }
    assert.equal(ask(closed(), { ...resolver("10.0.0.2"), protocol: "tcp" }), "reachable");
  });

  it("begins nothing, and is nobody else's", () => {
    assert.equal(ask(closed(), { from: "169.254.169.254", to: "m" }), "blocked");
    assert.equal(ask(closed(), { from: "internet", to: "169.254.169.254", dstPort: 80 }), "blocked");
  });

  it("is the resolver at the base of the VPC's first block plus two, and nowhere else", () => {
    assert.equal(ask(closed(), resolver("10.0.0.18")), "blocked");
    assert.equal(ask(closed(), resolver("10.0.1.2")), "blocked");
    const hidden = closed().map((each) => (each.type.endsWith(":Vpc") ? hide(each, ["cidrBlock"]) : each));
    assert.equal(ask(hidden, resolver("10.0.0.2")), "undetermined");
  });

  it("has no resolver where the VPC's DNS support is off", () => {
    const off = withVpc(closed(), { enableDnsSupport: false });
    for (const address of ["169.254.169.253", "10.0.0.2"])
      assert.equal(ask(off, resolver(address)), "blocked", address);
    const hidden = withVpc(closed(), { enableDnsSupport: true }).map((each) => hide(each, ["enableDnsSupport"]));
    const open = hidden.map((each) => ({ ...each, propertyDependencies: {} }));
    assert.equal(ask(open, resolver("10.0.0.2")), "undetermined");
  });

  it("has no metadata where the instance or its launch template turns it off", () => {
    const off = { metadataOptions: { httpEndpoint: "disabled" } };
    const on = { metadataOptions: { httpEndpoint: "enabled" } };
    assert.equal(ask(closed({ machine: off }), metadata), "blocked");
    assert.equal(ask(closed({ template: off }), metadata), "blocked");
    assert.equal(ask(closed({ template: off, machine: on }), metadata), "reachable");
  });

  it("is left open over IPv6, where not every type of instance has it, and for tasks", () => {
    const ipv6 = { ...metadata, to: "fd00:ec2::254" };
    assert.equal(ask(closed(), ipv6), "blocked");
    const enabled = { metadataOptions: { httpEndpoint: "enabled", httpProtocolIpv6: "enabled" } };
    assert.equal(ask(closed({ machine: enabled }), ipv6), "undetermined");
    assert.equal(ask(closed(), resolver("fd00:ec2::253")), "undetermined");
    assert.equal(ask(closed(), { from: "m", to: "169.254.170.2", dstPort: 80 }), "undetermined");
  });

  it("never turns with less known", () => {
    const from = { kind: "party", urn: "urn:pulumi:test::stack::aws:ec2/instance:Instance::m" } as const;
    const shape = { machine: { metadataOptions: { httpEndpoint: "disabled" } } };
    for (const resources of [closed(), closed(shape), withVpc(closed(), { enableDnsSupport: false })])
      assertNeverTurns(resources, [
        { from, to: { kind: "address", address: "169.254.169.254" }, protocol: "tcp", dstPort: 80 },
        { from, to: { kind: "address", address: "10.0.0.2" }, protocol: "udp", dstPort: 53 },
      ]);
  });

  it("is at addresses that aren't on the internet", () => {
    const all = Object.values(hostServices).reduce((sum, { addresses }) => sum.subtract(addresses), allAddresses);
    assert.ok(internet.subtract(all).isEmpty);
  });
});
