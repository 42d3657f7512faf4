import { z } from "zod";
import { VPC_PREFIX } from "../network/cidr-plan";
import { advised, flag, whole } from "./advised";
import { alarms, dns, mail, notifications, ses, tls, web } from "./mail-schema";
import { allowedHost, instanceType, operatorBlock, privateBlock } from "./values";

/** Days that CloudWatch Logs accepts, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const zones = advised(
  z.union([
    z.int().min(2).max(6),
    z
      .array(z.string().regex(/^[a-z0-9-]+$/))
      .min(2)
      .max(6),
  ]),
  "a number of Availability Zones from 2 to 6, or a list of as many zone ids or names, is allowed",
  'Give a count, or name the zones: ["apne1-az1", "apne1-az4"]; with one zone nothing survives its failure.',
);

const vpc = z.strictObject({
  name: advised(
    z.string().regex(/^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/),
    "a name of 1 to 16 small letters, digits and inner hyphens is allowed",
    "Choose a shorter or plainer name; longer ones don't fit the names of load balancers.",
  ),
  cidrBlock: advised(
    z.string().refine((text) => privateBlock(text, VPC_PREFIX)),
    `a private IPv4 block from /${VPC_PREFIX.largest} to /${VPC_PREFIX.smallest} without host bits is allowed`,
    "Take one inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, for example 10.0.0.0/16.",
  ),
  azs: zones.default(2),
  nat: advised(
    z.enum(["per-az", "regional", "single"]),
    '"per-az", "regional" or "single" is allowed',
    "per-az: a gateway in each zone; regional: one that AWS spreads over the zones; single: one, lost with its zone.",
  ).default("per-az"),
});

const allowListEntry = advised(
  z
    .strictObject({
      host: z.string().refine(allowedHost).optional(),
      service: z
        .string()
        .regex(/^[a-z][a-z0-9.-]*$/)
        .optional(),
      azs: z
        .array(z.string().regex(/^[a-z0-9-]+$/))
        .min(1)
        .optional(),
      ports: z
        .array(z.union([z.literal(80), z.literal(443)]))
        .min(1)
        .default([443]),
      purpose: z.string().min(1),
    })
    .refine((entry) => (entry.host === undefined) !== (entry.service === undefined)),
  "an entry has either a host (a DNS name, or .domain for a whole domain) or an AWS service; ports are 80 and 443; a purpose says why",
  "Name a public DNS name: no addresses, no single labels, nothing under .internal or .local.",
);

const machineType = advised(
  z.string().regex(instanceType),
  "the name of an EC2 instance type is allowed",
  "Take one such as t4g.small.",
).default("t4g.small");

const sizes = z.strictObject({
  instanceType: machineType,
  min: whole(1, 60, "instances", "Fewer than one isn't highly available.").optional(),
  desired: whole(1, 60, "instances", "Give at least one for each Availability Zone.").optional(),
});

const database = z.strictObject({
  instanceClass: advised(
    z.string().regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/),
    "the name of an RDS instance class is allowed",
    "Take one such as db.t4g.small.",
  ).default("db.t4g.small"),
  allocatedStorage: whole(20, 65536, "GiB", "RDS's general purpose storage starts at 20 GiB.").default(20),
  backupRetentionDays: whole(1, 35, "days", "RDS keeps backups for 35 days at most; 0 would turn them off.").default(7),
  multiAz: flag("Without it the database is lost with its zone until it's restored.").default(true),
});

const ami = advised(
  z.string().regex(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/),
  "the id of an image of the release, made for this role, is allowed",
  "Leave it out to boot Debian's own newest image.",
).optional();

const retentionDays = advised(
  z.int().refine((days) => RETENTION_DAYS.includes(days)),
  `one of ${RETENTION_DAYS.join(", ")} days is allowed`,
  "CloudWatch Logs knows these only.",
);

export const schema = z.strictObject({
  region: advised(
    z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/),
    "the code of an AWS Region is allowed",
    "Take one such as ap-northeast-1 (Tokyo).",
  ).default("ap-northeast-1"),
  vpcs: advised(
    z.array(vpc).min(1),
    "a list of at least one VPC is allowed",
    "Describe one: { name, cidrBlock }.",
  ).default([{ name: "main", cidrBlock: "10.0.0.0/16", azs: 2, nat: "per-az" }]),
  delivery: advised(
    z.enum(["ses", "direct"]),
    '"ses" or "direct" is allowed',
    "Mail leaves through Amazon SES by default.",
  ).default("ses"),
  operators: z
    .array(
      advised(
        z.string().refine(operatorBlock),
        "an IPv4 block from /16 to /32 without host bits is allowed, never the whole internet",
        "Name the addresses your operators come from, for example 198.51.100.7/32; without any, Session Manager remains.",
      ),
    )
    .default([]),
  allowList: z
    .array(allowListEntry)
    .default([{ host: ".debian.org", ports: [80, 443], purpose: "packages of the operating system" }]),
  deletionProtection: flag("Only turn it off for a stack that is thrown away.").default(true),
  maintenance: flag("Only during maintenance: it opens the database to the bastions.").default(false),
  sizes: z
    .strictObject({
      bastion: sizes.prefault({}),
      proxy: sizes.prefault({}),
      // One in each zone, where its spool lies.
      relay: z.strictObject({ instanceType: machineType }).prefault({}),
      mailbox: sizes.prefault({}),
      web: sizes.prefault({}),
    })
    .prefault({}),
  image: z
    .strictObject({
      release: advised(
        z.literal("12"),
        'only "12" (Debian 12) is allowed',
        "The configurations of the mail servers are written for its versions; put the number in quotes.",
      ).default("12"),
      amis: z.strictObject({ bastion: ami, proxy: ami, relay: ami, mailbox: ami, web: ami }).prefault({}),
    })
    .prefault({}),
  database: database.prefault({}),
  flowLogs: z.strictObject({ retentionDays: retentionDays.default(90) }).prefault({}),
  logs: z.strictObject({ retentionDays: retentionDays.default(365) }).prefault({}),
  ses: ses.prefault({}),
  mail: mail.prefault({}),
  web: web.prefault({}),
  dns: dns.optional(),
  tls: tls.prefault({}),
  notifications: notifications.prefault({}),
  alarms: alarms.prefault({}),
  quotas: z
    .strictObject({
      elasticIps: whole(0, 1000, "addresses", "Give the quota your account really has in this Region.").default(5),
      networkAclRules: whole(1, 40, "rules", "AWS raises this quota to 40 at most.").default(20),
      securityGroupRules: whole(1, 1000, "rules", "Give the quota your account really has.").default(60),
    })
    .prefault({}),
});

export type Configured = z.output<typeof schema>;
