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

  describe("leave open, and name,", () => {
    const asked = (inputs: Inputs, path: readonly string[] = [], to: "server" | "client" | "internet" = "internet") =>
      permitted(
        hidden(
          pair(() => inputs),
          "client",
          ...path,
        ),
        "egress",
        to,
      );

    it("a block that is none", () => {
      const estimate = asked({ egress: [{ ...https, cidrBlocks: ["somewhere"] }] });
      assertOpen(estimate, toAnyone);
      assert.deepEqual(estimate.unknowns, ["the blocks of a rule in securitygroup-client"]);
    });

    it("a prefix list outside the resources", () => {
      const estimate = asked({ egress: [{ ...https, prefixListIds: ["pl-of-others"] }] });
      assertOpen(estimate, toAnyone);
      assert.deepEqual(estimate.unknowns, ["the entries of prefix list pl-of-others"]);
    });

    it("a group outside the resources that the party has", () => {
      const resources = pair(() => ({}))
        .resources(true)
        .map((each) =>
          each.type === "aws:ec2/instance:Instance"
            ? { ...each, props: { ...each.props, vpcSecurityGroupIds: ["sg-of-others"] } }
            : each,
        );
      const estimate = permitted(resources, "egress", "internet");
      assertOpen(estimate, Traffic.all);
      assert.deepEqual(estimate.unknowns, ["the rules of security group sg-of-others"]);
    });

    it("a rule that refers to a group outside the resources, for others of the stack", () => {
      const foreign = { egress: [{ ...https, securityGroups: ["sg-of-others"] }] };
      assertOpen(asked(foreign, [], "server"), Traffic.where(ports));
      assertExactly(asked(foreign), Traffic.none);
    });

    it("whether a rule holds for the group itself", () => {
      const own = { egress: [{ ...https, self: true }] };
      const estimate = asked(own, ["egress", "0", "self"], "client");
      assertOpen(estimate, Traffic.where(ports));
      assert.deepEqual(estimate.unknowns, ['"self" of a rule in securitygroup-client']);
      assertExactly(asked(own, ["egress", "0", "self"], "server"), Traffic.none);
      assertExactly(asked({ egress: [{ ...https, self: false }] }, [], "client"), Traffic.none);
    });

    it("the rules of a group whose list isn't known", () => {
      assert.deepEqual(asked(inlineEgress, ["egress"]).unknowns, [
        "the egress rules of security group securitygroup-client",
      ]);
    });

    it("a rule of its own while its direction or its group isn't known", () => {
      const stack = pair(
        () => ({}),
        (made, client) => {
          const inputs = { type: "egress", securityGroupId: client.id, ...https, cidrBlocks: ["0.0.0.0/0"] };
          made.add("aws:ec2/securityGroupRule:SecurityGroupRule", "rule", inputs);
        },
      );
      for (const key of ["type", "securityGroupId"]) {
        const resources = hidden(stack, "rule", key).map((each) => ({ ...each, propertyDependencies: {} }));
        const estimate = permitted(resources, "egress", "internet");
        assertOpen(estimate, toAnyone);
        assert.deepEqual(estimate.unknowns, ["what securitygrouprule-rule belongs to"]);
      }
      const resources = hidden(stack, "rule", "securityGroupId");
      const [client, server] = resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
      assert.ok(client && server);
      const either = resources.map((each) =>
        each.name === "rule" ? { ...each, propertyDependencies: { securityGroupId: [client.urn, server.urn] } } : each,
      );
      assertOpen(permitted(either, "egress", "internet"), toAnyone);
    });
  });

  it("that have a block and a group in one rule let through both", () => {
    const stack = pair((server) => ({
      egress: [{ ...https, cidrBlocks: ["10.9.0.0/16"], securityGroups: [server.id] }],
    }));
    const resources = stack.resources(true);
    assertExactly(permitted(resources, "egress", "server"), Traffic.where(ports));
    const toBlock = Traffic.where({ ...ports, destination: blocks("10.9.0.0/16") });
    assertExactly(permitted(resources, "egress", "internet"), toBlock);
  });

  it("take rules for the source by block on the way in", () => {
    const resources = pair(() => ({ ingress: [{ ...https, cidrBlocks: ["10.9.0.0/16"] }] })).resources(true);
    const fromBlock = Traffic.where({ ...ports, source: blocks("10.9.0.0/16") });
    assertExactly(permitted(resources, "ingress", "internet"), fromBlock);
  });

  it("say whom each rule lets to", () => {
    const peers = (rule: object, ...path: string[]) => {
      const { links, parties } = readNetwork(
        hidden(
          pair(() => ({ egress: [{ ...https, ...rule }] as never })),
          "client",
          ...path,
        ),
      );
      const [group] = parties.find(({ resource }) => resource.name === "client")?.groups?.certain ?? [];
      assert.ok(group);
      return rulesOf(links, group, "egress", undefined).map((each) => each.peers);
    };
    assert.deepEqual(peers({ cidrBlocks: ["10.0.0.0/8"], ipv6CidrBlocks: ["::/0"], self: true }), [
      "10.0.0.0/8, ::/0, itself",
    ]);
    assert.deepEqual(peers({ prefixListIds: ["pl-1"] }), ["pl-1"]);
    assert.deepEqual(peers({ securityGroups: ["sg-other"] }), ["sg-other"]);
    assert.deepEqual(peers({}, "egress"), ["?"]);
    assert.deepEqual(peers({ cidrBlocks: ["10.0.0.0/8"] }, "egress", "0", "cidrBlocks"), ["a block that isn't known"]);
    assert.deepEqual(peers({ prefixListIds: ["pl-1"] }, "egress", "0", "prefixListIds"), ["a prefix list"]);
  });

  it("are the VPC's own default group with its rules as the program adopted it", () => {
    const stack = pair(
      () => ({}),
      (made) => {
        const inputs = { vpcId: "vpc-main", egress: [{ ...https, cidrBlocks: ["0.0.0.0/0"] }] };
        made.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", inputs);
      },
    );
    const resources = stack
      .resources(true)
      .map((each) =>
        each.name === "client" && "vpcSecurityGroupIds" in each.props
          ? { ...each, props: { ...each.props, vpcSecurityGroupIds: ["sg-made"] } }
          : each,
      );
    assertExactly(permitted(resources, "egress", "internet"), toAnyone);
  });
});
