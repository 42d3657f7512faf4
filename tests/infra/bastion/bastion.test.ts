import assert from "node:assert/strict";
import type { MatrixSettings } from "../../../infra/communications";
import { Bastion } from "../../../infra/bastion/bastion";
import { Proxy } from "../../../infra/proxy/proxy";
import { BALANCER_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf, type UserData } from "../instances/user-data";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";

const SELF = "dejima:bastion:Bastion main-bastion";
const SECRET_ARN = "arn:aws:secret:main-bastion-host-key";

const made = (communications: MatrixSettings, use: (bastion: Bastion) => unknown = () => undefined) =>
  record(
    {
      ...BALANCER_ANSWERS,
      ...MACHINE_ANSWERS,
      ...STUB_ANSWERS,
      "aws:secretsmanager/secret:Secret": ({ name }) => ({ arn: `arn:aws:secret:${name}` }),
    },
    async () => {
      const vpc = vpcStub();
      const sizes = { instanceType: "t4g.small", min: 2, desired: 3 };
      const machines = { vpc, sizes, region: "ap-northeast-1", partition: "aws", release: "12" };
      const proxy = new Proxy("main-proxy", { ...machines, allowList: [] });
      await use(new Bastion("main-bastion", { ...machines, proxy, communications }));
    },
    IMAGE_CALLS,
  );

const own = (resources: readonly Recorded[]) => resources.filter(({ name }) => name.startsWith("main-bastion"));

describe("Bastion", () => {
  let resources: Recorded[];
  let template: Recorded;
  let userData: UserData;
  before(async () => {
    const all = await made({ maintenance: false, operators: ["198.51.100.0/24"] }, async (bastion) => {
      assert.equal(await resolved(bastion.address), "main-bastion.elb.example");
    });
    resources = own(all);
    template = theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate");
    userData = userDataOf(template);
  });

  it("is a group of machines behind a load balancer, and an empty secret: the host key is never in the state (M12)", () => {
    const [balancer, group, role] = [
      "dejima:loadbalancing:NetworkBalancer main-bastion",
      "dejima:instances:InstanceGroup main-bastion",
      "dejima:instances:MachineRole main-bastion",
    ];
    assert.deepEqual(lineage(resources), [
      `aws:autoscaling/group:Group main-bastion < ${group}`,
      `aws:cloudwatch/logGroup:LogGroup main-bastion < ${group}`,
      `aws:ec2/launchTemplate:LaunchTemplate main-bastion < ${group}`,
      `aws:iam/instanceProfile:InstanceProfile main-bastion < ${role}`,
      `aws:iam/role:Role main-bastion < ${role}`,
      `aws:iam/rolePolicy:RolePolicy main-bastion < ${role}`,
      `aws:secretsmanager/secret:Secret main-bastion-host-key < ${SELF}`,
      `awsx:lb:NetworkLoadBalancer main-bastion < ${balancer}`,
      SELF,
      `${group} < ${SELF}`,
      `${role} < ${group}`,
      `${balancer} < ${SELF}`,
    ]);
    assert.deepEqual(theOne(resources, "aws:secretsmanager/secret:Secret").inputs, {
      description: "SSH host key of the bastions",
      tags: { Name: "main-bastion-host-key" },
    });
  });

  it("is met on port 22 of an internet-facing balancer in edge, made after the internet gateway (M12)", () => {
    const balancer = theOne(resources, "awsx:lb:NetworkLoadBalancer");
    const { internal, subnetIds, securityGroups, listener, defaultTargetGroup } = balancer.inputs;
    const { vpcId, port } = defaultTargetGroup as Record<string, unknown>;
    assert.deepEqual(
      { internal, subnetIds, securityGroups, listens: (listener as { port: number }).port, vpcId, port },
      {
        internal: false,
        subnetIds: ["subnet-edge-1", "subnet-edge-2"],
        securityGroups: ["sg-bastion-nlb"],
        listens: 22,
        vpcId: "vpc-1",
        port: 22,
      },
    );
    assert.deepEqual(balancer.dependencies, [READY]);
  });

  it("stands in the dmz of every zone, without a public address, under its own firewall (M1, M12, M13)", () => {
    const { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, tags } = theOne(
      resources,
      "aws:autoscaling/group:Group",
    ).inputs;
    assert.deepEqual(
      { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, role: (tags as unknown[])[1] },
      {
        vpcZoneIdentifiers: ["subnet-dmz-1", "subnet-dmz-2"],
        targetGroupArns: ["arn:aws:targets:main-bastion"],
        minSize: 2,
        desiredCapacity: 3,
        role: { key: "Role", value: "bastion", propagateAtLaunch: true },
      },
    );
    assert.deepEqual(template.inputs["networkInterfaces"], [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        securityGroups: ["sg-bastion"],
        deleteOnTermination: "true",
      },
    ]);
  });

  it("boots when the proxies serve, for its packages come through them (M5)", () => {
    assert.deepEqual(theOne(resources, "aws:autoscaling/group:Group").dependencies, [
      "aws:autoscaling/group:Group main-proxy",
      "aws:cloudwatch/logGroup:LogGroup main-proxy",
      READY,
      "aws:ec2/launchTemplate:LaunchTemplate main-bastion",
      "aws:ec2/launchTemplate:LaunchTemplate main-proxy",
      "aws:iam/instanceProfile:InstanceProfile main-proxy",
      "aws:iam/role:Role main-proxy",
      "aws:iam/rolePolicy:RolePolicy main-proxy",
      "awsx:lb:NetworkLoadBalancer main-bastion",
      "awsx:lb:NetworkLoadBalancer main-proxy",
    ]);
    const url = "http://main-proxy.elb.example:3128";
    assert.deepEqual([userData.apt.http_proxy, userData.apt.https_proxy], [url, url]);
    assert.equal(template.inputs["imageId"], "image of /aws/service/debian/release/12/latest/arm64");
  });

  it("may keep its host key in that one secret, write its logs and answer Session Manager, and nothing else", () => {
    const policy = String(theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]);
    const { Statement } = JSON.parse(policy) as { Statement: { Sid: string; Action: string[]; Resource: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid, Resource }) => `${Sid} ${Resource}`),
      ["SessionManager *", "OwnLogs arn:aws:logs:main-bastion:*", `OwnSecret ${SECRET_ARN}`],
    );
    assert.deepEqual(Statement[2]?.Action, ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]);
    assert.ok(fileIn(userData, "/usr/local/sbin/dejima-host-key").includes(`\nsecret=${SECRET_ARN}\n`));
    assert.match(fileIn(userData, "/usr/local/sbin/dejima-ship-logs"), /--log-group-name main-bastion-logs /);
  });

  for (const [maintenance, ports] of [
    [false, "*:22"],
    [true, "*:22 *:5432"],
  ] as const) {
    it(`forwards to the ports of its rows of the matrix: ${ports} with maintenance ${String(maintenance)} (M1, M4)`, async () => {
      const [one] = own(await made({ maintenance, operators: [] })).filter(({ type }) =>
        type.endsWith(":LaunchTemplate"),
      );
      assert.ok(one);
      const conf = fileIn(userDataOf(one), "/etc/ssh/sshd_config");
      assert.deepEqual(conf.match(/^PermitOpen .*$/gm), [`PermitOpen ${ports}`]);
    });
  }
});
