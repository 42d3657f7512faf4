import assert from "node:assert/strict";
import { answer } from "../../../policies/reachability/answer";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { hide, hideOne, places, withoutDependencies } from "../hidden-values";
import type { Stack } from "../stack";
import { ask, group, instance } from "./asking";
import { acl, admits, balanced } from "./balanced-stack";

const asked = (stack: Stack, from: string, to: string, more: object = {}) =>
  ask(stack.resources(true), { from, to, ...more });

describe("ways through a network load balancer (M2, M4)", () => {
  const open = { enableCrossZoneLoadBalancing: true };

  it("lead from the internet to a target that has neither public address nor default route", () => {
    const { stack } = balanced("network");
    assert.equal(asked(stack, "internet", "server"), "reachable");
  });

  it("are dialled at the listener's port: the target's own isn't one", () => {
    const { stack } = balanced("network");
    for (const dstPort of [8443, 22]) assert.equal(asked(stack, "internet", "server", { dstPort }), "blocked");
    assert.equal(asked(stack, "internet", "server", { protocol: "udp", dstPort: 443 }), "blocked");
  });

  it("aren't meant when the question names the target's own address", () => {
    const { stack } = balanced("network");
    assert.equal(asked(stack, "internet", "server", { toIp: "10.0.10.10" }), "blocked");
  });

  it("show the target the client's address: rules for the VPC alone don't admit the internet", () => {
    assert.equal(
      asked(balanced("network", { balancer: open }, [admits.vpcAlone]).stack, "internet", "server"),
      "blocked",
    );
    assert.equal(
      asked(balanced("network", { balancer: open }, [admits.vpcAlone]).stack, "client", "server"),
      "reachable",
    );
    assert.equal(
      asked(balanced("network", { balancer: open }, [admits.everyone]).stack, "internet", "server"),
      "reachable",
    );
  });

  it("show registered addresses the balancer's own, unless told to keep the client's", () => {
    const byAddress = (preserveClientIp?: boolean) => {
      const pool = { targetType: "ip", ...(preserveClientIp === undefined ? {} : { preserveClientIp }) };
      const world = balanced("network", { pool }, [admits.vpcAlone]);
      world.stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "server", {
        targetGroupArn: world.pool.of("arn"),
        targetId: "10.0.10.10",
      });
      return asked(world.stack, "internet", "server");
    };
    assert.equal(byAddress(), "reachable");
    assert.equal(byAddress(true), "blocked");
  });

  it("pass rules that name the balancer's group, not those that name the client's", () => {
    assert.equal(asked(balanced("network", { balancer: open }).stack, "client", "server"), "reachable");
    const { stack } = balanced("network", { balancer: { ...open, internal: true } }, "client");
    assert.equal(asked(stack, "client", "server"), "blocked");
  });

  it("are watched by the balancer's own groups, both ways", () => {
    const { stack, vpc } = balanced("network");
    const silent = group(stack, vpc, "silent", { ingress: [{ ...admits.port, cidrBlocks: ["0.0.0.0/0"] }] });
    const world = (groups: object) =>
      stack
        .resources(true)
        .map((each) => (each.name === "front" ? { ...each, props: { ...each.props, ...groups } } : each));
    assert.equal(
      ask(world({ securityGroups: ["securitygroup-silent"] }), { from: "internet", to: "server" }),
      "blocked",
    );
    assert.ok(silent);
    const ungrouped = balanced("network", {}, [admits.everyone]).stack.resources(true);
    const bare = ungrouped.map((each) =>
      each.name === "front" ? { ...each, props: { ...each.props, securityGroups: [] } } : each,
    );
    assert.equal(ask(bare, { from: "internet", to: "server" }), "reachable");
  });

  it("need the target subnet's ACL to let the reply out to the client, though it leaves by the node (axiom: repliesByNode)", () => {
    const { stack, vpc, subnets } = balanced("network");
    const deny = { ruleNo: 10, protocol: "tcp", action: "deny", cidrBlock: "8.0.0.0/8", fromPort: 0, toPort: 65535 };
    acl(stack, vpc, subnets.appA, [], [deny]);
    assert.equal(asked(stack, "internet", "server", { fromIp: "8.8.8.8" }), "reachable, reply blocked");
    assert.equal(asked(stack, "internet", "server", { fromIp: "9.9.9.9" }), "reachable");
  });

  it("need the node subnet's ACL to let the target's reply in", () => {
    const { stack, vpc, subnets } = balanced("network", { balancer: { subnets: ["subnet-edge-a"] } });
    const deny = { ruleNo: 10, protocol: "tcp", action: "deny", cidrBlock: "10.0.10.0/24", fromPort: 0, toPort: 65535 };
    acl(stack, vpc, subnets.edgeA, [deny], []);
    // The health check fails by the same rule: what is left is whether the balancer fails open.
    assert.equal(asked(stack, "internet", "server"), "undetermined, reply blocked");
  });

  it("are dialled onward from a port that the node picks: an ACL that lets replies to some of them in leaves it open", () => {
    const denying = (fromPort: number) => {
      const { stack, vpc, subnets } = balanced("application", { balancer: { subnets: ["subnet-edge-a"] } });
      const deny = { ruleNo: 10, protocol: "tcp", action: "deny", cidrBlock: "10.0.10.0/24", fromPort, toPort: 32767 };
      acl(stack, vpc, subnets.edgeA, [deny], []);
      return asked(stack, "internet", "server");
    };
    assert.equal(denying(32767), "undetermined");
    assert.equal(asked(balanced("application").stack, "internet", "server"), "reachable");
  });

  it("don't lead from a target to itself (axiom: noLoopback)", () => {
    const { stack } = balanced("network", { balancer: open }, [admits.everyone, admits.vpcAlone]);
    assert.equal(asked(stack, "server", "front"), "reachable, reply blocked");
    const { stack: own } = balanced("application");
    assert.equal(asked(own, "server", "front"), "reachable");
  });

  it("stay in the node's zone with cross-zone load balancing off; another node is enough", () => {
    const { stack } = balanced("network");
    assert.equal(asked(stack, "client", "server"), "reachable");
    const far = (crossZone: boolean) =>
      balanced("network", { balancer: { subnets: ["subnet-edge-b"], enableCrossZoneLoadBalancing: crossZone } }).stack;
    // Zone a isn't enabled at all then: "these registered targets do not receive traffic".
    for (const crossZone of [true, false]) assert.equal(asked(far(crossZone), "internet", "server"), "blocked");
  });

  it("stay open while the health check can't get through and no other target is healthy (axiom: failsOpen)", () => {
    const { stack } = balanced("network", { pool: { healthCheck: { port: "9000" } } });
    assert.equal(asked(stack, "internet", "server"), "undetermined");
  });

  it("don't lead to a target whose health check can't get through while another one is healthy (axiom: failsOpen)", () => {
    const { stack, pool, subnets, vpc, groups } = balanced("network", { balancer: open }, [admits.internetAlone]);
    const healthy = group(stack, vpc, "healthy", {
      ingress: [{ ...admits.port, securityGroups: [groups.balancer.id] }],
      egress: [],
    });
    const other = instance(stack, "other", subnets.appB, {
      vpcSecurityGroupIds: [healthy.id],
      privateIp: "10.0.11.20",
    });
    assert.equal(asked(stack, "internet", "server", { fromIp: "8.8.8.8" }), "undetermined");
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "other", {
      targetGroupArn: pool.of("arn"),
      targetId: other.id,
    });
    assert.equal(asked(stack, "internet", "server", { fromIp: "8.8.8.8" }), "blocked");
    assert.equal(asked(stack, "internet", "other", { fromIp: "8.8.8.8" }), "reachable");
  });

  it("are found for a target registered by an address of an attached interface", () => {
    const world = balanced("network", { pool: { targetType: "ip" } });
    const { stack, subnets, groups } = world;
    const second = stack.add("aws:ec2/networkInterface:NetworkInterface", "second", {
      subnetId: subnets.appA.id,
      privateIps: ["10.0.10.77"],
      securityGroups: [groups.target.id],
    });
    stack.add("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "second", {
      instanceId: "instance-server",
      networkInterfaceId: second.id,
      deviceIndex: 1,
    });
    assert.equal(asked(stack, "internet", "server"), "blocked");
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "second", {
      targetGroupArn: world.pool.of("arn"),
      targetId: "10.0.10.77",
    });
    assert.equal(asked(stack, "internet", "server"), "reachable");
    assert.equal(asked(stack, "internet", "second"), "reachable");
  });
});

describe("ways through an application load balancer (M2, M4)", () => {
  it("show the target the balancer's address and group, whoever asks", () => {
    for (const rules of ["balancer", [admits.vpcAlone]] as const) {
      const { stack } = balanced("application", {}, rules);
      assert.deepEqual(
        [asked(stack, "internet", "server"), asked(stack, "client", "server")],
        ["reachable", "reachable"],
      );
    }
    const { stack } = balanced("application", {}, [admits.internetAlone]);
    assert.equal(asked(stack, "internet", "front"), "reachable, reply blocked");
  });

  it("don't lead from the internet through an internal one", () => {
    const { stack } = balanced("application", { balancer: { internal: true } });
    assert.equal(asked(stack, "internet", "server"), "blocked");
    assert.equal(asked(stack, "client", "server"), "reachable");
  });

  it("lead by the rules of a listener that redirects otherwise, and answer without a target", () => {
    const redirect = { defaultActions: [{ type: "redirect", redirect: { port: "443", statusCode: "HTTP_301" } }] };
    const { stack, pool } = balanced("application", { listener: redirect });
    assert.equal(asked(stack, "internet", "server"), "blocked");
    assert.equal(asked(stack, "internet", "front"), "reachable");
    stack.add("aws:lb/listenerRule:ListenerRule", "api", {
      listenerArn: "listener-https",
      actions: [{ type: "forward", targetGroupArn: pool.of("arn") }],
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
    });
    assert.equal(asked(stack, "internet", "server"), "reachable");
  });

  it("lead through a network load balancer before it, whose clients it sees", () => {
    const world = balanced("application", { balancer: { internal: true } });
    const { stack, subnets, balancer } = world;
    const front = stack.add(
      "aws:lb/loadBalancer:LoadBalancer",
      "outer",
      { loadBalancerType: "network", internal: false, subnets: [subnets.edgeA.id], securityGroups: [] },
      { arn: "arn:outer" },
    );
    const pool = stack.add(
      "aws:lb/targetGroup:TargetGroup",
      "inner",
      { targetType: "alb", port: 443, protocol: "TCP", vpcId: world.vpc.id },
      { arn: "arn:inner" },
    );
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "inner", {
      targetGroupArn: pool.of("arn"),
      targetId: balancer.of("arn"),
    });
    stack.add("aws:lb/listener:Listener", "outer", {
      loadBalancerArn: front.of("arn"),
      port: 8080,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: pool.of("arn") }],
    });
    assert.equal(asked(stack, "internet", "server", { dstPort: 8080 }), "reachable");
    assert.equal(asked(stack, "internet", "outer", { dstPort: 8080 }), "reachable");
    assert.equal(asked(stack, "internet", "front", { dstPort: 8080 }), "reachable");
    assert.equal(asked(stack, "internet", "front", { dstPort: 8081 }), "blocked");
    assert.equal(asked(stack, "internet", "server"), "blocked");
  });
});

describe("a load balancer as an end (M4)", () => {
  it("takes what a listener takes, and is answered by some target", () => {
    const { stack } = balanced("network");
    assert.equal(asked(stack, "internet", "front"), "reachable");
    assert.equal(asked(stack, "internet", "front", { dstPort: 80 }), "blocked");
  });

  it("says that it has no listener on a port", () => {
    const network = readNetwork(balanced("network").stack.resources(true));
    const urn = network.parties.find(({ resource }) => resource.name === "front")?.resource.urn ?? "";
    const question = { from: { kind: "internet" }, to: { kind: "party", urn }, protocol: "tcp", dstPort: 22 } as const;
    assert.equal(
      answer(network, question).blockedBy?.what,
      "load balancer loadbalancer-front has no listener on tcp/22",
    );
  });

  it("has the addresses of its subnet mappings, public and private", () => {
    const { stack } = balanced("network", {
      balancer: {
        subnets: [],
        subnetMappings: [{ subnetId: "subnet-edge-a", allocationId: "eip-front", privateIpv4Address: "10.0.0.9" }],
      },
    });
    stack.add("aws:ec2/eip:Eip", "front", {}, { publicIp: "13.113.0.9" });
    assert.equal(asked(stack, "internet", "13.113.0.9"), "reachable");
    assert.equal(asked(stack, "internet", "13.113.0.9", { dstPort: 80 }), "blocked");
    assert.equal(asked(stack, "client", "10.0.0.9"), "reachable");
    assert.equal(asked(stack, "internet", "10.0.0.9"), "blocked");
    assert.equal(asked(stack, "internet", "server", { toIp: "13.113.0.9" }), "reachable");
  });

  it("isn't answered without any target", () => {
    const { stack } = balanced("network", { pool: { targetType: "ip" } });
    assert.equal(asked(stack, "internet", "front"), "reachable, reply blocked");
  });

  it("sends to its targets from its own addresses and groups", () => {
    const { stack } = balanced("network");
    assert.equal(asked(stack, "front", "server", { dstPort: 8443 }), "reachable");
    assert.equal(asked(stack, "front", "server", { dstPort: 22 }), "blocked");
  });

  it("of the gateway type isn't followed", () => {
    const { stack } = balanced("network", { balancer: { loadBalancerType: "gateway" } });
    assert.equal(asked(stack, "internet", "front"), "undetermined");
  });
});

describe("what isn't known of a load balancer (M4)", () => {
  const questions = [
    ["internet", "server"],
    ["client", "server"],
    ["internet", "front"],
  ] as const;
  const ports = [443, 8443];
  const worlds: Readonly<Record<string, readonly Resource[]>> = {
    "a network load balancer": balanced("network", {
      balancer: { enableCrossZoneLoadBalancing: true },
    }).stack.resources(true),
    "one that no rule of the target admits": balanced("network", {}, [admits.vpcAlone]).stack.resources(true),
    "an application load balancer": balanced("application").stack.resources(true),
  };
  const all = (resources: readonly Resource[]) => {
    const network = readNetwork(resources);
    return questions.flatMap(([from, to]) => ports.map((dstPort) => ask(network, { from, to, dstPort })));
  };
  const kinds = ["LoadBalancer", "Listener", "TargetGroup", "TargetGroupAttachment", "Subnet"];

  for (const [name, resources] of Object.entries(worlds)) {
    for (const known of [resources, withoutDependencies(resources)]) {
      it(`of ${name}, any one value hidden, never turns an answer into the opposite one${known === resources ? "" : ", without dependencies"}`, function () {
        this.timeout(120_000);
        const before = all(known);
        const turned = known.flatMap((resource, at) => {
          if (!kinds.some((kind) => resource.type.endsWith(`:${kind}`))) return [];
          return places(resource.props).flatMap((path) => {
            const after = all(hideOne(known, at, path));
            return after.flatMap((each, index) => {
              const was = before[index] ?? "";
              const parts = (text: string) => (text.includes(", reply ") ? text.split(", reply ") : [text, text]);
              const isTurned = parts(each).some((part, which) => {
                const old = parts(was)[which];
                return part !== "undetermined" && part !== old;
              });
              return isTurned ? [`${resource.type} ${path.join(".")}: ${was} became ${each}`] : [];
            });
          });
        });
        assert.deepEqual(turned, []);
      });
    }
  }
});

describe("a target that isn't known (M4)", () => {
  it("may be the load balancer itself, and is followed no further", () => {
    const known = withoutDependencies(balanced("application").stack.resources(true));
    const hidden: Readonly<Record<string, readonly string[]>> = {
      LoadBalancer: ["securityGroups", "0"],
      TargetGroupAttachment: ["targetId"],
      TargetGroup: ["port"],
    };
    const resources = known.map((each) => {
      const path = hidden[each.type.slice(each.type.lastIndexOf(":") + 1)];
      return path === undefined ? each : hide(each, path);
    });
    assert.equal(ask(readNetwork(resources), { from: "internet", to: "front", dstPort: 443 }), "undetermined");
  });
});
