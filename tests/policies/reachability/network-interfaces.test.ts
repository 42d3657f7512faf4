import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import type { Stack } from "../stack";
import {
  type Added,
  ask,
  bothWays,
  everything,
  group,
  https,
  type Inputs,
  instance,
  toInternet,
  twoSubnets,
  when,
} from "./asking";

const eni = "aws:ec2/networkInterface:NetworkInterface";
const world = { cidrBlocks: ["0.0.0.0/0"] };

/** A client that may send anything, and a server in subnet b whose own group is closed; `attach` gives it an interface whose group is open. */
function served(
  attach: (stack: Stack, server: Added, open: Added) => void,
  inputs: (open: Added) => Inputs = () => ({}),
) {
  return twoSubnets(({ stack, vpc, a, b }) => {
    const out = group(stack, vpc, "out", { egress: [{ ...everything, ...world }] });
    const closed = group(stack, vpc, "closed", {});
    const door = group(stack, vpc, "door", {
      ingress: [{ ...https, ...world }],
      egress: [{ ...everything, ...world }],
    });
    const open = stack.add(eni, "open", { subnetId: a.id, securityGroups: [door.id], privateIp: "10.0.0.50" });
    instance(stack, "client", a, { vpcSecurityGroupIds: [out.id], privateIp: "10.0.0.10" });
    const own = { subnetId: b.id, vpcSecurityGroupIds: [closed.id], privateIp: "10.0.1.10" };
    const given = inputs(open);
    const server = stack.add("aws:ec2/instance:Instance", "server", Object.keys(given).length > 0 ? given : own);
    attach(stack, server, open);
  });
}

const ways: Readonly<Record<string, Stack>> = {
  "an attachment of its own": served((stack, server, open) => {
    const inputs = { instanceId: server.id, networkInterfaceId: open.id, deviceIndex: 1 };
    stack.add("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "second", inputs);
  }),
  "the instance, as its primary one": served(
    () => undefined,
    (open) => ({ primaryNetworkInterface: { networkInterfaceId: open.id } }),
  ),
  "the instance's list": served(
    () => undefined,
    (open) => ({ networkInterfaces: [{ networkInterfaceId: open.id, deviceIndex: 0 }] }),
  ),
};

describe("network interfaces of an instance", () => {
  for (const deployed of bothWays) {
    for (const [how, stack] of Object.entries(ways)) {
      it(`count when they are attached by ${how}, ${when(deployed)}`, () => {
        const resources = stack.resources(deployed);
        assert.equal(ask(resources, { from: "client", to: "server" }), "reachable");
        assert.equal(ask(resources, { from: "client", to: "server", dstPort: 22 }), "blocked");
        assert.equal(ask(resources, { from: "client", to: "open" }), "reachable");
        assert.equal(ask(resources, { from: "client", to: "10.0.0.50" }), "reachable");
      });
    }

    it(`count when the interface says to which instance it belongs, ${when(deployed)}`, () => {
      const stack = twoSubnets(({ stack: made, vpc, a, b }) => {
        const closed = group(made, vpc, "closed", {});
        const door = group(made, vpc, "door", {
          ingress: [{ ...https, ...world }],
          egress: [{ ...everything, ...world }],
        });
        const server = instance(made, "server", b, { vpcSecurityGroupIds: [closed.id], privateIp: "10.0.1.10" });
        const attachments = [{ instance: server.id, deviceIndex: 1 }];
        made.add(eni, "open", { subnetId: a.id, securityGroups: [door.id], attachments });
        instance(made, "client", a, { vpcSecurityGroupIds: [door.id] });
      });
      assert.equal(ask(stack.resources(deployed), { from: "client", to: "server" }), "reachable");
    });

    it(`are told apart by the address that is asked for, ${when(deployed)}`, () => {
      const resources = ways["an attachment of its own"]?.resources(deployed) ?? [];
      assert.equal(ask(resources, { from: "client", to: "server", toIp: "10.0.0.50" }), "reachable");
      assert.equal(ask(resources, { from: "client", to: "server", toIp: "10.0.1.10" }), "blocked");
      assert.equal(ask(resources, { from: "server", to: "client", fromIp: "10.0.1.10" }), "blocked");
    });

    it(`have the groups that an attachment adds, ${when(deployed)}`, () => {
      const added = (target: "eni" | "primary") =>
        twoSubnets(({ stack, vpc, a }) => {
          const closed = group(stack, vpc, "closed", {});
          const open = { ingress: [{ ...https, ...world }], egress: [{ ...everything, ...world }] };
          const door = group(stack, vpc, "door", open);
          instance(stack, "client", a, { vpcSecurityGroupIds: [door.id] });
          const server =
            target === "eni"
              ? stack.add(eni, "server", { subnetId: a.id, securityGroups: [closed.id] })
              : stack.add(
                  "aws:ec2/instance:Instance",
                  "server",
                  { subnetId: a.id, vpcSecurityGroupIds: [closed.id] },
                  { primaryNetworkInterfaceId: "eni-made" },
                );
          stack.add("aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "more", {
            securityGroupId: door.id,
            networkInterfaceId: target === "eni" ? server.id : server.of("primaryNetworkInterfaceId"),
          });
        });
      for (const target of ["eni", "primary"] as const) {
        const resources = added(target).resources(deployed);
        assert.equal(ask(resources, { from: "client", to: "server" }), "reachable");
        assert.equal(ask(resources, { from: "client", to: "server", dstPort: 22 }), "blocked");
      }
    });
  }

  it("leave the answer open while it isn't known to which instance one belongs", () => {
    const anonymous = (resources: readonly Resource[], type: string, key: string) =>
      resources.map((each) => (each.type.endsWith(type) ? { ...hide(each, [key]), propertyDependencies: {} } : each));
    const attached = ways["an attachment of its own"]?.resources(true) ?? [];
    for (const key of ["instanceId", "networkInterfaceId"]) {
      const hidden = anonymous(attached, "NetworkInterfaceAttachment", key);
      assert.equal(ask(hidden, { from: "client", to: "server" }), "undetermined", key);
    }
  });

  it("that AWS made with the instance are its own, though the state names them", () => {
    const stack = twoSubnets(({ stack: made, vpc, a }) => {
      const door = group(made, vpc, "door", {
        ingress: [{ ...https, ...world }],
        egress: [{ ...everything, ...world }],
      });
      for (const name of ["client", "server"])
        instance(made, name, a, {
          vpcSecurityGroupIds: [door.id],
          primaryNetworkInterface: { networkInterfaceId: `eni-of-${name}` },
        });
    });
    assert.equal(ask(stack.resources(true), { from: "client", to: "server" }), "reachable");
  });
});

describe("the public address that AWS says of an instance", () => {
  it("is its primary interface's, though that is a resource of its own", () => {
    const told = (publicIp: string) =>
      twoSubnets(({ stack, vpc, a }) => {
        const open = group(stack, vpc, "open", { ingress: [{ ...everything, ...world }] });
        const { id } = stack.add(eni, "card", { subnetId: a.id, securityGroups: [open.id] });
        const inputs = { primaryNetworkInterface: { networkInterfaceId: id } };
        stack.add("aws:ec2/instance:Instance", "server", inputs, { publicIp });
        stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
      }).resources(true);
    assert.equal(ask(told("54.9.9.9"), { from: "internet", to: "server" }), "reachable, reply blocked");
    assert.equal(ask(told(""), { from: "internet", to: "server" }), "blocked");
  });
});

describe("the addresses of a network interface", () => {
  /** A server that lets in from one address only; the interface `client` has what `inputs` say. */
  const from = (admitted: string, inputs: Inputs) =>
    twoSubnets(({ stack, vpc, a }) => {
      const out = group(stack, vpc, "out", { egress: [{ ...everything, ...world }] });
      const narrow = group(stack, vpc, "narrow", { ingress: [{ ...https, cidrBlocks: [admitted] }] });
      stack.add(eni, "client", { subnetId: a.id, securityGroups: [out.id], ...inputs });
      instance(stack, "server", a, { vpcSecurityGroupIds: [narrow.id], privateIp: "10.0.0.200" });
    });
  const question = { from: "client", to: "server" };

  for (const [what, inputs] of Object.entries({
    "secondary ones": { privateIps: ["10.0.0.10", "10.0.0.66"] },
    "those of a list in order": { privateIpLists: ["10.0.0.10", "10.0.0.66"], privateIpListEnabled: true },
    "delegated prefixes": { privateIp: "10.0.0.10", ipv4Prefixes: ["10.0.0.64/28"] },
  } satisfies Record<string, Inputs>)) {
    it(`are ${what} too`, () => {
      for (const deployed of bothWays) {
        assert.equal(ask(from("10.0.0.66/32", inputs).resources(deployed), question), "reachable");
        assert.equal(ask(from("10.0.0.99/32", inputs).resources(deployed), question), "blocked");
        const named = { ...question, fromIp: "10.0.0.10" };
        assert.equal(ask(from("10.0.0.66/32", inputs).resources(deployed), named), "blocked");
      }
    });
  }

  it("may be any of the subnet's while AWS chooses some", () => {
    const open: readonly Inputs[] = [
      { privateIp: "10.0.0.10", privateIpsCount: 2 },
      { privateIp: "10.0.0.10", ipv4PrefixCount: 1 },
      {},
    ];
    for (const inputs of open)
      assert.equal(ask(from("10.0.0.66/32", inputs).resources(true), question), "undetermined", JSON.stringify(inputs));
  });

  it("have no IPv6 one only because the subnet has a block", () => {
    const v6 = (subnet: Inputs, inputs: Inputs) =>
      twoSubnets(
        ({ stack, vpc, a }) => {
          const out = group(stack, vpc, "out", { egress: [{ ...everything, ipv6CidrBlocks: ["::/0"] }] });
          instance(stack, "client", a, { vpcSecurityGroupIds: [out.id], ...inputs });
          toInternet(stack, vpc, a);
        },
        { ipv6CidrBlock: "2600:db8:0:1::/64", ...subnet },
      );
    const toAll = { from: "client", to: "internet" };
    const cases: readonly (readonly [Inputs, Inputs, string])[] = [
      [{}, {}, "blocked"],
      [{ assignIpv6AddressOnCreation: true }, {}, "reachable"],
      [{}, { ipv6AddressCount: 1 }, "reachable"],
      [{}, { ipv6Addresses: ["2600:db8:0:1::5"] }, "reachable"],
    ];
    for (const [subnet, inputs, expected] of cases)
      for (const deployed of bothWays)
        assert.equal(ask(v6(subnet, inputs).resources(deployed), toAll), expected, JSON.stringify([subnet, inputs]));
  });
});
