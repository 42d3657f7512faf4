import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { InstanceGroup, type InstanceGroupArgs } from "../../../infra/instances/instance-group";
import { MACHINE_ANSWERS } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS } from "../network/vpc-stub";

const ARGS: Omit<InstanceGroupArgs, "bootsAfter"> = {
  role: "relay",
  instanceType: "t4g.small",
  min: 2,
  desired: 3,
  machines: {
    region: "ap-northeast-1",
    partition: "aws",
    release: "12",
    amis: { relay: "ami-1" },
    logRetentionDays: 30,
  },
  subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
  securityGroupId: "sg-relay",
  targetGroupArns: ["arn:aws:targets"],
  userData: (logGroup) => logGroup.apply((name) => `logs to ${name}`),
  statements: [],
};
const SELF = "dejima:instances:InstanceGroup main-relay";
const TAGS = { Name: "main-relay", Role: "relay" };

const made = (more: Partial<InstanceGroupArgs>) =>
  record({ ...MACHINE_ANSWERS, ...STUB_ANSWERS }, async () => {
    const bootsAfter = [new aws.ec2.InternetGateway("way-out")];
    const group = new InstanceGroup("main-relay", { ...ARGS, bootsAfter, ...more });
    assert.equal(await resolved(group.logGroupName), "main-relay-logs");
  });

describe("InstanceGroup", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made({});
  });

  it("is a log group, a role, a launch template and an Auto Scaling group", () => {
    const role = "dejima:instances:MachineRole main-relay";
    assert.deepEqual(lineage(resources), [
      `aws:autoscaling/group:Group main-relay < ${SELF}`,
      `aws:cloudwatch/logGroup:LogGroup main-relay < ${SELF}`,
      READY,
      `aws:ec2/launchTemplate:LaunchTemplate main-relay < ${SELF}`,
      `aws:iam/instanceProfile:InstanceProfile main-relay < ${role}`,
      `aws:iam/role:Role main-relay < ${role}`,
      `aws:iam/rolePolicy:RolePolicy main-relay < ${role}`,
      SELF,
      `${role} < ${SELF}`,
    ]);
  });

  it("boots machines without a public address, with IMDSv2 in one hop, encrypted disks and their own firewall (M13)", () => {
    assert.deepEqual(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate").inputs, {
      imageId: "ami-1",
      instanceType: "t4g.small",
      userData: Buffer.from("logs to main-relay-logs").toString("base64"),
      iamInstanceProfile: { arn: "arn:aws:profile:main-relay" },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          securityGroups: ["sg-relay"],
          deleteOnTermination: "true",
        },
      ],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 16, deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags: TAGS },
        { resourceType: "volume", tags: TAGS },
        { resourceType: "network-interface", tags: TAGS },
      ],
      updateDefaultVersion: true,
      tags: TAGS,
    });
  });

  it("heals itself by the load balancer's verdict and exchanges machines of a pinned template, none missing meanwhile (M11)", () => {
    assert.deepEqual(theOne(resources, "aws:autoscaling/group:Group").inputs, {
      minSize: 2,
      desiredCapacity: 3,
      maxSize: 6,
      vpcZoneIdentifiers: ["subnet-1", "subnet-2", "subnet-3"],
      launchTemplate: { id: "main-relay-id", version: "7" },
      targetGroupArns: ["arn:aws:targets"],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 900,
      waitForCapacityTimeout: "20m",
      waitForElbCapacity: 3,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
      },
      tags: [
        { key: "Name", value: "main-relay", propagateAtLaunch: true },
        { key: "Role", value: "relay", propagateAtLaunch: true },
      ],
    });
  });

  it("boots no machine before what it needs is there", () => {
    assert.deepEqual(theOne(resources, "aws:autoscaling/group:Group").dependencies, [
      READY,
      "aws:ec2/launchTemplate:LaunchTemplate main-relay",
    ]);
    assert.deepEqual(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate").dependencies, [
      "aws:cloudwatch/logGroup:LogGroup main-relay",
      "aws:iam/instanceProfile:InstanceProfile main-relay",
    ]);
  });

  it("keeps the machines' logs as long as it is told, in a group that only this role may write to", () => {
    assert.deepEqual(theOne(resources, "aws:cloudwatch/logGroup:LogGroup").inputs, {
      retentionInDays: 30,
      tags: TAGS,
    });
    const policy = String(theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]);
    const { Statement } = JSON.parse(policy) as { Statement: { Sid: string; Resource: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid, Resource }) => `${Sid} ${Resource}`),
      ["SessionManager *", "OwnLogs arn:aws:logs:main-relay:*"],
    );
  });

  it("with a handover ends a machine before the next one comes, when it says so or its time is up (M3)", async () => {
    const handover = { groupName: "dejima-relay", hookName: "flush", seconds: 600 };
    const others = await made({ min: 3, desired: 3, handover });
    const { name, minSize, desiredCapacity, maxSize, instanceRefresh, ...more } = theOne(
      others,
      "aws:autoscaling/group:Group",
    ).inputs;
    assert.deepEqual(
      { name, minSize, desiredCapacity, maxSize, instanceRefresh },
      {
        name: "dejima-relay",
        minSize: 3,
        desiredCapacity: 3,
        maxSize: 3,
        instanceRefresh: {
          strategy: "Rolling",
          preferences: { minHealthyPercentage: 66, maxHealthyPercentage: 100, autoRollback: true },
        },
      },
    );
    assert.deepEqual(
      [more["availabilityZoneDistribution"], more["suspendedProcesses"]],
      [{ capacityDistributionStrategy: "balanced-only" }, ["AZRebalance"]],
    );
    const hook = "aws:autoscaling/lifecycleHook:LifecycleHook";
    assert.deepEqual(
      lineage(others).filter((line) => !lineage(resources).includes(line)),
      [`${hook} main-relay < ${SELF}`],
    );
    assert.deepEqual(theOne(others, hook).inputs, {
      name: "flush",
      autoscalingGroupName: "dejima-relay",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 600,
      defaultResult: "CONTINUE",
    });
  });
});
