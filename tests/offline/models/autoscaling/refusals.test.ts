import type { Props } from "../../../../offline/model";
import { network, testRefusals, type Around, type Table } from "../refusal-tables";

const CODE = "ValidationError";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const templates: Record<string, Props> = {
  template: { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro" },
  parameter: { imageId: "resolve:ssm:/aws/service/debian/release/12/latest/amd64", instanceType: "t3.micro" },
  without: { instanceType: "t3.micro" },
  malformed: { imageId: "foo", instanceType: "t3.micro" },
  double: {
    imageId: "ami-0123456789abcdef0",
    networkInterfaces: [{ deviceIndex: 0 }],
    vpcSecurityGroupIds: ["${group.id}"],
  },
  elsewhere: { imageId: "ami-0123456789abcdef0", vpcSecurityGroupIds: ["${far.id}"] },
  keyless: { imageId: "ami-0123456789abcdef0", keyName: "nobodys" },
  profileless: { imageId: "ami-0123456789abcdef0", iamInstanceProfile: { name: "nobodys" } },
  provisioned: {
    imageId: "ami-0123456789abcdef0",
    blockDeviceMappings: [{ deviceName: "/dev/sdb", ebs: { volumeType: "gp2", iops: 100 } }],
  },
};

const prepared: Around = async (account) => {
  await network(account);
  await account.create("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" });
  await account.create("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "${vpc.id}" });
  await account.create("aws:ec2/securityGroup:SecurityGroup", "far", { vpcId: "${other.id}" });
  for (const [name, inputs] of Object.entries(templates)) await account.create(TEMPLATE, name, inputs);
};

const refresh = (preferences: Props, more: Props = {}): Props => ({
  instanceRefresh: { strategy: "Rolling", preferences, ...more },
});
const mixed = (instancesDistribution: Props): Props => ({
  launchTemplate: undefined,
  mixedInstancesPolicy: {
    launchTemplate: { launchTemplateSpecification: { launchTemplateId: "${template.id}" } },
    instancesDistribution,
  },
});
const hook = (more: Props): Props => ({
  initialLifecycleHooks: [{ name: "h", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", ...more }],
});

const group: Table = {
  type: "aws:autoscaling/group:Group",
  around: prepared,
  accepted: {
    ...{ minSize: 0, maxSize: 1, vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } },
  },
  alsoAccepted: [
    { launchTemplate: { id: "${parameter.id}" } },
    // Only a warning of the provider.
    refresh({}, { triggers: ["launch_template", "tag"] }),
    refresh({ checkpointPercentages: [20, 100], checkpointDelay: "0", instanceWarmup: "0" }),
    refresh({ minHealthyPercentage: 50, maxHealthyPercentage: 150 }),
    mixed({ onDemandPercentageAboveBaseCapacity: 100, spotAllocationStrategy: "price-capacity-optimized" }),
    { enabledMetrics: ["GroupMinSize"], healthCheckType: "EC2,ELB", maxInstanceLifetime: 86400 },
    { warmPool: { maxGroupPreparedCapacity: -1, minSize: 0, poolState: "Hibernated" } },
    hook({ roleArn: "arn:aws:iam::123456789012:role/x" }),
  ],
  refused: [
    [refresh({}, { triggers: ["colour"] }), CODE, "check"],
    [refresh({}, { strategy: "Blue" }), CODE, "check"],
    [refresh({ checkpointDelay: "-1" }), CODE, "check"],
    [refresh({ instanceWarmup: "-1" }), CODE, "check"],
    [refresh({ checkpointPercentages: [101] }), CODE],
    [refresh({ checkpointPercentages: [50, 20] }), CODE],
    [refresh({ checkpointDelay: "60" }), CODE],
    [refresh({ minHealthyPercentage: 90, maxHealthyPercentage: 200 }), CODE],
    [{ instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 191 } }, CODE],
    [{ instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 201 } }, CODE, "check"],
    [mixed({ onDemandPercentageAboveBaseCapacity: 101 }), CODE, "check"],
    [mixed({ onDemandBaseCapacity: -1 }), CODE, "check"],
    [mixed({ spotAllocationStrategy: "cheapest" }), CODE],
    [mixed({ spotAllocationStrategy: "capacity-optimized", spotInstancePools: 2 }), CODE],
    [{ warmPool: { maxGroupPreparedCapacity: -2 } }, CODE, "check"],
    [hook({ roleArn: "role" }), CODE, "check"],
    [hook({ notificationTargetArn: "queue" }), CODE, "check"],
    [hook({ name: "a b" }), CODE, "check"],
    [{ enabledMetrics: ["GroupMood"] }, CODE],
    [{ metricsGranularity: "5Minutes" }, CODE],
    [{ minSize: -1 }, CODE],
    [{ maxInstanceLifetime: 86399 }, CODE],
    [{ tags: [{ key: "", value: "v", propagateAtLaunch: true }] }, CODE],
    [{ launchTemplate: { id: "template" } }, CODE, "check"],
    [{ launchTemplate: { version: "1" } }, CODE],
    [{ launchTemplate: { id: "${without.id}" } }, CODE],
    [{ launchTemplate: { id: "${malformed.id}" } }, CODE],
    [{ launchTemplate: { id: "${double.id}" } }, CODE],
    [{ launchTemplate: { id: "${elsewhere.id}" } }, CODE],
    [{ launchTemplate: { id: "${keyless.id}" } }, CODE],
    [{ launchTemplate: { id: "${profileless.id}" } }, CODE],
    [{ launchTemplate: { id: "${provisioned.id}" } }, CODE],
  ],
};

const ofGroup: Table = {
  type: "aws:autoscaling/lifecycleHook:LifecycleHook",
  around: async (account) => {
    await prepared(account);
    const place = { vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } };
    await account.create("aws:autoscaling/group:Group", "workers", { minSize: 0, maxSize: 1, ...place });
  },
  accepted: {
    ...{ autoscalingGroupName: "${workers.name}", lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" },
    name: "stop-intake",
  },
  alsoAccepted: [{ notificationMetadata: "m".repeat(4000) }],
  refused: [
    [{ notificationMetadata: "m".repeat(4001) }, CODE],
    [{ notificationMetadata: "ü" }, CODE],
    [{ roleArn: "arn:aws:iam::123456789012:role/x" }, CODE],
  ],
};

describe("what is refused about Auto Scaling groups", () => {
  testRefusals([group, ofGroup]);
});
