import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { Balancer } from "../../../infra/communications";
import { balancerName } from "../../../infra/loadbalancing/balancer-name";
import { NetworkBalancer, type NetworkBalancerArgs } from "../../../infra/loadbalancing/network-balancer";
import { BALANCER_ANSWERS } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS } from "../network/vpc-stub";

const SELF = "dejima:loadbalancing:NetworkBalancer main-mail";
const TAGS = { Name: "main-mail", Role: "mail-nlb" };

const made = (more: Partial<NetworkBalancerArgs>, use: (balancer: NetworkBalancer) => unknown = () => undefined) =>
  record({ ...BALANCER_ANSWERS, ...STUB_ANSWERS }, async () => {
    const balancer = new NetworkBalancer("main-mail", {
      balancer: "mail-nlb",
      ports: [{ port: 25 }, { port: 993, sticky: true }],
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-mail-nlb",
      after: [new aws.ec2.InternetGateway("way-out")],
      ...more,
    });
    await use(balancer);
  });

/** All target groups are alike but for their port, name and stickiness. */
const targets = (port: number) => ({
  name: balancerName("main-mail", ["dejima", "test", "internet-facing", port, "target"]),
  vpcId: "vpc-1",
  port,
  protocol: "TCP",
  targetType: "instance",
  preserveClientIp: "true",
  deregistrationDelay: 120,
  connectionTermination: true,
  healthCheck: {
    protocol: "TCP",
    port: String(port),
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  },
  tags: TAGS,
});

describe("NetworkBalancer", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made({}, async (balancer) => {
      assert.equal(await resolved(balancer.dnsName), "main-mail.elb.example");
      assert.equal(await resolved(balancer.zoneId), "Z31USIVHYNEOWT");
      assert.equal(await resolved(balancer.targetGroupArn(25)), "arn:aws:targets:main-mail");
      assert.equal(await resolved(balancer.targetGroupArn(993)), "arn:aws:targets:main-mail-993");
      assert.throws(() => balancer.targetGroupArn(587), new RangeError("main-mail doesn't listen on port 587"));
    });
  });

  it("is awsx's balancer with its first port, and a listener and its targets for each further one", () => {
    assert.deepEqual(lineage(resources), [
      READY,
      `aws:lb/listener:Listener main-mail-993 < ${SELF}`,
      `aws:lb/targetGroup:TargetGroup main-mail-993 < ${SELF}`,
      `awsx:lb:NetworkLoadBalancer main-mail < ${SELF}`,
      SELF,
    ]);
  });

  it("has a security group of its own, answers across zones and knows its machines' clients and health (M13)", () => {
    assert.deepEqual(theOne(resources, "awsx:lb:NetworkLoadBalancer").inputs, {
      name: balancerName("main-mail", ["dejima", "test", "internet-facing", 25]),
      internal: false,
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroups: ["sg-mail-nlb"],
      enableCrossZoneLoadBalancing: true,
      listener: { port: 25, protocol: "TCP", tcpIdleTimeoutSeconds: 1860, tags: TAGS },
      defaultTargetGroup: targets(25),
      tags: TAGS,
    });
  });

  it("forwards a further port to the same port of its own targets, sticky where that is asked for", () => {
    assert.deepEqual(theOne(resources, "aws:lb/targetGroup:TargetGroup").inputs, {
      ...targets(993),
      stickiness: { enabled: true, type: "source_ip" },
    });
    assert.deepEqual(theOne(resources, "aws:lb/listener:Listener").inputs, {
      loadBalancerArn: "arn:aws:nlb:main-mail",
      port: 993,
      protocol: "TCP",
      tcpIdleTimeoutSeconds: 1860,
      defaultActions: [{ type: "forward", targetGroupArn: "arn:aws:targets:main-mail-993" }],
      tags: TAGS,
    });
  });

  it("stands only after what it needs, such as the internet gateway", () => {
    assert.deepEqual(theOne(resources, "awsx:lb:NetworkLoadBalancer").dependencies, [READY]);
  });

  it("is internal exactly where the communications say so (M5)", async () => {
    const internal: Record<string, unknown> = {};
    const balancers: Balancer[] = ["mail-nlb", "bastion-nlb", "proxy-nlb", "internal-mail-nlb"];
    for (const balancer of balancers) {
      const one = theOne(await made({ balancer }), "awsx:lb:NetworkLoadBalancer");
      internal[balancer] = one.inputs["internal"];
    }
    assert.deepEqual(internal, {
      "mail-nlb": false,
      "bastion-nlb": false,
      "proxy-nlb": true,
      "internal-mail-nlb": true,
    });
  });

  it("has another name when its scheme or port changes: AWS makes the new one beside the old", async () => {
    const names = new Set<unknown>();
    for (const more of [{}, { balancer: "proxy-nlb" }, { ports: [{ port: 2525 }] }] satisfies Parameters<
      typeof made
    >[0][]) {
      const { name, defaultTargetGroup } = theOne(await made(more), "awsx:lb:NetworkLoadBalancer").inputs;
      names.add(name).add((defaultTargetGroup as { name: string }).name);
    }
    assert.equal(names.size, 6);
  });
});
