import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { setAllConfig } from "@pulumi/pulumi/runtime";
import program from "../../infra/index";
import { communicationsOutput } from "../../infra/communications";
import { parseSettings } from "../../infra/config";
import { ConfigurationError } from "../../infra/config/problem";
import {
  ARTIFACT_ANSWERS,
  BALANCER_ANSWERS,
  DATABASE_ANSWERS,
  IMAGE_CALLS,
  MACHINE_ANSWERS,
  passwordCalls,
} from "./answers";
import type { RecordToCreate } from "../../infra/next-steps";
import { lineage, record, theOne, type Answers, type Calls, type Recorded } from "./mocks";
import { VPC_ANSWERS } from "./network/vpc-resources";

const ZONES = { names: ["z1", "z2", "z3"], zoneIds: ["apne3-az1", "apne3-az2", "apne3-az3"] };
const PASSWORD = "drawn0by0secrets0manager";

const arn = ({ name }: { name: string }) => ({ arn: `arn:${name}`, name });
const nothing = () => ({});

const MAIL_ANSWERS: Answers = {
  "aws:sns/topic:Topic": arn,
  "aws:sns/topicPolicy:TopicPolicy": nothing,
  "aws:sns/topicSubscription:TopicSubscription": nothing,
  "aws:sqs/queue:Queue": ({ name }) => ({ ...arn({ name }), url: `https://queue/${name}` }),
  "aws:sqs/queuePolicy:QueuePolicy": nothing,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": nothing,
  "aws:cloudwatch/metricAlarm:MetricAlarm": arn,
  "aws:lambda/function:Function": arn,
  "aws:lambda/permission:Permission": nothing,
  "aws:sesv2/configurationSet:ConfigurationSet": arn,
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": nothing,
  "aws:sesv2/emailIdentity:EmailIdentity": ({ name }) => ({
    ...arn({ name }),
    dkimSigningAttributes: { tokens: ["one", "two", "three"] },
  }),
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": nothing,
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": nothing,
  "aws:iam/user:User": arn,
  "aws:iam/userPolicy:UserPolicy": nothing,
  "aws:iam/accessKey:AccessKey": () => ({ secret: "access-key-secret" }),
  "aws:acm/certificate:Certificate": ({ name }) => ({
    ...arn({ name }),
    domainValidationOptions: [{ resourceRecordName: `_x.${name}`, resourceRecordValue: "_y.acm.example." }],
  }),
  "aws:acm/certificateValidation:CertificateValidation": nothing,
  "aws:efs/fileSystem:FileSystem": ({ name }) => ({ ...arn({ name }), dnsName: `${name}.efs.example` }),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": nothing,
  "aws:efs/backupPolicy:BackupPolicy": nothing,
  "aws:efs/mountTarget:MountTarget": nothing,
  "aws:ebs/volume:Volume": ({ name }) => ({ arn: `arn:aws:ec2:ap-northeast-3:123456789012:volume/${name}` }),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": nothing,
  "aws:route53/record:Record": () => ({ fqdn: "x" }),
  "awsx:lb:ApplicationLoadBalancer": ({ name }) => ({
    loadBalancer: { arn: `arn:aws:alb:${name}`, dnsName: `${name}.elb.example`, zoneId: "Z14GRHDCWA56QT" },
    defaultTargetGroup: { arn: `arn:aws:targets:${name}` },
  }),
};

const ANSWERS = {
  ...ARTIFACT_ANSWERS,
  ...VPC_ANSWERS,
  ...MACHINE_ANSWERS,
  ...BALANCER_ANSWERS,
  ...DATABASE_ANSWERS,
  ...MAIL_ANSWERS,
  "pulumi:providers:aws": () => ({}),
};

const CALLS: Calls = {
  ...IMAGE_CALLS,
  ...passwordCalls(PASSWORD),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ZONES,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({ availabilityZones: ZONES.names }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
};

interface Deployment {
  readonly resources: Recorded[];
  readonly outputs: Record<string, unknown>;
  /** The providers that data sources were asked of. */
  readonly asked: string[];
}

/** As Pulumi hands a stack's configuration over. */
function configure(config: Record<string, unknown>): void {
  const pairs = Object.entries(config).map(([key, value]) => [`dejima:${key}`, JSON.stringify(value)]);
  setAllConfig(Object.fromEntries(pairs) as Record<string, string>);
}

async function deployed(config: Record<string, unknown>): Promise<Deployment> {
  configure(config);
  const asked = new Set<string>();
  const calls = Object.entries(CALLS).map(([token, answer]): [string, Calls[string]] => [
    token,
    (inputs, provider) => {
      asked.add(provider);
      return answer(inputs, provider);
    },
  ]);
  let outputs: Record<string, unknown> = {};
  const resources = await record(
    ANSWERS,
    async () => {
      const given = pulumi.output(await program());
      outputs = await new Promise((resolve) => given.apply(resolve));
    },
    Object.fromEntries(calls),
  );
  return { resources, outputs, asked: [...asked] };
}

/** The engine hands a component's providers on to its children, where these name none. */
function providersOf({ providers, parent }: Recorded, all: readonly Recorded[]): readonly string[] {
  if (providers.length > 0) return providers;
  const above = all.find(({ type, name }) => `${type} ${name}` === parent);
  return above === undefined ? [] : providersOf(above, all);
}

/** The roles whose permissions name the secret. */
function readersOf(secretArn: string, resources: readonly Recorded[]): string[] {
  return resources
    .filter(
      ({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && String(inputs["policy"]).includes(secretArn),
    )
    .map(({ name }) => name);
}

/** The only setting without a default. */
const ses = { identity: "example.com" };

const OSAKA = {
  ses,
  region: "ap-northeast-3",
  vpcs: [{ name: "osaka", cidrBlock: "10.1.0.0/16", azs: ["apne3-az1", "apne3-az3"], nat: "regional" }],
  operators: ["198.51.100.7/32"],
  sizes: { bastion: { instanceType: "t3.small", min: 2, desired: 4 }, proxy: { min: 3, desired: 5 } },
  database: { instanceClass: "db.m7g.large", allocatedStorage: 100, backupRetentionDays: 35, multiAz: false },
  flowLogs: { retentionDays: 400 },
  logs: { retentionDays: 30 },
  image: { amis: { proxy: "ami-0123456789abcdef0" } },
};

describe("the program", () => {
  let osaka: Deployment;
  before(async function () {
    this.timeout(60_000);
    osaka = await deployed(OSAKA);
  });
  after(() => {
    setAllConfig({});
  });

  it("is a provider for its Region and a component for each part of the platform", () => {
    assert.deepEqual(lineage(osaka.resources.filter(({ parent }) => parent === undefined)), [
      "dejima:bastion:Bastion osaka-bastion",
      "dejima:database:Database osaka-database",
      "dejima:instances:ArtifactStore osaka-artifacts",
      "dejima:loadbalancing:MailBalancers osaka-mail",
      "dejima:loadbalancing:WebBalancer osaka-web",
      "dejima:mailbox:MailStore osaka-mailstore",
      "dejima:mailbox:Mailbox osaka-mailbox",
      "dejima:network:Vpc osaka",
      "dejima:notifications:Notifications osaka-notifications",
      "dejima:proxy:Proxy osaka-proxy",
      "dejima:relay:Relay osaka-relay",
      "dejima:ses:Ses osaka-ses",
      "dejima:tls:Certificate osaka-mail",
      "dejima:tls:Certificate osaka-web",
      "dejima:web:Web osaka-web",
      "pulumi:providers:aws ap-northeast-3",
    ]);
    assert.equal(theOne(osaka.resources, "pulumi:providers:aws").inputs["region"], "ap-northeast-3");
  });

  it("makes every other resource inside one of these components, and no two of the same type and name", () => {
    const known = osaka.resources.map(({ type, name }) => `${type} ${name}`);
    assert.equal(new Set(known).size, known.length);
    const orphans = osaka.resources.filter(({ parent }) => parent !== undefined && !known.includes(parent));
    assert.deepEqual(lineage(orphans), []);
    const parents = osaka.resources.filter(({ parent = "dejima:" }) => !parent.startsWith("dejima:"));
    assert.deepEqual(lineage(parents), []);
  });

  it("makes and asks everything by its own provider, never by the default one", () => {
    const foreign = osaka.resources.filter(
      (one) => one.parent !== undefined && providersOf(one, osaka.resources).join() !== "ap-northeast-3",
    );
    assert.deepEqual(lineage(foreign), []);
    assert.deepEqual(osaka.asked, ["urn:pulumi:test::dejima::pulumi:providers:aws::ap-northeast-3::ap-northeast-3-id"]);
  });

  it("names every resource after its VPC or its Region, so that a second VPC finds its names free", () => {
    const foreign = osaka.resources.filter(({ name }) => !/^osaka(-|$)/.test(name) && name !== "ap-northeast-3");
    assert.deepEqual(lineage(foreign), []);
  });

  it("outputs where to connect to, where the password is kept, and what the policies compare: no password", () => {
    const { dnsRecords, nextSteps, ...outputs } = osaka.outputs;
    assert.deepEqual(
      (dnsRecords as RecordToCreate[]).map(({ name, type }) => `${name} ${type}`),
      [
        "mail.example.com ALIAS",
        "webmail.example.com ALIAS",
        "example.com MX",
        ...["one", "two", "three"].map((token) => `${token}._domainkey.example.com CNAME`),
        "bounce.example.com MX",
        "bounce.example.com TXT",
        "example.com TXT",
        "_dmarc.example.com TXT",
        "_x.osaka-mail CNAME",
        "_x.osaka-web CNAME",
      ],
    );
    assert.match(String(nextSteps), /^DNS .*\n.*mail\.example\.com .*osaka-mail\.elb\.example/);
    assert.deepEqual(outputs, {
      communications: communicationsOutput(parseSettings(OSAKA)),
      bastionAddress: "osaka-bastion.elb.example",
      proxyUrl: "http://osaka-proxy.elb.example:3128",
      databaseEndpoint: "db:5432",
      databaseSecretArn: "arn:aws:secret:osaka-database-master",
      notificationQueueUrl: "https://queue/osaka-notifications-kept",
    });
  });

  it("tells no machine a password, by its user data or by its artifacts, not even during maintenance", async function () {
    this.timeout(60_000);
    const { resources } = await deployed({ ...OSAKA, maintenance: true });
    assert.deepEqual(readersOf("arn:aws:secret:osaka-database-master", resources), ["osaka-bastion"]);
    const told = resources.flatMap(({ type, inputs }) => {
      if (type === "aws:ec2/launchTemplate:LaunchTemplate")
        return [Buffer.from(String(inputs["userData"]), "base64").toString()];
      return type === "aws:s3/bucketObjectv2:BucketObjectv2" ? [String(inputs["content"])] : [];
    });
    assert.ok(told.length > 10);
    for (const text of told) assert.ok(!text.includes(PASSWORD));
    const made = resources.filter(({ inputs }) => JSON.stringify(inputs).includes(PASSWORD)).map(({ type }) => type);
    assert.deepEqual([...new Set(made)].sort(), [
      "aws:rds/instance:Instance",
      "aws:secretsmanager/secretVersion:SecretVersion",
    ]);
  });

  it("lets nobody read the database's master password outside of maintenance", () => {
    assert.deepEqual(readersOf("arn:aws:secret:osaka-database-master", osaka.resources), []);
    assert.deepEqual(readersOf("arn:aws:secret:osaka-bastion-host-key", osaka.resources), ["osaka-bastion"]);
  });

  it("takes from the configuration what it deploys", () => {
    const inputs = (type: string, name: string) => theOne(osaka.resources, type, name).inputs;
    const sizes = (name: string) => {
      const { minSize, desiredCapacity } = inputs("aws:autoscaling/group:Group", name);
      const { instanceType, imageId } = inputs("aws:ec2/launchTemplate:LaunchTemplate", name);
      return [minSize, desiredCapacity, instanceType, imageId];
    };
    const image = (architecture: string) => `image of /aws/service/debian/release/12/latest/${architecture}`;
    assert.deepEqual(sizes("osaka-bastion"), [2, 4, "t3.small", image("amd64")]);
    assert.deepEqual(sizes("osaka-proxy"), [3, 5, "t4g.small", "ami-0123456789abcdef0"]);
    const { instanceClass, allocatedStorage, backupRetentionPeriod, multiAz, deletionProtection } = inputs(
      "aws:rds/instance:Instance",
      "osaka-database",
    );
    assert.deepEqual(
      { instanceClass, allocatedStorage, backupRetentionDays: backupRetentionPeriod, multiAz, deletionProtection },
      { ...OSAKA.database, deletionProtection: true },
    );
    assert.equal(inputs("aws:ec2/vpc:Vpc", "osaka")["cidrBlock"], "10.1.0.0/16");
    assert.equal(inputs("aws:cloudwatch/logGroup:LogGroup", "osaka-flow")["retentionInDays"], 400);
    assert.equal(inputs("aws:cloudwatch/logGroup:LogGroup", "osaka-web")["retentionInDays"], 30);
    assert.deepEqual(
      osaka.resources
        .filter(({ type, name }) => type === "aws:ec2/subnet:Subnet" && name.startsWith("osaka-dmz-"))
        .map(({ name, inputs: { availabilityZone } }) => `${name} ${String(availabilityZone)}`),
      ["osaka-dmz-apne3-az1 z1", "osaka-dmz-apne3-az3 z3"],
    );
    assert.equal(inputs("aws:ec2/natGateway:NatGateway", "osaka-nat-regional")["availabilityMode"], "regional");
  });

  it("deploys the defaults when only who mail is from is configured: two zones, and nobody gets in by SSH", async () => {
    const { resources } = await deployed({ ses });
    assert.equal(resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").length, 2 * 5);
    assert.deepEqual(
      resources.filter(({ name }) => name.startsWith("main-bastion-nlb-in-")),
      [],
    );
    assert.equal(theOne(resources, "aws:rds/instance:Instance").inputs["deletionProtection"], true);
  });

  it("makes nothing when the configuration is wrong, and says all that is", async () => {
    for (const config of [{ region: "Tokyo", flowLogs: { retentionDays: 2 }, ses: {} }, { ses: {} }]) {
      configure(config);
      const made = await record({}, () =>
        assert.rejects(
          program(),
          (error) => error instanceof ConfigurationError && error.problems.length === Object.keys(config).length,
        ),
      );
      assert.deepEqual(made, []);
    }
  });

  it("makes no network when the zones that the configuration names aren't there", async () => {
    const vpcs = [{ name: "main", cidrBlock: "10.0.0.0/16", azs: ["apne3-az1", "apne3-az9"] }];
    await assert.rejects(
      deployed({ ses, vpcs }),
      (error) => error instanceof ConfigurationError && error.problems[0]?.path === "vpcs[0].azs[1]",
    );
  });
});
