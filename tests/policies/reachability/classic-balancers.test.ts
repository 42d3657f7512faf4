import assert from "node:assert/strict";
import { ask, everything, group, instance, toInternet, twoSubnets } from "./asking";

const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });

/** A classic load balancer in subnet a takes tcp/80 and makes connections to tcp/8080 of "server" in subnet b. */
function classic(admitted: object, instances: readonly string[] = ["instance-server"], more: object = {}) {
  return twoSubnets(
    ({ stack, vpc, a, b }) => {
      toInternet(stack, vpc, a);
      const out = { egress: [{ ...everything, cidrBlocks: ["0.0.0.0/0"] }] };
      const own = group(stack, vpc, "own", { ...out, ingress: [{ ...tcp(80), cidrBlocks: ["0.0.0.0/0"] }] });
      const target = group(stack, vpc, "target", { ...out, ingress: [{ ...tcp(8080), ...admitted }] });
      instance(stack, "server", b, { vpcSecurityGroupIds: [target.id], privateIp: "10.0.1.10" });
      stack.add("aws:elb/loadBalancer:LoadBalancer", "front", {
        subnets: [a.id],
        securityGroups: [own.id],
        listeners: [{ lbPort: 80, lbProtocol: "http", instancePort: 8080, instanceProtocol: "http" }],
        instances,
        ...more,
      });
    },
    { availabilityZone: "ap-northeast-1a" },
  );
}

const asked = (stack: ReturnType<typeof classic>, to: string, dstPort: number) =>
  ask(stack.resources(true), { from: "internet", to, dstPort });

describe("a classic load balancer (M2, M4)", () => {
  it("makes connections of its own to its instances", () => {
    const stack = classic({ securityGroups: ["securitygroup-own"] });
    assert.deepEqual([asked(stack, "server", 80), asked(stack, "front", 80)], ["reachable", "reachable"]);
    assert.deepEqual([asked(stack, "server", 8080), asked(stack, "front", 443)], ["blocked", "blocked"]);
    assert.equal(asked(classic({ cidrBlocks: ["10.0.0.0/24"] }), "server", 80), "reachable");
  });

  it("shows an instance its own address, never the client's", () => {
    const stack = classic({ cidrBlocks: ["8.0.0.0/8"] });
    // Its health check fails by the same rule, and what it sends is blocked whatever it thinks of the instance's health.
    assert.equal(asked(stack, "server", 80), "blocked");
  });

  it("has instances by attachments too", () => {
    const stack = classic({ securityGroups: ["securitygroup-own"] }, []);
    assert.equal(asked(stack, "server", 80), "blocked");
    stack.add("aws:elb/attachment:Attachment", "server", { elb: "loadbalancer-front", instance: "instance-server" });
    assert.equal(asked(stack, "server", 80), "reachable");
  });

  it("checks the port of its health check's target", () => {
    const check = { healthCheck: { target: "HTTP:9000/health", interval: 30, timeout: 5 } };
    const stack = classic({ securityGroups: ["securitygroup-own"] }, ["instance-server"], check);
    assert.equal(asked(stack, "server", 80), "undetermined");
  });

  it("outside the resources leaves open what it forwards to", () => {
    const stack = classic({ securityGroups: ["securitygroup-own"] }, []);
    stack.add("aws:elb/attachment:Attachment", "server", { elb: "theirs", instance: "instance-server" });
    assert.equal(asked(stack, "server", 80), "undetermined");
  });
});
