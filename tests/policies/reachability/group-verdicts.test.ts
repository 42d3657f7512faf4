import assert from "node:assert/strict";
import type { Stack } from "../stack";
import { type Added, ask, bothWays, everything, group, https, type Inputs, instance, twoSubnets, when } from "./asking";

const world = { cidrBlocks: ["0.0.0.0/0"] };
const out = { egress: [{ ...everything, ...world }] };

/** A client that may send anything, and a server that has the groups which `plant` makes. */
function towards(
  plant: (stack: Stack, vpc: Added, client: Added) => readonly Added[],
  subnetInputs: Inputs = {},
): Stack {
  return twoSubnets(({ stack, vpc, a }) => {
    const egress = [{ ...everything, ...world, ipv6CidrBlocks: ["::/0"] }];
    const caller = group(stack, vpc, "caller", { egress });
    instance(stack, "client", a, { vpcSecurityGroupIds: [caller.id], privateIp: "10.0.0.10" });
    const groups = plant(stack, vpc, caller);
    instance(stack, "server", a, { vpcSecurityGroupIds: groups.map(({ id }) => id), privateIp: "10.0.0.20" });
  }, subnetInputs);
}

const ingress = (rule: Inputs) => (stack: Stack, vpc: Added) => [group(stack, vpc, "door", { ingress: [rule] })];
const single = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const old = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** One rule, "https from the client", however it is spelled. */
const spellings: Readonly<Record<string, Stack>> = {
  "an inline block": towards(ingress({ ...https, cidrBlocks: ["10.0.0.10/32"] })),
  "an inline reference": towards((stack, vpc, caller) => [
    group(stack, vpc, "door", { ingress: [{ ...https, securityGroups: [caller.id] }] }),
  ]),
  securityGroupRule: towards((stack, vpc, caller) => {
    const door = group(stack, vpc, "door", {});
    const inputs = { type: "ingress", ...https, securityGroupId: door.id, sourceSecurityGroupId: caller.id };
    stack.add(old, "https", inputs);
    return [door];
  }),
  securityGroupIngressRule: towards((stack, vpc, caller) => {
    const door = group(stack, vpc, "door", {});
    const inputs = { ipProtocol: "6", fromPort: 443, toPort: 443, referencedSecurityGroupId: caller.id };
    stack.add(single, "https", { ...inputs, securityGroupId: door.id });
    return [door];
  }),
  "a prefix list": towards((stack, vpc) => {
    const list = stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "clients", {
      addressFamily: "IPv4",
      entries: [{ cidr: "10.0.0.10/32" }],
    });
    return [group(stack, vpc, "door", { ingress: [{ ...https, prefixListIds: [list.id] }] })];
  }),
  "the second of two groups": towards((stack, vpc, caller) => [
    group(stack, vpc, "closed", {}),
    group(stack, vpc, "door", { ingress: [{ ...https, securityGroups: [caller.id] }] }),
  ]),
};

describe("security groups, asked by a question (M13)", () => {
  for (const deployed of bothWays) {
    for (const [how, stack] of Object.entries(spellings)) {
      it(`let in what ${how} says and nothing else, replies too, ${when(deployed)}`, () => {
        const resources = stack.resources(deployed);
        assert.equal(ask(resources, { from: "client", to: "server" }), "reachable");
        assert.equal(ask(resources, { from: "client", to: "server", dstPort: 444 }), "blocked");
        assert.equal(ask(resources, { from: "client", to: "server", protocol: "udp", dstPort: 443 }), "blocked");
        assert.equal(ask(resources, { from: "10.0.0.77", to: "server" }) === "reachable", false);
        // No egress block is no egress under Pulumi; the reply needed none.
        assert.equal(ask(resources, { from: "server", to: "client" }), "blocked");
      });
    }

    it(`tell ICMP's types and codes apart, ${when(deployed)}`, () => {
      const at = (fromPort: number, toPort: number) =>
        towards(ingress({ protocol: "icmp", fromPort, toPort, ...world })).resources(deployed);
      const ping = { from: "client", to: "server", protocol: "icmp" } as const;
      assert.equal(ask(at(8, 0), { ...ping, dstPort: 8, srcPort: 0 }), "reachable");
      assert.equal(ask(at(8, -1), { ...ping, dstPort: 8, srcPort: 7 }), "reachable");
      assert.equal(ask(at(8, 0), { ...ping, dstPort: 8, srcPort: 1 }), "blocked");
      assert.equal(ask(at(8, -1), { ...ping, dstPort: 13 }), "blocked");
      assert.equal(ask(at(-1, -1), { ...ping, dstPort: 13 }), "reachable");
      assert.equal(ask(at(8, 0), ping), "reachable", "some ICMP gets through");
      assert.equal(ask(at(8, 0), { ...ping, protocol: "tcp", dstPort: 8 }), "blocked");
    });

    it(`take ICMP for the family's own, ${when(deployed)}`, () => {
      const v6 = { ipv6CidrBlock: "2600:db8:0:1::/64", assignIpv6AddressOnCreation: true };
      const open = (protocol: string) =>
        towards(ingress({ protocol, fromPort: -1, toPort: -1, ipv6CidrBlocks: ["::/0"] }), v6).resources(deployed);
      const ping = { from: "client", to: "server", protocol: "icmp" } as const;
      assert.equal(ask(open("icmpv6"), ping), "reachable");
      assert.equal(ask(open("icmp"), ping), "blocked", "IPv6 carries no ICMP for IPv4");
      assert.equal(ask(open("icmpv6"), { ...ping, protocol: 58, dstPort: 128 }), "reachable");
      assert.equal(ask(open("icmpv6"), { ...ping, protocol: 1 }), "blocked");
    });

    it(`let members in with "self" alone, ${when(deployed)}`, () => {
      const resources = twoSubnets(({ stack, vpc, a, b }) => {
        const club = group(stack, vpc, "club", { ingress: [{ ...https, self: true }], ...out });
        const other = group(stack, vpc, "other", out);
        instance(stack, "one", a, { vpcSecurityGroupIds: [club.id] });
        instance(stack, "two", b, { vpcSecurityGroupIds: [club.id] });
        instance(stack, "guest", a, { vpcSecurityGroupIds: [other.id] });
      }).resources(deployed);
      assert.equal(ask(resources, { from: "one", to: "two" }), "reachable");
      assert.equal(ask(resources, { from: "guest", to: "two" }), "blocked");
    });

    it(`that AWS makes fare alike left out, adopted and spelled, ${when(deployed)}`, () => {
      type Default = (stack: Stack, vpc: Added) => Inputs;
      const asMade = (vpc: Added): Inputs => ({
        vpcId: vpc.id,
        ingress: [{ ...everything, self: true }],
        egress: [{ ...everything, ...world }],
      });
      const defaults: Readonly<Record<string, Default>> = {
        "left out": () => ({}),
        adopted: (stack, vpc) => {
          stack.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", asMade(vpc));
          return {};
        },
        spelled: (stack, vpc) => ({
          vpcSecurityGroupIds: [stack.add("aws:ec2/securityGroup:SecurityGroup", "default", asMade(vpc)).id],
        }),
      };
      for (const [how, made] of Object.entries(defaults)) {
        const resources = twoSubnets(({ stack, vpc, a, b }) => {
          const inputs = made(stack, vpc);
          instance(stack, "one", a, inputs);
          instance(stack, "two", b, inputs);
          instance(stack, "guest", a, { vpcSecurityGroupIds: [group(stack, vpc, "guest", out).id] });
        }).resources(deployed);
        assert.equal(ask(resources, { from: "one", to: "two", protocol: "any" }), "reachable", how);
        assert.equal(ask(resources, { from: "guest", to: "two", protocol: "any" }), "blocked", how);
        assert.equal(ask(resources, { from: "two", to: "guest" }), "blocked", how);
      }
    });
  }

  for (const deployed of bothWays) {
    it(`send to a service's prefix list, which is none of the network's own parties, ${when(deployed)}`, () => {
      const resources = twoSubnets(({ stack, vpc, a }) => {
        const s3 = stack.add(
          "aws:ec2/vpcEndpoint:VpcEndpoint",
          "s3",
          {
            vpcId: vpc.id,
            vpcEndpointType: "Gateway",
            serviceName: "com.amazonaws.eu-central-1.s3",
          },
          { prefixListId: "pl-6da54004" },
        );
        const listed = group(stack, vpc, "listed", { egress: [{ ...https, prefixListIds: [s3.of("prefixListId")] }] });
        const open = group(stack, vpc, "open", { ingress: [{ ...everything, ...world }] });
        instance(stack, "client", a, { vpcSecurityGroupIds: [listed.id] });
        instance(stack, "server", a, { vpcSecurityGroupIds: [open.id] });
      }).resources(deployed);
      assert.equal(ask(resources, { from: "client", to: "server" }), "blocked");
    });
  }
});
