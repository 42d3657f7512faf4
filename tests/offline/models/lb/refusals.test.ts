import { network, testRefusals, type Table } from "../refusal-tables";

const tables: Table[] = [
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    around: network,
    accepted: { subnets: ["${a.id}", "${b.id}"], idleTimeout: 4000 },
    refused: [
      [{ idleTimeout: 4001 }, "InvalidConfigurationRequest"],
      [{ ipAddressType: "dualstack" }, "ValidationError"],
      [{ name: "-web" }, "ValidationError", "check"],
      [{ namePrefix: "toolong" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    around: network,
    accepted: { vpcId: "${vpc.id}", port: 80, protocol: "HTTP" },
    refused: [
      [{ healthCheck: { protocol: "TCP" } }, "ValidationError", "check"],
      [{ port: 0 }, "ValidationError", "check"],
      [{ deregistrationDelay: 3601 }, "ValidationError", "check"],
      [{ targetType: "alb" }, "ValidationError"],
      [{ protocol: "GENEVE", port: 80 }, "ValidationError"],
      [{ vpcId: "vpc-0123456789abcdef0" }, "InvalidVpcID.NotFound"],
    ],
  },
  {
    type: "aws:lb/listener:Listener",
    around: async (account) => {
      await network(account);
      const LB = "aws:lb/loadBalancer:LoadBalancer";
      await account.create(LB, "lb", { subnets: ["${a.id}", "${b.id}"], internal: true });
    },
    accepted: {
      ...{ loadBalancerArn: "${lb.arn}", port: 443, protocol: "HTTPS" },
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
    },
    refused: [
      [{ mutualAuthentication: { mode: "on" } }, "ValidationError", "check"],
      [{ port: 70000 }, "ValidationError", "check"],
      [{ defaultActions: [{ type: "redirect", redirect: { statusCode: "302" } }] }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    around: async (account) => {
      await network(account);
      const LB = "aws:lb/loadBalancer:LoadBalancer";
      await account.create(LB, "lb", { subnets: ["${a.id}", "${b.id}"], internal: true });
      const defaultActions = [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ];
      const listener = { loadBalancerArn: "${lb.arn}", port: 80, protocol: "HTTP", defaultActions };
      await account.create("aws:lb/listener:Listener", "listener", listener);
    },
    accepted: {
      ...{ listenerArn: "${listener.arn}", priority: 1, conditions: [{ pathPattern: { values: ["/x"] } }] },
      actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
    },
    refused: [
      [{ priority: 50001 }, "ValidationError", "check"],
      [{ conditions: [{ httpRequestMethod: { values: ["get it"] } }] }, "ValidationError", "check"],
      [{ conditions: [{ hostHeader: { values: ["h".repeat(129)] } }] }, "ValidationError", "check"],
      [{ conditions: [{ pathPattern: { values: ["/1", "/2", "/3", "/4", "/5", "/6"] } }] }, "ValidationError"],
      [{ conditions: [{}] }, "ProviderCreate"],
      [{ conditions: [{ sourceIp: { values: ["10.0.0.1"] } }] }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:autoscaling/group:Group",
    around: async (account) => {
      await network(account);
      const template = { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro" };
      await account.create("aws:ec2/launchTemplate:LaunchTemplate", "template", template);
    },
    accepted: {
      ...{ minSize: 0, maxSize: 1, vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } },
    },
    refused: [
      [{ healthCheckType: "PING" }, "ValidationError"],
      [{ terminationPolicies: ["Youngest"] }, "ValidationError"],
      [{ suspendedProcesses: ["Sleep"] }, "ValidationError"],
      [{ warmPool: { poolState: "Cold" } }, "ValidationError", "check"],
      [{ launchTemplate: { id: "lt-0123456789abcdef0" } }, "ValidationError"],
      [{ namePrefix: "n".repeat(230) }, "ValidationError", "check"],
      [
        { instanceMaintenancePolicy: { minHealthyPercentage: 101, maxHealthyPercentage: 150 } },
        "ValidationError",
        "check",
      ],
    ],
  },
  {
    type: "aws:autoscaling/lifecycleHook:LifecycleHook",
    around: async (account) => {
      await network(account);
      const template = { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro" };
      await account.create("aws:ec2/launchTemplate:LaunchTemplate", "template", template);
      const place = { vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } };
      await account.create("aws:autoscaling/group:Group", "group", { minSize: 0, maxSize: 1, ...place });
    },
    accepted: {
      ...{ autoscalingGroupName: "${group.name}", lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" },
      name: "stop-intake",
    },
    refused: [
      [{ name: "stop intake" }, "ValidationError", "check"],
      [{ autoscalingGroupName: "nobody" }, "ValidationError"],
    ],
  },
];

describe("what load balancers and Auto Scaling refuse beside the ground truth", () => {
  testRefusals(tables);
});
