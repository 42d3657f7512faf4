import assert from "node:assert/strict";
import { balancerName } from "../../../infra/loadbalancing/balancer-name";
import { WebBalancer } from "../../../infra/loadbalancing/web-balancer";
import { lineage, record, resolved, theOne, type Answers, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";

const SELF = "dejima:loadbalancing:WebBalancer main-web";
const TAGS = { Name: "main-web", Role: "web-alb" };
const IDENTITY = ["dejima", "test", "internet-facing", 443];

const ANSWERS: Answers = {
  ...STUB_ANSWERS,
  "awsx:lb:ApplicationLoadBalancer": ({ name }) => ({
    loadBalancer: { arn: `arn:aws:alb:${name}`, dnsName: `${name}.elb.example`, zoneId: "Z14GRHDCWA56QT" },
    defaultTargetGroup: { arn: `arn:aws:targets:${name}` },
  }),
  "aws:lb/listener:Listener": () => ({}),
};

const made = (deletionProtection: boolean, use: (balancer: WebBalancer) => unknown = () => undefined) =>
  record(ANSWERS, async () => {
    const vpc = vpcStub();
    const balancer = new WebBalancer("main-web", {
      vpcId: vpc.vpcId,
      subnetIds: vpc.subnetIds("edge"),
      securityGroupId: vpc.securityGroupId("web-alb"),
      certificateArn: "arn:aws:acm:certificate",
      healthPath: "/healthz",
      deletionProtection,
      after: vpc.ready,
    });
    await use(balancer);
  });

describe("WebBalancer", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made(true, async ({ dnsName, zoneId, targetGroupArn }) => {
      assert.deepEqual(
        [await resolved(dnsName), await resolved(zoneId), await resolved(targetGroupArn)],
        ["main-web.elb.example", "Z14GRHDCWA56QT", "arn:aws:targets:main-web"],
      );
    });
  });

  it("is awsx's balancer with its one listener, and another one that redirects", () => {
    assert.deepEqual(lineage(resources), [
      READY,
      `aws:lb/listener:Listener main-web-80 < ${SELF}`,
      `awsx:lb:ApplicationLoadBalancer main-web < ${SELF}`,
      SELF,
    ]);
  });

  it("speaks TLS 1.2 and 1.3 to browsers and HTTPS to its machines, in edge, under its own firewall (M1, M13)", () => {
    const balancer = theOne(resources, "awsx:lb:ApplicationLoadBalancer");
    assert.deepEqual(balancer.inputs, {
      name: balancerName("main-web", IDENTITY),
      internal: false,
      subnetIds: ["subnet-edge-1", "subnet-edge-2"],
      securityGroups: ["sg-web-alb"],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: true,
      listener: {
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        certificateArn: "arn:aws:acm:certificate",
        tags: TAGS,
      },
      defaultTargetGroup: {
        name: balancerName("main-web", [...IDENTITY, "target"]),
        vpcId: "vpc-1",
        port: 443,
        protocol: "HTTPS",
        targetType: "instance",
        deregistrationDelay: 60,
        stickiness: { enabled: true, type: "lb_cookie", cookieDuration: 28_800 },
        healthCheck: {
          protocol: "HTTPS",
          port: "443",
          path: "/healthz",
          matcher: "200",
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
        tags: TAGS,
      },
      tags: TAGS,
    });
    assert.deepEqual(balancer.dependencies, [READY]);
  });

  it("sends plain HTTP to HTTPS", () => {
    assert.deepEqual(theOne(resources, "aws:lb/listener:Listener").inputs, {
      loadBalancerArn: "arn:aws:alb:main-web",
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
      tags: TAGS,
    });
  });

  it("may be deleted only when the settings say so", async () => {
    const { enableDeletionProtection } = theOne(await made(false), "awsx:lb:ApplicationLoadBalancer").inputs;
    assert.equal(enableDeletionProtection, false);
  });
});
