import assert from "node:assert/strict";
import { readNetwork } from "../../../policies/reachability/network";
import { targetsOfGroup } from "../../../policies/reachability/group-targets";
import { ask, group } from "./asking";
import { balanced } from "./balanced-stack";

/** The network load balancer of `balanced` before an Auto Scaling group "fleet" in the private subnet of zone a. */
function fleet(tied: "list" | "attachment" | "traffic source" | "theirs") {
  const world = balanced("network", { pool: { targetType: "instance" } });
  const { stack, subnets, groups, pool } = world;
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "fleet", {
    vpcSecurityGroupIds: [groups.target.id],
  });
  const listed = tied === "list" ? { targetGroupArns: [pool.of("arn")] } : {};
  const scaling = stack.add(
    "aws:autoscaling/group:Group",
    "fleet",
    {
      vpcZoneIdentifiers: [subnets.appA.id],
      launchTemplate: { id: template.id },
      minSize: 1,
      maxSize: 2,
      ...(tied === "theirs" ? { targetGroupArns: ["arn:theirs"] } : listed),
    },
    { name: "fleet" },
  );
  if (tied === "attachment")
    stack.add("aws:autoscaling/attachment:Attachment", "fleet", {
      autoscalingGroupName: scaling.of("name"),
      lbTargetGroupArn: pool.of("arn"),
    });
  if (tied === "traffic source")
    stack.add("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment", "fleet", {
      autoscalingGroupName: scaling.of("name"),
      trafficSource: { identifier: pool.of("arn"), type: "elbv2" },
    });
  return stack;
}

describe("what is registered with a target group (M2, M4)", () => {
  for (const tied of ["list", "attachment", "traffic source"] as const) {
    for (const deployed of [true, false]) {
      it(`an Auto Scaling group, by ${tied}${deployed ? "" : ", in the first preview"}`, () => {
        const resources = fleet(tied).resources(deployed);
        assert.equal(ask(resources, { from: "internet", to: "fleet" }), "reachable");
        assert.equal(ask(resources, { from: "internet", to: "fleet", dstPort: 22 }), "blocked");
      });
    }
  }

  it("of a target group outside the resources leaves open who forwards", () => {
    assert.equal(ask(fleet("theirs").resources(true), { from: "internet", to: "fleet" }), "undetermined");
  });

  it("at a port of its own", () => {
    const { stack, vpc } = balanced("network", { attachment: { port: 9443 } });
    assert.equal(ask(stack.resources(true), { from: "internet", to: "front" }), "reachable, reply blocked");
    assert.ok(group(stack, vpc, "unused", {}));
  });

  it("an address that nobody is known to have leaves open whose it is", () => {
    const { stack, pool } = balanced("network", { pool: { targetType: "ip" } });
    const inputs = { targetGroupArn: pool.of("arn"), targetId: "10.0.10.99" };
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "stranger", inputs);
    const network = readNetwork(stack.resources(true));
    const servers = network.links.ofTypes("aws:lb/targetGroup:TargetGroup")[0];
    assert.ok(servers);
    assert.deepEqual(targetsOfGroup(network, servers).outside, ["whatever has the address 10.0.10.99"]);
    assert.equal(ask(network, { from: "internet", to: "front" }), "reachable, reply undetermined");
  });

  it("an ECS service is a target that isn't modelled", () => {
    const { stack, pool, subnets } = balanced("application", { pool: { targetType: "ip" } });
    stack.add("aws:ecs/service:Service", "tasks", {
      loadBalancers: [{ targetGroupArn: pool.of("arn"), containerName: "web", containerPort: 8443 }],
      networkConfiguration: { subnets: [subnets.appA.id] },
    });
    assert.equal(ask(stack.resources(true), { from: "internet", to: "front" }), "reachable, reply undetermined");
  });
});
