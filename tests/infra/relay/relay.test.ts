import assert from "node:assert/strict";
import { ArtifactStore } from "../../../infra/instances/artifact-store";
import { sha256 } from "../../../infra/instances/artifact";
import { Proxy } from "../../../infra/proxy/proxy";
import { Relay } from "../../../infra/relay/relay";
import { relayMachine } from "../../../infra/relay/relay-machine";
import { ARTIFACT_ANSWERS, BALANCER_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf } from "../instances/user-data";
import { lineage, record, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, STUB_AZS, STUB_BLOCK, vpcStub } from "../network/vpc-stub";
import { RELAY } from "./relay-args";

const SELF = "dejima:relay:Relay main-relay";
const IDENTITY = "dejima-test-main-relay";
const GROUP = "main-relay";
const ZONES = STUB_AZS.map(({ id, name }) => ({ name, spool: `main-relay-spool-${id}` }));
const FILES = relayMachine({
  ...RELAY,
  vpcCidr: STUB_BLOCK,
  proxyUrl: "http://main-proxy.elb.example:3128",
  identity: IDENTITY,
}).artifacts;

const made = () =>
  record(
    {
      ...ARTIFACT_ANSWERS,
      ...BALANCER_ANSWERS,
      ...MACHINE_ANSWERS,
      ...STUB_ANSWERS,
      "aws:cloudwatch/logMetricFilter:LogMetricFilter": () => ({}),
      "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({}),
      "aws:ebs/volume:Volume": ({ name }) => ({ arn: `arn:aws:ec2:ap-northeast-1:123456789012:volume/${name}` }),
    },
    () => {
      const vpc = vpcStub();
      const place = { vpc, region: "ap-northeast-1", partition: "aws", release: "12", logRetentionDays: 365 };
      const sizes = { instanceType: "t4g.small", min: 2, desired: 2 };
      new Relay("main-relay", {
        ...place,
        proxy: new Proxy("main-proxy", { ...place, sizes, allowList: [] }),
        artifacts: new ArtifactStore("main-artifacts"),
        instanceType: "t4g.small",
        spoolGiB: 20,
        hostname: RELAY.hostname,
        postmaster: RELAY.postmaster,
        accounts: RELAY.accounts,
        sender: RELAY.sender,
        smtp: RELAY.smtp,
        smtpSecretArn: RELAY.smtpSecretArn,
        tls: RELAY.tls,
        mailStoreHost: RELAY.mailStore.host,
        targetGroupArns: ["arn:aws:targets:25", "arn:aws:targets:465", "arn:aws:targets:587"],
        alarmTopicArn: "arn:aws:topic",
        bootsAfter: [],
      });
    },
    IMAGE_CALLS,
  );

describe("Relay", () => {
  let resources: Recorded[];
  before(async () => {
    resources = (await made()).filter(({ name }) => name.startsWith("main-relay"));
  });

  const group = () => theOne(resources, "aws:autoscaling/group:Group", GROUP);
  const statements = () =>
    (
      JSON.parse(String(theOne(resources, "aws:iam/rolePolicy:RolePolicy", GROUP).inputs["policy"])) as {
        Statement: { Sid: string }[];
      }
    ).Statement;

  it("is a queue in each zone and a group of as many machines, all with the same files (M2, M3)", () => {
    const [own, role] = [`dejima:instances:InstanceGroup ${GROUP}`, `dejima:instances:MachineRole ${GROUP}`];
    const alarm = "dejima:relay:HeldMailAlarm main-relay-held-mail";
    assert.deepEqual(
      lineage(resources).sort(),
      [
        SELF,
        `${own} < ${SELF}`,
        `${role} < ${own}`,
        ...[
          "autoscaling/group:Group",
          "autoscaling/lifecycleHook:LifecycleHook",
          "cloudwatch/logGroup:LogGroup",
          "ec2/launchTemplate:LaunchTemplate",
        ].map((type) => `aws:${type} ${GROUP} < ${own}`),
        ...["instanceProfile:InstanceProfile", "role:Role", "rolePolicy:RolePolicy"].map(
          (type) => `aws:iam/${type} ${GROUP} < ${role}`,
        ),
        ...ZONES.map(({ spool }) => `aws:ebs/volume:Volume ${spool} < ${SELF}`),
        ...FILES.map(({ path }) => `aws:s3/bucketObjectv2:BucketObjectv2 main-relay${path} < ${SELF}`),
        `${alarm} < ${SELF}`,
        `aws:cloudwatch/metricAlarm:MetricAlarm main-relay-held-mail < ${alarm}`,
        `aws:cloudwatch/logMetricFilter:LogMetricFilter main-relay-held-mail < ${alarm}`,
      ].sort(),
    );
  });

  it("keeps each zone's queue encrypted, found by its tag, and as a snapshot when the stack goes", () => {
    for (const { name, spool } of ZONES)
      assert.deepEqual(theOne(resources, "aws:ebs/volume:Volume", spool).inputs, {
        availabilityZone: name,
        size: 20,
        type: "gp3",
        encrypted: true,
        finalSnapshot: true,
        tags: { Name: spool, Spool: IDENTITY },
      });
  });

  it("exchanges one machine after the other, in its own zone, and waits for it to hand its queue over", () => {
    const { inputs } = group();
    const { preferences } = inputs["instanceRefresh"] as { preferences: unknown };
    const { minSize, maxSize, desiredCapacity, vpcZoneIdentifiers, targetGroupArns } = inputs;
    assert.deepEqual(
      { name: inputs["name"], minSize, maxSize, desiredCapacity, vpcZoneIdentifiers, targetGroupArns, preferences },
      {
        name: IDENTITY,
        minSize: 2,
        maxSize: 2,
        desiredCapacity: 2,
        vpcZoneIdentifiers: ["subnet-dmz-1", "subnet-dmz-2"],
        targetGroupArns: ["arn:aws:targets:25", "arn:aws:targets:465", "arn:aws:targets:587"],
        preferences: { minHealthyPercentage: 50, maxHealthyPercentage: 100, autoRollback: true },
      },
    );
    assert.deepEqual(inputs["availabilityZoneDistribution"], { capacityDistributionStrategy: "balanced-only" });
    assert.deepEqual(theOne(resources, "aws:autoscaling/lifecycleHook:LifecycleHook").inputs, {
      name: "drain",
      autoscalingGroupName: IDENTITY,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 300,
      defaultResult: "CONTINUE",
    });
  });

  it("boots after its queues, its files, the network and the proxies", () => {
    const { dependencies } = group();
    const wanted = [
      READY,
      ...ZONES.map(({ spool }) => `aws:ebs/volume:Volume ${spool}`),
      "aws:autoscaling/group:Group main-proxy",
      ...FILES.map(({ path }) => `aws:s3/bucketObjectv2:BucketObjectv2 main-relay${path}`),
    ];
    assert.deepEqual(
      wanted.filter((one) => !dependencies.includes(one)),
      [],
    );
  });

  it("may do this and nothing else, with its own volumes, machines and group", () => {
    const own = statements().filter(({ Sid }) => Sid !== "SessionManager" && Sid !== "OwnLogs");
    const volumes = ["ec2:AttachVolume", "ec2:DetachVolume"];
    const secrets = ["secretsmanager:GetSecretValue"];
    assert.deepEqual(own, [
      { Sid: "FindSpool", Effect: "Allow", Action: ["ec2:DescribeVolumes"], Resource: "*" },
      {
        Sid: "OwnSpools",
        Effect: "Allow",
        Action: volumes,
        Resource: ZONES.map(({ spool }) => `arn:aws:ec2:ap-northeast-1:123456789012:volume/${spool}`),
        Condition: { StringEquals: { "aws:ResourceTag/Spool": IDENTITY } },
      },
      {
        Sid: "OwnMachines",
        Effect: "Allow",
        Action: volumes,
        Resource: "arn:aws:ec2:ap-northeast-1:123456789012:instance/*",
        Condition: { StringEquals: { "aws:ResourceTag/Name": GROUP } },
      },
      {
        Sid: "HandOver",
        Effect: "Allow",
        Action: ["autoscaling:CompleteLifecycleAction"],
        Resource: `arn:aws:autoscaling:ap-northeast-1:123456789012:autoScalingGroup:*:autoScalingGroupName/${IDENTITY}`,
      },
      { Sid: "SesLogin", Effect: "Allow", Action: secrets, Resource: RELAY.smtpSecretArn },
      { Sid: "AccountsReader", Effect: "Allow", Action: secrets, Resource: RELAY.accounts.secretArn },
      {
        Sid: "MailKey",
        Effect: "Allow",
        Action: ["acm:ExportCertificate"],
        Resource: "arn:aws:acm:ap-northeast-1:123456789012:certificate/c-1",
      },
      {
        Sid: "OwnArtifacts",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: "arn:aws:s3:::main-artifacts/main-relay/*",
      },
    ]);
  });

  it("tells people when SES refuses mail, whichever zone's machine finds out (M9)", () => {
    const [namespace, metric] = ["Dejima/Relay", `${IDENTITY}-held-back`];
    assert.deepEqual(theOne(resources, "aws:cloudwatch/logMetricFilter:LogMetricFilter").inputs, {
      logGroupName: `${GROUP}-logs`,
      pattern: '"held back, SES says:"',
      metricTransformation: { namespace, name: metric, value: "1", unit: "Count" },
    });
    assert.deepEqual(theOne(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs, {
      alarmDescription: "SES refuses mail for the account's sake; the relays keep it and try again",
      namespace,
      metricName: metric,
      statistic: "Sum",
      period: 3600,
      evaluationPeriods: 2,
      datapointsToAlarm: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: ["arn:aws:topic"],
      okActions: ["arn:aws:topic"],
      tags: { Name: "main-relay-held-mail" },
    });
  });

  it("publishes the files that its machines look for, by their sums", () => {
    const template = theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate", GROUP);
    const fetching = fileIn(userDataOf(template), "/usr/local/sbin/dejima-fetch-artifacts");
    for (const { path, content } of FILES) {
      const { inputs } = theOne(resources, "aws:s3/bucketObjectv2:BucketObjectv2", `main-relay${path}`);
      assert.equal(inputs["content"], content, path);
      assert.equal(inputs["key"], `main-relay/${sha256(content)}${path}`);
      assert.ok(fetching.includes(`${sha256(content)} `), path);
    }
  });
});
