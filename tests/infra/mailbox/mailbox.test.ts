import assert from "node:assert/strict";
import type { AccountsAccess } from "../../../infra/database/accounts-access";
import { ArtifactStore } from "../../../infra/instances/artifact-store";
import { USER_DATA_LIMIT } from "../../../infra/instances/cloud-config";
import { MailStore } from "../../../infra/mailbox/mail-store";
import { Mailbox } from "../../../infra/mailbox/mailbox";
import type { TlsSource } from "../../../infra/tls/mail-tls";
import { ARTIFACT_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf, type UserData } from "../instances/user-data";
import { lineage, record, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";
import { ProxyStub } from "../proxy/proxy-stub";
import { MAIL_STORE_ANSWERS } from "./mail-store-answers";

const SELF = "dejima:mailbox:Mailbox main-mailbox";
const REGION = "ap-northeast-1";
const SECRET_ARN = `arn:aws:secretsmanager:${REGION}:123456789012:secret:main-accounts-AbCdEf`;
const ACCOUNTS: AccountsAccess = {
  region: REGION,
  host: "main.cluster.ap-northeast-1.rds.amazonaws.com",
  port: 5432,
  database: "dejima",
  user: "dejima_accounts",
  secretArn: SECRET_ARN,
};
const ACM: TlsSource = {
  kind: "acm",
  certificateArn: `arn:aws:acm:${REGION}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`,
};

const made = (tls: TlsSource = ACM, ami?: string) =>
  record(
    { ...MACHINE_ANSWERS, ...ARTIFACT_ANSWERS, ...MAIL_STORE_ANSWERS, ...STUB_ANSWERS },
    () => {
      const vpc = vpcStub();
      new Mailbox("main-mailbox", {
        vpc,
        proxy: new ProxyStub(),
        artifacts: new ArtifactStore("main-artifacts"),
        region: REGION,
        partition: "aws",
        release: "12",
        logRetentionDays: 365,
        ...(ami === undefined ? {} : { amis: { mailbox: ami } }),
        sizes: { instanceType: "t4g.small", min: 2, desired: 3 },
        hostname: "mail.example.com",
        postmaster: "postmaster@example.com",
        accounts: ACCOUNTS,
        tls,
        mailStore: new MailStore("main-mail", { vpc, deletionProtection: true }),
        targetGroupArns: ["arn:lmtp", "arn:imaps", "arn:pop3s"],
        bootsAfter: [new ProxyStub("balancers")],
      });
    },
    IMAGE_CALLS,
  );

const own = (resources: readonly Recorded[]) => resources.filter(({ name }) => name.startsWith("main-mailbox"));

function statements(resources: readonly Recorded[]): unknown[] {
  const { policy } = theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs;
  return (JSON.parse(String(policy)) as { Statement: unknown[] }).Statement;
}

const ARTIFACTS = [
  "/etc/dovecot/dovecot.conf",
  "/etc/ssl/dejima/rds-ca.pem",
  "/etc/systemd/system/dejima-mail-store.service",
  "/etc/systemd/system/dovecot.service.d/dejima.conf",
  "/etc/systemd/system/srv-mail.mount",
];

describe("Mailbox", () => {
  let resources: Recorded[];
  let template: Recorded;
  let userData: UserData;
  before(async () => {
    resources = await made();
    template = theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate");
    userData = userDataOf(template);
  });

  it("is a group of machines, and what they fetch at boot (M2)", () => {
    const [group, role] = ["dejima:instances:InstanceGroup main-mailbox", "dejima:instances:MachineRole main-mailbox"];
    assert.deepEqual(lineage(own(resources)), [
      `aws:autoscaling/group:Group main-mailbox < ${group}`,
      `aws:cloudwatch/logGroup:LogGroup main-mailbox < ${group}`,
      `aws:ec2/launchTemplate:LaunchTemplate main-mailbox < ${group}`,
      `aws:iam/instanceProfile:InstanceProfile main-mailbox < ${role}`,
      `aws:iam/role:Role main-mailbox < ${role}`,
      `aws:iam/rolePolicy:RolePolicy main-mailbox < ${role}`,
      ...ARTIFACTS.map((path) => `aws:s3/bucketObjectv2:BucketObjectv2 main-mailbox${path} < ${SELF}`),
      `${group} < ${SELF}`,
      `${role} < ${group}`,
      SELF,
    ]);
  });

  it("serves LMTP, IMAPS and POP3S in the dmz of every zone, under its own firewall (M1, M13)", () => {
    const { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, tags } = theOne(
      resources,
      "aws:autoscaling/group:Group",
    ).inputs;
    assert.deepEqual(
      { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, tags },
      {
        vpcZoneIdentifiers: ["subnet-dmz-1", "subnet-dmz-2"],
        targetGroupArns: ["arn:lmtp", "arn:imaps", "arn:pop3s"],
        minSize: 2,
        desiredCapacity: 3,
        tags: [
          { key: "Name", value: "main-mailbox", propagateAtLaunch: true },
          { key: "Role", value: "mailbox", propagateAtLaunch: true },
        ],
      },
    );
    const [network] = template.inputs["networkInterfaces"] as { securityGroups: unknown }[];
    assert.deepEqual(network?.securityGroups, ["sg-mailbox"]);
  });

  it("boots after network, proxies, mail store, load balancers and what it fetches", () => {
    assert.deepEqual(theOne(resources, "aws:autoscaling/group:Group").dependencies, [
      "aws:ec2/internetGateway:InternetGateway balancers",
      "aws:ec2/internetGateway:InternetGateway proxies",
      READY,
      "aws:ec2/launchTemplate:LaunchTemplate main-mailbox",
      "aws:efs/backupPolicy:BackupPolicy main-mail",
      "aws:efs/fileSystem:FileSystem main-mail",
      "aws:efs/fileSystemPolicy:FileSystemPolicy main-mail",
      "aws:efs/mountTarget:MountTarget main-mail-apne1-az1",
      "aws:efs/mountTarget:MountTarget main-mail-apne1-az2",
      "aws:kms/key:Key main-mail",
      ...ARTIFACTS.map((path) => `aws:s3/bucketObjectv2:BucketObjectv2 main-mailbox${path}`),
    ]);
  });

  it("may read the accounts' password, its own key and its own artifacts, and no more than every machine besides", () => {
    assert.deepEqual(statements(resources).slice(2), [
      {
        Sid: "AccountsReader",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: SECRET_ARN,
      },
      { Sid: "MailKey", Effect: "Allow", Action: ["acm:ExportCertificate"], Resource: ACM.certificateArn },
      {
        Sid: "OwnArtifacts",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: "arn:aws:s3:::main-artifacts/main-mailbox/*",
      },
    ]);
    assert.deepEqual(
      statements(resources)
        .slice(0, 2)
        .map((statement) => (statement as { Sid: string }).Sid),
      ["SessionManager", "OwnLogs"],
    );
  });

  it("reads chain and key from a secret instead, when the settings say so", async () => {
    const secretArn = `arn:aws:secretsmanager:${REGION}:123456789012:secret:tls`;
    assert.deepEqual(statements(await made({ kind: "secret", secretArn }))[3], {
      Sid: "MailKey",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: secretArn,
    });
  });

  it("boots Debian's newest image for its architecture, or one of the user's own", async () => {
    assert.equal(template.inputs["imageId"], "image of /aws/service/debian/release/12/latest/arm64");
    const other = theOne(await made(ACM, "ami-0123456789abcdef0"), "aws:ec2/launchTemplate:LaunchTemplate");
    assert.equal(other.inputs["imageId"], "ami-0123456789abcdef0");
  });

  it("gets its packages through the proxy, and fits into user data (M5)", () => {
    assert.equal(userData.apt.http_proxy, "http://proxy.example:3128");
    const size = Buffer.from(String(template.inputs["userData"]), "base64").length;
    assert.ok(size < USER_DATA_LIMIT, String(size));
  });

  it("connects to its own mail store and its own database", () => {
    assert.match(fileIn(userData, "/etc/dejima/mail-store.conf"), /^connect = main-mail\.efs\.example:2049$/m);
    const sql = fileIn(userData, "/etc/dovecot/dovecot-sql.conf.ext");
    assert.match(
      sql,
      new RegExp(`^connect = host=${ACCOUNTS.host} port=5432 dbname=dejima user=dejima_accounts `, "m"),
    );
    assert.match(sql, / sslrootcert=\/etc\/ssl\/dejima\/rds-ca\.pem passfile=\/etc\/dejima\/accounts-dovecot\.pgpass /);
    const { content } = theOne(
      resources,
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "main-mailbox/etc/dovecot/dovecot.conf",
    ).inputs;
    assert.match(String(content), /^hostname = mail\.example\.com$/m);
    assert.match(String(content), /^login_trusted_networks = 10\.0\.0\.0\/18$/m);
  });

  it("starts Dovecot last of all: accounts, key and mail are there by then", () => {
    const commands = (userData as unknown as { runcmd: string[][] }).runcmd.map((command) => command.join(" "));
    const at = (start: string) => commands.findIndex((command) => command.startsWith(start));
    const order = [
      at("/usr/local/sbin/dejima-fetch-artifacts"),
      at("/usr/local/sbin/dejima-fetch-accounts-password"),
      at("systemctl start dejima-tls.service"),
      at("systemctl enable --now dejima-mail-store.service srv-mail.mount"),
      at("/usr/local/sbin/dejima-start-dovecot"),
    ];
    assert.ok(!order.includes(-1));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });
});
