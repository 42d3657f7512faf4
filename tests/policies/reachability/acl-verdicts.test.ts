import assert from "node:assert/strict";
import type { Stack } from "../stack";
import { type Added, ask, bothWays, everything, group, type Inputs, instance, twoSubnets, when } from "./asking";

const world = { cidrBlocks: ["0.0.0.0/0"] };
const aclType = "aws:ec2/networkAcl:NetworkAcl";
const ruleType = "aws:ec2/networkAclRule:NetworkAclRule";
const any = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const tcp = (fromPort: number, toPort = fromPort) => ({ protocol: "tcp", fromPort, toPort, cidrBlock: "10.0.0.0/16" });
const numbered = (...rules: readonly Inputs[]) =>
  rules.map((rule, at): Inputs => ({ ruleNo: 100 + at, action: "allow", ...rule }));

/** A client in subnet a, a server in subnet b and a neighbour of it, all with open groups; `plant` makes the ACL of subnet b. */
function guarded(plant: (stack: Stack, vpc: Added, b: Added) => void): Stack {
  return twoSubnets(({ stack, vpc, a, b }) => {
    const open = { ingress: [{ ...everything, ...world }], egress: [{ ...everything, ...world }] };
    const inputs = { vpcSecurityGroupIds: [group(stack, vpc, "open", open).id] };
    instance(stack, "client", a, inputs);
    instance(stack, "server", b, inputs);
    instance(stack, "neighbour", b, inputs);
    plant(stack, vpc, b);
  });
}

const inline = (ingress: readonly Inputs[], egress: readonly Inputs[]) =>
  guarded((stack, vpc, b) => {
    stack.add(aclType, "border", { vpcId: vpc.id, subnetIds: [b.id], ingress, egress });
  });

const toServer = { from: "client", to: "server" };

/** One ACL, "https in, ephemeral ports out", however it is spelled. */
const spellings: Readonly<Record<string, Stack>> = {
  inline: inline(numbered(tcp(443)), numbered(tcp(1024, 65535))),
  "with rules and an association of their own": guarded((stack, vpc, b) => {
    const acl = stack.add(aclType, "border", { vpcId: vpc.id });
    const association = { networkAclId: acl.id, subnetId: b.id };
    stack.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", "border", association);
    const rule = { networkAclId: acl.id, ruleNumber: 100, ruleAction: "allow" };
    stack.add(ruleType, "in", { ...rule, ...tcp(443), egress: false });
    stack.add(ruleType, "out", { ...rule, ...tcp(1024, 65535), protocol: "6", egress: true });
  }),
};

describe("network ACLs, asked by a question (M1)", () => {
  for (const deployed of bothWays) {
    for (const [how, stack] of Object.entries(spellings)) {
      it(`are asked at the subnet's border, in and out, and never inside it: ${how}, ${when(deployed)}`, () => {
        const resources = stack.resources(deployed);
        assert.equal(ask(resources, toServer), "reachable");
        assert.equal(ask(resources, { ...toServer, dstPort: 22 }), "blocked");
        assert.equal(ask(resources, { from: "neighbour", to: "server", dstPort: 22 }), "reachable");
        assert.equal(ask(resources, { from: "server", to: "client" }), "blocked");
      });
    }

    it(`stop the reply where they don't let ephemeral ports out, ${when(deployed)}`, () => {
      const asked = (egress: readonly Inputs[], srcPort?: number) =>
        ask(inline(numbered(any), egress).resources(deployed), {
          ...toServer,
          ...(srcPort === undefined ? {} : { srcPort }),
        });
      assert.equal(asked([]), "reachable, reply blocked");
      assert.equal(asked(numbered(tcp(443))), "reachable, reply blocked");
      assert.equal(asked(numbered(tcp(32768, 60999))), "reachable");
      assert.equal(asked(numbered(tcp(32768, 60999)), 50000), "reachable");
      assert.equal(asked(numbered(tcp(32768, 60999)), 61000), "reachable, reply blocked");
      const holed = numbered({ ...tcp(40000, 49999), action: "deny" }, any);
      assert.equal(asked(holed, 45000), "reachable, reply blocked");
      assert.equal(asked(holed, 50000), "reachable");
    });

    it(`let the rule with the lowest number decide, ${when(deployed)}`, () => {
      const asked = (...rules: readonly Inputs[]) => ask(inline(rules, numbered(any)).resources(deployed), toServer);
      const deny = (ruleNo: number): Inputs => ({ ...any, ruleNo, action: "deny" });
      const allow = (ruleNo: number): Inputs => ({ ...tcp(443), ruleNo, action: "allow" });
      assert.equal(asked(deny(200), allow(100)), "reachable");
      assert.equal(asked(allow(200), deny(100)), "blocked");
    });

    it(`tell ICMP's types and codes apart, in the reply too, ${when(deployed)}`, () => {
      const icmp = (icmpType: number, icmpCode: number) => ({ ...any, protocol: "icmp", icmpType, icmpCode });
      const asked = (ingress: Inputs, egress: Inputs, dstPort: number) =>
        ask(inline(numbered(ingress), numbered(egress)).resources(deployed), {
          ...toServer,
          protocol: "icmp",
          dstPort,
        });
      assert.equal(asked(icmp(8, -1), any, 8), "reachable");
      assert.equal(asked(icmp(8, 0), any, 13), "blocked");
      assert.equal(asked(icmp(-1, -1), any, 13), "reachable");
      assert.equal(asked(any, tcp(1024, 65535), 8), "reachable, reply blocked");
    });

    it(`that AWS makes fare alike left out, adopted and spelled, ${when(deployed)}`, () => {
      const rules = { ingress: numbered(any), egress: numbered(any) };
      const defaults: Readonly<Record<string, Stack>> = {
        "left out": guarded(() => undefined),
        adopted: twoSubnets(({ stack, a, b }) => {
          const vpc = stack.add(
            "aws:ec2/vpc:Vpc",
            "other",
            { cidrBlock: "10.9.0.0/16" },
            { defaultNetworkAclId: "acl-made" },
          );
          const [c, d] = ["c", "d"].map((name, at) =>
            stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.9.${at}.0/24` }),
          );
          assert.ok(a && b && c && d);
          const defaultNetworkAclId = vpc.of("defaultNetworkAclId");
          stack.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", { defaultNetworkAclId, ...rules });
          const open = { ingress: [{ ...everything, ...world }], egress: [{ ...everything, ...world }] };
          const inputs = { vpcSecurityGroupIds: [group(stack, vpc, "open", open).id] };
          instance(stack, "client", c, inputs);
          instance(stack, "server", d, inputs);
        }),
        spelled: inline(rules.ingress, rules.egress),
      };
      for (const [how, stack] of Object.entries(defaults))
        assert.equal(ask(stack.resources(deployed), { ...toServer, protocol: "any" }), "reachable", how);
    });

    it(`that the program adopts and empties let nothing over the border, ${when(deployed)}`, () => {
      const resources = guarded((stack, vpc) => {
        stack.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", {
          defaultNetworkAclId: "acl-made",
          vpcId: vpc.id,
        });
      }).resources(deployed);
      assert.equal(ask(resources, { ...toServer, protocol: "any" }), "blocked");
      assert.equal(ask(resources, { from: "neighbour", to: "server", protocol: "any" }), "reachable");
    });
  }
});
