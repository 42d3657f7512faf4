import assert from "node:assert/strict";
import { setAllConfig } from "@pulumi/pulumi/runtime";
import program from "../../infra/index";
import { communicationsOutput } from "../../infra/communications";
import { parseSettings } from "../../infra/config";
import { ConfigurationError } from "../../infra/config/problem";
import type { RecordToCreate } from "../../infra/next-steps";
import { configure, deployed, OSAKA, type Deployment } from "./deployment";
import { lineage, record, theOne, type Recorded } from "./mocks";

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
      communications: JSON.stringify(communicationsOutput(parseSettings(OSAKA))),
      bastionAddress: "osaka-bastion.elb.example",
      proxyUrl: "http://osaka-proxy.elb.example:3128",
      databaseEndpoint: "db:5432",
      databaseSecretArn: "arn:aws:secret:osaka-database-master",
      notificationQueueUrl: "https://queue/osaka-notifications-kept",
    });
  });

  it("lets nobody read the database's master password outside of maintenance", () => {
    assert.deepEqual(readersOf("arn:aws:secret:osaka-database-master", osaka.resources), []);
    assert.deepEqual(readersOf("arn:aws:secret:osaka-bastion-host-key", osaka.resources), ["osaka-bastion"]);
  });

  it("makes its records in the zone that is configured, once Route 53 says that it is that one", async () => {
    const asked: unknown[] = [];
    const zone = (name: string) => ({
      "aws:route53/getZone:getZone": (inputs: unknown) => {
        asked.push(inputs);
        return { name, privateZone: false };
      },
    });
    const dns = { zoneId: "Z0123456789ABCDEFGHIJ", zone: "example.com" };
    const { resources, outputs } = await deployed({ ...OSAKA, dns }, zone("example.com"));
    assert.deepEqual(asked, [{ zoneId: dns.zoneId }]);
    assert.deepEqual(outputs["dnsRecords"], []);
    assert.equal(resources.filter(({ inputs }) => inputs["zoneId"] === dns.zoneId).length, 12);
    await assert.rejects(deployed({ ...OSAKA, dns }, zone("example.org")), ConfigurationError);
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
    const { resources } = await deployed({ ses: OSAKA.ses });
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
      deployed({ ses: OSAKA.ses, vpcs }),
      (error) => error instanceof ConfigurationError && error.problems[0]?.path === "vpcs[0].azs[1]",
    );
  });
});
