import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account } from "../account";
import { network, testRefusals, type Around, type Table } from "../refusal-tables";

const CODE = "ValidationError";
const CONFLICT = "InvalidConfigurationRequest";
const ACTION = "InvalidLoadBalancerAction";
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:lb/targetGroup:TargetGroup";

const balancers: Around = async (account) => {
  await network(account);
  await account.create(BALANCER, "application", { subnets: ["${a.id}", "${b.id}"], internal: true });
  await account.create(BALANCER, "network", { subnets: ["${a.id}"], internal: true, loadBalancerType: "network" });
  await account.create(BALANCER, "gateway", { subnets: ["${a.id}"], loadBalancerType: "gateway" });
  const port = { port: 80, vpcId: "${vpc.id}" };
  await account.create(GROUP, "web", { ...port, protocol: "HTTP" });
  await account.create(GROUP, "tcp", { ...port, protocol: "TCP" });
  await account.create(GROUP, "geneve", { ...port, port: 6081, protocol: "GENEVE" });
};

const forward = (name: string): Props => ({ defaultActions: [{ type: "forward", targetGroupArn: `\${${name}.arn}` }] });
const redirect = (more: Props): Props => ({
  defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", ...more } }],
});
const fixed = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } };
const oidc = {
  type: "authenticate-oidc",
  authenticateOidc: {
    ...{ authorizationEndpoint: "https://a.example", clientId: "a", clientSecret: "b", issuer: "https://a.example" },
    ...{ tokenEndpoint: "https://a.example", userInfoEndpoint: "https://a.example" },
  },
};
const secure = { port: 443, protocol: "HTTPS", certificateArn: CERTIFICATE };
const onNetwork = { loadBalancerArn: "${network.arn}", protocol: "TCP", ...forward("tcp") };
const onGateway = { loadBalancerArn: "${gateway.arn}", port: undefined, protocol: undefined, ...forward("geneve") };

const listener: Table = {
  type: "aws:lb/listener:Listener",
  around: balancers,
  accepted: { loadBalancerArn: "${application.arn}", port: 80, protocol: "HTTP", ...forward("web") },
  alsoAccepted: [
    { protocol: "http" },
    { protocol: undefined },
    onNetwork,
    onGateway,
    { ...secure, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", mutualAuthentication: { mode: "passthrough" } },
    {
      ...secure,
      defaultActions: [
        { ...oidc, order: 1 },
        { ...fixed, order: 2 },
      ],
    },
    redirect({ protocol: "HTTPS", port: "443" }),
    { ...onNetwork, ...secure, protocol: "TLS", alpnPolicy: "HTTP2Only" },
  ],
  refused: [
    [{ port: undefined }, CODE],
    [{ ...onNetwork, protocol: undefined }, CODE],
    [{ ...onGateway, port: 6081 }, CODE],
    [{ certificateArn: CERTIFICATE }, CODE],
    [{ sslPolicy: "ELBSecurityPolicy-2016-08" }, CODE],
    [{ ...secure, sslPolicy: "Strong" }, "SSLPolicyNotFound"],
    [{ ...onNetwork, alpnPolicy: "HTTP2Only" }, "ALPNPolicyNotSupported"],
    [{ ...onNetwork, defaultActions: [fixed] }, ACTION],
    [{ mutualAuthentication: { mode: "passthrough" } }, CODE],
    [{ ...secure, mutualAuthentication: { mode: "verify" } }, CODE],
    [{ defaultActions: [] }, CODE, "check"],
    [
      {
        defaultActions: [
          { ...oidc, order: 1 },
          { ...fixed, order: 2 },
        ],
      },
      ACTION,
    ],
    [{ ...secure, defaultActions: [oidc] }, ACTION],
    [redirect({}), ACTION],
    [redirect({ port: "80", protocol: "HTTP" }), ACTION],
    [redirect({ port: "70000" }), CODE],
    [{ tags: { "aws:x": "1" } }, "InvalidParameterValue", "check"],
  ],
};

const rule: Table = {
  type: "aws:lb/listenerRule:ListenerRule",
  around: async (account) => {
    await balancers(account);
    const web = { loadBalancerArn: "${application.arn}", port: 80, protocol: "HTTP", ...forward("web") };
    await account.create("aws:lb/listener:Listener", "listener", web);
    await account.create("aws:lb/listener:Listener", "far", { ...onNetwork, port: 80 });
  },
  accepted: {
    listenerArn: "${listener.arn}",
    priority: 1,
    conditions: [{ pathPattern: { values: ["/x"] } }],
    actions: [fixed],
  },
  refused: [
    [{ listenerArn: "${far.arn}" }, CONFLICT],
    [{ actions: [oidc] }, ACTION],
  ],
};

const tcp = { protocol: "TCP" };
const cookie = (more: Props): Props => ({ stickiness: { type: "app_cookie", cookieName: "C", ...more } });
const group: Table = {
  type: GROUP,
  around: network,
  accepted: { vpcId: "${vpc.id}", port: 80, protocol: "HTTP" },
  alsoAccepted: [
    { healthCheck: { protocol: "http" }, protocolVersion: "http2" },
    { slowStart: 30, loadBalancingAlgorithmType: "round_robin" },
    { loadBalancingAlgorithmType: "weighted_random", loadBalancingAnomalyMitigation: "on" },
    cookie({}),
    { ...tcp, proxyProtocolV2: true, preserveClientIp: "false" },
    { ...tcp, targetHealthStates: [{ enableUnhealthyConnectionTermination: true, unhealthyDrainingInterval: 0 }] },
    { ...tcp, targetGroupHealth: { dnsFailover: { minimumHealthyTargetsPercentage: "100" } } },
    // Only warnings of the provider.
    { ...tcp, protocolVersion: "HTTP2" },
    { targetType: "lambda", port: 80 },
    { targetType: "lambda", port: undefined, protocol: undefined, vpcId: undefined, healthCheck: { enabled: false } },
  ],
  refused: [
    [{ preserveClientIp: "maybe" }, CODE, "check"],
    [{ ...tcp, targetGroupHealth: { dnsFailover: { minimumHealthyTargetsPercentage: "101" } } }, CODE, "check"],
    [{ ...tcp, targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: "0" } } }, CODE, "check"],
    [
      { ...tcp, targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsPercentage: "few" } } },
      CODE,
      "check",
    ],
    [
      {
        ...tcp,
        targetHealthStates: [{ enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 360001 }],
      },
      CODE,
      "check",
    ],
    [{ targetType: "lambda", healthCheck: { protocol: "TCP" } }, CODE, "check"],
    [{ ...tcp, targetFailovers: [{ onDeregistration: "now", onUnhealthy: "now" }] }, CODE, "check"],
    [
      {
        ...{ protocol: "GENEVE", port: 6081 },
        targetFailovers: [{ onDeregistration: "rebalance", onUnhealthy: "no_rebalance" }],
      },
      CODE,
    ],
    [{ healthCheck: { enabled: false } }, CODE],
    [cookie({ cookieName: undefined }), CODE],
    [cookie({ cookieName: "AWSALBX" }), CODE],
    [cookie({ cookieDuration: 0 }), CODE],
    [{ slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" }, CONFLICT],
    [{ loadBalancingAlgorithmType: "round_robin", loadBalancingAnomalyMitigation: "on" }, CONFLICT],
    [{ proxyProtocolV2: true }, CONFLICT],
    [{ preserveClientIp: "true" }, CONFLICT],
    [{ targetHealthStates: [{ enableUnhealthyConnectionTermination: true }] }, CONFLICT],
    [{ ...tcp, slowStart: 30 }, CONFLICT],
    [{ ...tcp, loadBalancingAlgorithmType: "round_robin" }, CONFLICT],
    [{ protocol: "UDP", preserveClientIp: "false" }, CONFLICT],
  ],
};

const attachment: Table = {
  type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  around: async (account) => {
    await network(account);
    const ip = { targetType: "ip", port: 80, protocol: "HTTP", vpcId: "${vpc.id}" };
    await account.create(GROUP, "group", ip);
  },
  accepted: { targetGroupArn: "${group.arn}", targetId: "10.0.0.5" },
  alsoAccepted: [{ targetId: "100.64.0.1", availabilityZone: "all" }],
  refused: [
    [{ targetId: "8.8.8.8" }, "InvalidTarget"],
    [{ targetId: "i-0123456789abcdef0" }, "InvalidTarget"],
  ],
};

const mapped = (more: Props): Props => ({
  ...{ loadBalancerType: "network", subnets: undefined },
  subnetMappings: [{ subnetId: "${a.id}", ...more }],
});
const balancer: Table = {
  type: BALANCER,
  around: async (account) => {
    await network(account);
    await account.create("aws:ec2/securityGroup:SecurityGroup", "guard", { vpcId: "${vpc.id}" });
    for (const [name, cidrBlock, zone] of [
      ["tiny", "10.0.8.0/28", "a"],
      ["small", "10.0.8.16/28", "b"],
    ] as const)
      await account.create("aws:ec2/subnet:Subnet", name, {
        ...{ vpcId: "${vpc.id}", cidrBlock, availabilityZone: `us-east-1${zone}` },
      });
    for (let index = 0; index < 4; index += 1)
      await account.create("aws:ec2/instance:Instance", `i${index}`, {
        ...{ ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: "${tiny.id}" },
      });
  },
  accepted: { subnets: ["${a.id}", "${b.id}"], internal: true },
  alsoAccepted: [
    mapped({ privateIpv4Address: "10.0.0.5" }),
    { subnets: ["${tiny.id}"], loadBalancerType: "network" },
    { subnets: ["${a.id}", "${small.id}"] },
  ],
  refused: [
    [mapped({ privateIpv4Address: "10.0.0.256" }), CODE, "check"],
    [mapped({ ipv6Address: "10.0.0.5" }), CODE, "check"],
    [mapped({ privateIpv4Address: "10.9.0.5" }), CONFLICT],
    [{ subnets: ["${tiny.id}", "${small.id}"] }, "InvalidSubnet"],
    [{ loadBalancerType: "gateway", internal: undefined, securityGroups: ["${guard.id}"] }, CONFLICT],
    [{ tags: { "aws:x": "1" } }, "InvalidParameterValue", "check"],
  ],
};

describe("what is refused about balancers, listeners, rules and targets", () => {
  testRefusals([balancer, listener, rule, group, attachment]);

  it("protocols are written as AWS answers them, however they were asked for", async () => {
    const account = new Account(true);
    await network(account);
    const asked = { protocol: "HTTP", protocolVersion: "grpc", healthCheck: { protocol: "http", matcher: "12" } };
    const { outputs } = await account.create(GROUP, "group", { vpcId: "${vpc.id}", port: 80, ...asked });
    assert.equal(outputs["protocolVersion"], "GRPC");
    assert.equal((outputs["healthCheck"] as Props)["protocol"], "HTTP");
  });
});
