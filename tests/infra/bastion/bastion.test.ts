import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { MatrixSettings } from "../../../infra/communications";
import { Bastion } from "../../../infra/bastion/bastion";
import { maintenanceArtifacts } from "../../../infra/database/maintenance-tools";
import { ArtifactStore } from "../../../infra/instances/artifact-store";
import { artifactKey } from "../../../infra/instances/artifact";
import { Proxy } from "../../../infra/proxy/proxy";
import { ARTIFACT_ANSWERS, BALANCER_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf, type UserData } from "../instances/user-data";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";

const SELF = "dejima:bastion:Bastion main-bastion";
const SECRET_ARN = "arn:aws:secret:main-bastion-host-key";

const ADMINISTERED = {
  region: "ap-northeast-1",
  host: "db.example",
  port: 5432,
  masterSecretArn: "arn:aws:secret:master",
  keyArn: "arn:aws:kms:key",
  readerSecretArn: "arn:aws:secret:reader",
};

const made = (communications: MatrixSettings, use: (bastion: Bastion) => unknown = () => undefined) =>
  record(
    {
      ...ARTIFACT_ANSWERS,
      ...BALANCER_ANSWERS,
      ...MACHINE_ANSWERS,
      ...STUB_ANSWERS,
      "aws:secretsmanager/secret:Secret": ({ name }) => ({ arn: `arn:aws:secret:${name}` }),
    },
    async () => {
      const vpc = vpcStub();
      const sizes = { instanceType: "t4g.small", min: 2, desired: 3 };
      const machines = { vpc, sizes, region: "ap-northeast-1", partition: "aws", release: "12", logRetentionDays: 365 };
      const proxy = new Proxy("main-proxy", { ...machines, allowList: [] });
      const artifacts = new ArtifactStore("main-artifacts");
      const database = { administration: pulumi.output(ADMINISTERED) };
      await use(new Bastion("main-bastion", { ...machines, proxy, artifacts, database, communications }));
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

  it("has no tool, file, word or permission of the database outside of maintenance (M1)", () => {
    const text = JSON.stringify([userData, theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs]);
    for (const word of [
      /dejima-migrate/,
      /dejima-account/,
      /db\.example/,
      /secret:(master|reader)/,
      /kms/,
      /s3:GetObject/,
    ])
      assert.doesNotMatch(text, word);
    assert.deepEqual(
      resources.filter(({ type }) => type.includes("BucketObject")),
      [],
    );
  });

  describe("during maintenance", () => {
    let during: Recorded[];
    let told: UserData;
    before(async () => {
      during = own(await made({ maintenance: true, operators: [] }));
      told = userDataOf(theOne(during, "aws:ec2/launchTemplate:LaunchTemplate"));
    });

    it("publishes the tools, the migrations and the certificates, and boots when they are there", () => {
      const objects = during.filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
      const artifacts = maintenanceArtifacts("ap-northeast-1");
      assert.deepEqual(
        objects.map(({ inputs }) => inputs["key"]).sort(),
        artifacts.map(({ path, content }) => `main-bastion/${artifactKey(path, content)}`).sort(),
      );
      const { dependencies } = theOne(during, "aws:autoscaling/group:Group");
      for (const { type, name } of objects) assert.ok(dependencies.includes(`${type} ${name}`));
    });

    it("is told where the database is, and fetches the tools from its own prefix", () => {
      assert.equal(
        fileIn(told, "/etc/dejima/database.conf"),
        [
          "DATABASE_REGION=ap-northeast-1",
          "DATABASE_HOST=db.example",
          "DATABASE_PORT=5432",
          "DATABASE_NAME=dejima",
          "MASTER_SECRET=arn:aws:secret:master",
          "READER_SECRET=arn:aws:secret:reader",
          "",
        ].join("\n"),
      );
      const script = fileIn(told, "/usr/local/sbin/dejima-fetch-artifacts");
      assert.match(script, /"s3:\/\/main-artifacts-id\/main-bastion\//);
      for (const { path } of maintenanceArtifacts("ap-northeast-1")) assert.ok(script.includes(` ${path}\n`));
      for (const name of ["argon2", "postgresql-client", "jq"]) assert.ok(told.packages.includes(name));
    });

    it("may read its artifacts and the two users' passwords besides, and nothing else", () => {
      const policy = String(theOne(during, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]);
      const { Statement } = JSON.parse(policy) as { Statement: { Sid: string }[] };
      assert.deepEqual(Statement.map(({ Sid }) => Sid).slice(0, 3), ["SessionManager", "OwnLogs", "OwnSecret"]);
      assert.deepEqual(Statement.slice(3), [
        {
          Sid: "OwnArtifacts",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: "arn:aws:s3:::main-artifacts/main-bastion/*",
        },
        {
          Sid: "MasterUser",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: "arn:aws:secret:master",
        },
        {
          Sid: "MasterUserKey",
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: "arn:aws:kms:key",
          Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": "arn:aws:secret:master" } },
        },
        {
          Sid: "AccountsReader",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: "arn:aws:secret:reader",
        },
      ]);
    });
  });
});
