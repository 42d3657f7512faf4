import assert from "node:assert/strict";
import { blocks } from "../../../policies/reachability/addresses";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import type { Direction } from "../../../policies/reachability/network-acls";
import type { Resource } from "../../../policies/reachability/resources";
import { permittedByGroups, rulesOf } from "../../../policies/reachability/security-groups";
import { Traffic } from "../../../policies/reachability/traffic";
import { hide } from "../hidden-values";
import { Stack } from "../stack";
import { assertExactly, assertOpen } from "./estimates";

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const ports = { protocol: IntervalSet.range(6, 6), ports: IntervalSet.range(443, 443) };
const toAnyone = Traffic.where({ ...ports, destination: blocks("0.0.0.0/0") });

type Added = ReturnType<Stack["add"]>;
type Inputs = Parameters<Stack["add"]>[2];

/** A client and a server, each with a group of its own; `plant` gives the client's group its rules. */
function pair(inline: (server: Added) => Inputs, plant?: (stack: Stack, client: Added, server: Added) => void): Stack {
  const stack = new Stack();
  const outputs = { defaultSecurityGroupId: "sg-made" };
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, outputs);
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  const server = stack.add("aws:ec2/securityGroup:SecurityGroup", "server", { vpcId: vpc.id });
  const client = stack.add("aws:ec2/securityGroup:SecurityGroup", "client", { vpcId: vpc.id, ...inline(server) });
  for (const [name, group] of [
    ["client", client],
    ["server", server],
  ] as const)
    stack.add("aws:ec2/instance:Instance", name, { subnetId: subnet.id, vpcSecurityGroupIds: [group.id] });
  plant?.(stack, client, server);
  return stack;
}

function permitted(resources: readonly Resource[], direction: Direction, to: "server" | "client" | "internet") {
  const { links, parties } = readNetwork(resources);
  const party = (name: string) => {
    const found = parties.find(({ resource }) => resource.name === name);
    assert.ok(found?.groups);
    return found.groups;
  };
  return permittedByGroups(links, party("client"), direction, to === "internet" ? undefined : party(to));
}

const inlineEgress = { egress: [{ ...https, cidrBlocks: ["0.0.0.0/0"] }] };

describe("security groups (M13)", () => {
  for (const deployed of [true, false]) {
    describe(deployed ? "with ids" : "ids unknown", () => {
      it("let out what an inline rule says, to whomever", () => {
        const resources = pair(() => inlineEgress).resources(deployed);
        assertExactly(permitted(resources, "egress", "internet"), toAnyone);
        assertExactly(permitted(resources, "ingress", "internet"), Traffic.none);
      });

      it("let out what a rule of its own says, of both kinds", () => {
        const old = pair(
          () => ({}),
          (stack, client) => {
            const inputs = { type: "egress", securityGroupId: client.id, ...https, cidrBlocks: ["0.0.0.0/0"] };
            stack.add("aws:ec2/securityGroupRule:SecurityGroupRule", "rule", inputs);
          },
        );
        const single = pair(
          () => ({}),
          (stack, client) => {
            const inputs = {
              securityGroupId: client.id,
              ipProtocol: "tcp",
              fromPort: 443,
              toPort: 443,
              cidrIpv4: "0.0.0.0/0",
            };
            stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "rule", inputs);
          },
        );
        for (const stack of [old, single]) {
          assertExactly(permitted(stack.resources(deployed), "egress", "internet"), toAnyone);
          assertExactly(permitted(stack.resources(deployed), "ingress", "internet"), Traffic.none);
        }
      });

      it("let traffic pass to a group that a rule refers to, and to no other", () => {
        const inline = pair((server) => ({ egress: [{ ...https, securityGroups: [server.id] }] }));
        const single = pair(
          () => ({}),
          (stack, client, server) => {
            stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "rule", {
              securityGroupId: client.id,
              ipProtocol: "tcp",
              fromPort: 443,
              toPort: 443,
              referencedSecurityGroupId: server.id,
            });
          },
        );
        for (const stack of [inline, single]) {
          const resources = stack.resources(deployed);
          assertExactly(permitted(resources, "egress", "server"), Traffic.where(ports));
          assertExactly(permitted(resources, "egress", "client"), Traffic.none);
          assertExactly(permitted(resources, "egress", "internet"), Traffic.none);
        }
      });

      it("let traffic pass among their own with `self`", () => {
        const resources = pair(() => ({ ingress: [{ ...https, self: true }] })).resources(deployed);
        assertExactly(permitted(resources, "ingress", "client"), Traffic.where(ports));
        assertExactly(permitted(resources, "ingress", "server"), Traffic.none);
      });

      it("let traffic pass to the entries of a prefix list", () => {
        const stack = pair(
          () => ({}),
          (made, client) => {
            const list = made.add("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
              entries: [{ cidr: "52.0.0.0/16" }, { cidr: "53.0.0.0/16" }],
            });
            const inputs = { type: "egress", securityGroupId: client.id, ...https, prefixListIds: [list.id] };
            made.add("aws:ec2/securityGroupRule:SecurityGroupRule", "rule", inputs);
          },
        );
        assertExactly(
          permitted(stack.resources(deployed), "egress", "internet"),
          Traffic.where({ ...ports, destination: blocks("52.0.0.0/16", "53.0.0.0/16") }),
        );
      });

      it("are the VPC's default group where none is given: all out, in from itself", () => {
        const stack = pair(() => inlineEgress);
        const resources = stack
          .resources(deployed)
          .map(
            ({
              props: { vpcSecurityGroupIds: _, ...props },
              propertyDependencies: { vpcSecurityGroupIds: __, ...behind },
              ...each
            }) => ({
              ...each,
              props,
              propertyDependencies: behind,
            }),
          );
        assertExactly(permitted(resources, "egress", "internet"), Traffic.all);
        assertExactly(permitted(resources, "ingress", "server"), Traffic.all);
        assertExactly(permitted(resources, "ingress", "internet"), Traffic.none);
      });
    });
  }

  it("that the program emptied let nothing pass", () => {
    const stack = new Stack();
    const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    stack.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", { vpcId: vpc.id });
    stack.add("aws:ec2/instance:Instance", "client", { subnetId: subnet.id });
    for (const deployed of [true, false])
      assertExactly(permitted(stack.resources(deployed), "egress", "internet"), Traffic.none);
  });

  const hidden = (stack: Stack, name: string, ...path: string[]) =>
    stack
      .resources(true)
      .map((each) => (each.name === name && path[0] !== undefined && path[0] in each.props ? hide(each, path) : each));
  for (const path of [
    ["egress"],
    ["egress", "0"],
    ...["protocol", "fromPort", "toPort", "cidrBlocks"].map((key) => ["egress", "0", key]),
  ]) {
    it(`leave their traffic open while ${path.join(".")} isn't known`, () => {
      assertOpen(
        permitted(
          hidden(
            pair(() => inlineEgress),
            "client",
            ...path,
          ),
          "egress",
          "internet",
        ),
        toAnyone,
      );
    });
  }

  it("leave open what a party's groups let through while it isn't known which it has", () => {
    const resources = hidden(
      pair(() => inlineEgress),
      "client",
      "vpcSecurityGroupIds",
    ).map((each) => ({
      ...each,
      propertyDependencies: {},
    }));
    assertOpen(permitted(resources, "egress", "internet"), Traffic.all);
  });

  it("name a rule that is a resource of its own, and whom it lets to", () => {
    const stack = pair(
      () => inlineEgress,
      (made, client, server) => {
        const inputs = { type: "egress", securityGroupId: client.id, ...https, sourceSecurityGroupId: server.id };
        made.add("aws:ec2/securityGroupRule:SecurityGroupRule", "rule", inputs);
      },
    );
    const { links, parties } = readNetwork(stack.resources(false));
    const [group] = parties.find(({ resource }) => resource.name === "client")?.groups?.certain ?? [];
    assert.ok(group);
    assert.deepEqual(
      rulesOf(links, group, "egress", undefined).map(({ rule, peers }) => [rule, peers]),
      [
        [undefined, "0.0.0.0/0"],
        ['"rule"', '"server"'],
      ],
    );
  });
});
