import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Config } from "@pulumi/pulumi";
import { setAllConfig } from "@pulumi/pulumi/runtime";
import { parse } from "yaml";
import type { z } from "zod";
import { loadSettings, parseSettings, type Settings } from "../../infra/config";
import { ConfigurationError, type Problem } from "../../infra/config/problem";
import { schema as settingsSchema } from "../../infra/config/schema";
import { keysAt } from "../../infra/config/schema-paths";

const DEFAULTS: Settings = {
  region: "ap-northeast-1",
  vpcs: [{ name: "main", cidrBlock: "10.0.0.0/16", azs: 2, nat: "per-az" }],
  delivery: "ses",
  operators: [],
  allowList: [{ host: ".debian.org", ports: [80, 443], purpose: "packages of the operating system" }],
  deletionProtection: true,
  maintenance: false,
  sizes: {
    bastion: { instanceType: "t4g.small", desired: 2, min: 2 },
    proxy: { instanceType: "t4g.small", desired: 2, min: 2 },
    relay: { instanceType: "t4g.small" },
    mailbox: { instanceType: "t4g.small", desired: 2, min: 2 },
    web: { instanceType: "t4g.small", desired: 2, min: 2 },
  },
  image: { release: "12", amis: {} },
  database: {
    instanceClass: "db.t4g.small",
    allocatedStorage: 20,
    backupRetentionDays: 7,
    multiAz: true,
  },
  flowLogs: { retentionDays: 90 },
  logs: { retentionDays: 365 },
  ses: { identity: "example.com", mailFrom: "bounce.example.com", onlyThroughEndpoint: true },
  mail: {
    domain: "example.com",
    hostname: "mail.example.com",
    postmaster: "postmaster@example.com",
    spoolGiB: 20,
  },
  web: { hostname: "webmail.example.com" },
  tls: { source: "acm" },
  notifications: { emails: [] },
  alarms: {
    bounceRate: { warning: 0.03, critical: 0.08 },
    complaintRate: { warning: 0.0008, critical: 0.004 },
  },
  quotas: { elasticIps: 5, networkAclRules: 20, securityGroupRules: 60 },
};

/** The one setting that has no default, and whatever a test adds. */
function given(raw: object): object {
  return { ses: { identity: "example.com" }, ...raw };
}

function problems(raw: unknown): readonly Problem[] {
  try {
    parseSettings(typeof raw === "object" && raw !== null ? given(raw) : raw);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:tls";
const ZONE = { zoneId: "Z0123456789ABCDEFGHIJ", zone: "example.com" };

const paths = (raw: unknown): string[] => problems(raw).map(({ path }) => path);
const vpc = (more: object): object => ({ name: "main", cidrBlock: "10.0.0.0/16", ...more });

describe("parseSettings", () => {
  it("is safe by default: nobody's SSH, no maintenance, protected database in two zones", () => {
    assert.deepEqual(parseSettings(given({})), DEFAULTS);
  });

  it("lets every safe default be overridden", () => {
    const database = { multiAz: false, backupRetentionDays: 1 };
    const raw = { deletionProtection: false, maintenance: true, operators: ["198.51.100.7/32"], database };
    assert.deepEqual(parseSettings(given(raw)), {
      ...DEFAULTS,
      ...raw,
      database: { ...DEFAULTS.database, ...database },
    });
  });

  it("names the hosts after the domain that mail is from, an address's too", () => {
    const { ses, mail, web } = parseSettings({ ses: { identity: "me@example.org" } });
    assert.deepEqual(ses, { identity: "me@example.org", onlyThroughEndpoint: true });
    assert.deepEqual(
      [mail.domain, mail.hostname, mail.postmaster, web.hostname],
      ["example.org", "mail.example.org", "postmaster@example.org", "webmail.example.org"],
    );
  });

  it("takes names inside of the zone, and the zone's own", () => {
    assert.deepEqual(paths({ dns: ZONE }), []);
    assert.deepEqual(paths({ dns: ZONE, mail: { hostname: "example.com" } }), []);
  });

  it("counts one instance in each zone where nothing else is said (M12)", () => {
    const { sizes } = parseSettings(
      given({ vpcs: [vpc({ azs: 3 })], sizes: { proxy: { min: 4 }, bastion: { desired: 5 } } }),
    );
    assert.deepEqual([sizes.proxy.min, sizes.proxy.desired], [4, 4]);
    assert.deepEqual([sizes.bastion.min, sizes.bastion.desired], [5, 5]);
  });

  it("reports all problems at once, each with path, value, limit and remedy", () => {
    const raw = { region: "Tokyo", maintenence: true, operators: ["0.0.0.0/0"], sizes: { proxy: { desired: 1 } } };
    const found = problems(raw);
    assert.deepEqual(
      found.map(({ path, value }) => ({ path, value })),
      [
        { path: "region", value: "Tokyo" },
        { path: "operators[0]", value: "0.0.0.0/0" },
        { path: "maintenence", value: true },
        { path: "sizes.proxy.desired", value: 1 },
      ],
    );
    assert.ok(found.every(({ limit, remedy }) => limit !== "" && remedy !== ""));
    assert.match(new ConfigurationError(found).message, /^The configuration has 4 problems:\n {2}region: "Tokyo"; /);
    assert.equal(found[2]?.remedy, "Did you mean maintenance?");
  });

  it("names the limit of a nested value", () => {
    assert.deepEqual(problems({ database: { allocatedStorage: 5 } }), [
      {
        path: "database.allocatedStorage",
        value: 5,
        limit: "a whole number of GiB from 20 to 65536 is allowed",
        remedy: "RDS's general purpose storage starts at 20 GiB.",
      },
    ]);
  });

  for (const [what, raw, expected] of [
    ["a configuration that is no record", 7, ["", "ses.identity"]],
    ["an unknown setting of a VPC", { vpcs: [vpc({ azz: 2 })] }, ["vpcs[0].azz"]],
    ["a VPC without a block", { vpcs: [{ name: "main" }] }, ["vpcs[0].cidrBlock"]],
    ["no VPC", { vpcs: [] }, ["vpcs"]],
    ["one zone", { vpcs: [vpc({ azs: 1 })] }, ["vpcs[0].azs"]],
    ["one named zone", { vpcs: [vpc({ azs: ["apne1-az1"] })] }, ["vpcs[0].azs"]],
    ["a zone named twice", { vpcs: [vpc({ azs: ["apne1-az1", "apne1-az1"] })] }, ["vpcs[0].azs[1]"]],
    ["a VPC that is too large", { vpcs: [vpc({ cidrBlock: "10.0.0.0/8" })] }, ["vpcs[0].cidrBlock"]],
    ["an unknown NAT mode", { vpcs: [vpc({ nat: "none" })] }, ["vpcs[0].nat"]],
    ["a name that is too long", { vpcs: [vpc({ name: "a".repeat(17) })] }, ["vpcs[0].name"]],
    ["two VPCs, not yet", { vpcs: [vpc({}), vpc({ name: "other", cidrBlock: "10.1.0.0/16" })] }, ["vpcs"]],
    [
      "two VPCs of one name that overlap",
      { vpcs: [vpc({}), vpc({ cidrBlock: "10.0.128.0/17" })] },
      ["vpcs", "vpcs[1].name", "vpcs[1].cidrBlock"],
    ],
    ["direct delivery, not yet", { delivery: "direct" }, ["delivery"]],
    ["operators inside of the VPC", { operators: ["10.0.1.0/24"] }, ["operators[0]"]],
    ["operators twice", { operators: ["198.51.100.7/32", "198.51.100.7/32"] }, ["operators[1]"]],
    ["an entry with neither host nor service", { allowList: [{ purpose: "x" }] }, ["allowList[0]"]],
    ["an entry with both", { allowList: [{ host: "a.org", service: "sts", purpose: "x" }] }, ["allowList[0]"]],
    ["an entry without a purpose", { allowList: [{ host: "a.org" }] }, ["allowList[0].purpose"]],
    ["an internal name for the proxy", { allowList: [{ host: "a.internal", purpose: "x" }] }, ["allowList[0].host"]],
    [
      "another port for the proxy",
      { allowList: [{ host: "a.org", ports: [22], purpose: "x" }] },
      ["allowList[0].ports[0]"],
    ],
    [
      "a zone in the allow-list that no VPC has",
      {
        vpcs: [vpc({ azs: ["apne1-az1", "apne1-az2"] })],
        allowList: [{ host: "a.org", azs: ["apne1-az4"], purpose: "x" }],
      },
      ["allowList[0].azs"],
    ],
    ["more at least than at all", { sizes: { bastion: { min: 3, desired: 2 } } }, ["sizes.bastion.min"]],
    ["another release", { image: { release: "13" } }, ["image.release"]],
    ["no backups", { database: { backupRetentionDays: 0 } }, ["database.backupRetentionDays"]],
    ["a retention that CloudWatch doesn't know", { flowLogs: { retentionDays: 8 } }, ["flowLogs.retentionDays"]],
    ["more Elastic IPs than the quota", { vpcs: [vpc({ azs: 6 })] }, ["vpcs"]],
    ["no identity", { ses: {} }, ["ses.identity"]],
    ["an identity that is no name", { ses: { identity: "example" } }, ["ses.identity"]],
    ["a MAIL FROM domain elsewhere", { ses: { identity: "a.org", mailFrom: "b.org" } }, ["ses.mailFrom"]],
    ["the identity as MAIL FROM domain", { ses: { identity: "a.org", mailFrom: "a.org" } }, ["ses.mailFrom"]],
    ["a MAIL FROM domain of an address", { ses: { identity: "me@a.org", mailFrom: "bounce.a.org" } }, ["ses.mailFrom"]],
    ["a secret as key without its ARN", { tls: { source: "secret" } }, ["tls.secretArn", "tls.webCertificateArn"]],
    ["a secret that isn't used", { tls: { secretArn: SECRET } }, ["tls.secretArn"]],
    ["a host outside of the zone", { dns: ZONE, mail: { hostname: "mail.example.org" } }, ["mail.hostname"]],
    [
      "an identity outside of the zone",
      { dns: ZONE, ses: { identity: "a.org" } },
      ["ses.identity", "mail.hostname", "web.hostname"],
    ],
    [
      "a warning after the critical alarm",
      { alarms: { bounceRate: { warning: 0.04, critical: 0.03 } } },
      ["alarms.bounceRate.warning"],
    ],
    [
      "an alarm after SES's own limit",
      { alarms: { complaintRate: { critical: 0.005 } } },
      ["alarms.complaintRate.critical"],
    ],
    ["an image that is none", { image: { amis: { relay: "debian" } } }, ["image.amis.relay"]],
    ["a wrong type", { maintenance: "yes", operators: "all" }, ["operators", "maintenance"]],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(paths(raw), expected);
    });
  }

  it("counts Elastic IPs by NAT mode, against the account's own quota", () => {
    assert.deepEqual(paths({ vpcs: [vpc({ azs: 6, nat: "single" })] }), []);
    assert.deepEqual(paths({ vpcs: [vpc({ azs: 6 })], quotas: { elasticIps: 6 } }), []);
    assert.deepEqual(paths({ quotas: { elasticIps: 1 } }), ["vpcs"]);
  });

  it("counts ACL entries and group rules before AWS does", () => {
    const operators = Array.from({ length: 10 }, (_, index) => `198.51.100.${index}/32`);
    const limits = (raw: object) => problems(raw).map(({ path, limit }) => `${path}: ${limit}`);
    assert.deepEqual(limits({ operators }), [
      "operators: the network ACL of dmz in main has 21 entries in, 1 more than the quota",
      "operators: the network ACL of edge in main has 21 entries in, 1 more than the quota",
    ]);
    assert.deepEqual(limits({ operators, quotas: { networkAclRules: 40 } }), []);
    assert.deepEqual(limits({ operators, quotas: { networkAclRules: 40, securityGroupRules: 9 } }), [
      "operators: the security group of relay in main has 11 rules out, 2 more than the quota",
      "operators: the security group of mailbox in main has 10 rules out, 1 more than the quota",
      "operators: the security group of web in main has 10 rules out, 1 more than the quota",
      "operators: the security group of bastion-nlb in main has 10 rules in, 1 more than the quota",
      "operators: the security group of bastion in main has 12 rules out, 3 more than the quota",
    ]);
  });
});

describe("loadSettings", () => {
  it("reads the stack's configuration: text as it is, everything else as JSON", () => {
    setAllConfig({
      "aws:region": "us-east-1",
      "dejima:delivery": "ses",
      "dejima:maintenance": "true",
      "dejima:operators": '["198.51.100.7/32"]',
      "dejima:image": '{"release":"12"}',
      "dejima:ses": '{"identity":"example.com"}',
    });
    assert.deepEqual(loadSettings(new Config("dejima")), {
      ...DEFAULTS,
      maintenance: true,
      operators: ["198.51.100.7/32"],
    });
  });

  it("notices keys that it doesn't know", () => {
    setAllConfig({ "dejima:operater": "[]", "dejima:ses": '{"identity":"example.com"}' });
    assert.throws(() => loadSettings(new Config("dejima")), /operater: \[\]; .*Did you mean operators\?/);
  });
});

describe("Pulumi.dev.yaml", () => {
  const text = readFileSync(join(__dirname, "../../Pulumi.dev.yaml"), "utf8");

  it("shows every setting", () => {
    const shown = (key: string) => new RegExp(`^[ #-]*(dejima:)?${key}:`, "m").test(text.replaceAll(/[{,] /g, "\n"));
    const hidden = (schema: z.ZodType, path: string[]): string[] =>
      keysAt(schema, path).flatMap((key) => (shown(key) ? hidden(schema, [...path, key]) : [[...path, key].join(".")]));
    // Roles with an image of their own are those of `sizes`; which of two an entry of the allow-list has, the comment says.
    assert.deepEqual(
      hidden(settingsSchema, []).filter((path) => !path.startsWith("image.amis.")),
      ["tls.secretArn", "tls.webCertificateArn"],
    );
  });

  it("has values that pass every check", () => {
    const { config } = parse(text) as { config: Record<string, unknown> };
    const own = Object.entries(config).filter(([key]) => key.startsWith("dejima:"));
    const settings = parseSettings(Object.fromEntries(own.map(([key, value]) => [key.slice("dejima:".length), value])));
    assert.equal(settings.ses.identity, "example.com");
  });
});
