import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { parseValue, type Resource, UNKNOWN, type Value } from "../../../../policies/reachability/resources";

/** What a recording of the real awsx plugin says of a resource: after `up` its inputs and id, in a preview what a stack policy sees. */
const recording = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      id: z.string().nullish(),
      inputs: z.record(z.string(), z.unknown()).optional(),
      props: z.record(z.string(), z.unknown()).optional(),
      propertyDependencies: z.record(z.string(), z.array(z.string())),
    }),
  ),
});

/** `awsx.ec2.Vpc` "net": three zones, tiers dmz (public), proxy (NAT of its own zone), app and db (isolated). */
export function awsxVpc(deployed: boolean): readonly Resource[] {
  const file = path.join(__dirname, "recordings", `${deployed ? "" : "preview-"}vpc-four-tiers.json`);
  const { resources } = recording.parse(JSON.parse(readFileSync(file, "utf8")));
  return resources.map(({ type, name, id, inputs, props, propertyDependencies }) => ({
    type,
    name,
    urn: urnOf(`${type}::${name}`),
    props: {
      ...shown(inputs ?? props ?? {}),
      ...(type.startsWith("aws:") ? { id: deployed ? (id ?? UNKNOWN) : UNKNOWN } : {}),
    },
    propertyDependencies: {
      // The recording leaves out what depends on nothing; the SDK names it. What a preview knows, the program gave.
      ...Object.fromEntries(Object.keys(knownOf(inputs ?? props ?? {})).map((key) => [key, []])),
      ...Object.fromEntries(Object.entries(propertyDependencies).map(([key, behind]) => [key, behind.map(urnOf)])),
    },
  }));
}

/**
 * The same with a database in the isolated subnets. Its group names two of the component's lists of ids, picked in the program, so that in a preview
 * the list isn't known and depends on every subnet of the component.
 */
export function awsxVpcWithDatabase(deployed: boolean): readonly Resource[] {
  const vpc = awsxVpc(deployed);
  const subnets = vpc.filter(({ type }) => type === "aws:ec2/subnet:Subnet").map(({ urn }) => urn);
  const add = (
    type: string,
    name: string,
    props: Record<string, Value>,
    behind: Record<string, readonly string[]>,
  ): Resource => ({
    type,
    name,
    urn: urnOf(`${type}::${name}`),
    props: { ...props, id: deployed ? name : UNKNOWN, tags: { Env: "prod" } },
    propertyDependencies: {
      ...Object.fromEntries([...Object.keys(props), "tags"].map((key) => [key, [] as readonly string[]])),
      ...behind,
    },
  });
  const known = (value: Value) => (deployed ? value : UNKNOWN);
  const vpcUrn = urnOf("aws:ec2/vpc:Vpc::net");
  const group = add(
    "aws:ec2/securityGroup:SecurityGroup",
    "store",
    {
      vpcId: known("vpc-net"),
      ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }],
      egress: [],
    },
    { vpcId: [vpcUrn] },
  );
  const subnetGroup = add(
    "aws:rds/subnetGroup:SubnetGroup",
    "store",
    { subnetIds: known(["subnet-net-db-1", "subnet-net-db-2", "subnet-net-db-3"]) },
    { subnetIds: subnets },
  );
  const database = add(
    "aws:rds/instance:Instance",
    "store",
    {
      engine: "postgres",
      port: 5432,
      dbSubnetGroupName: known("store"),
      vpcSecurityGroupIds: deployed ? ["store"] : [UNKNOWN],
      multiAz: true,
      publiclyAccessible: false,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "last",
    },
    { dbSubnetGroupName: [subnetGroup.urn], vpcSecurityGroupIds: [group.urn] },
  );
  return [...vpc, group, subnetGroup, database];
}

function knownOf(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== "<unknown>"));
}

function urnOf(typeAndName: string): string {
  return `urn:pulumi:prod::strangers::${typeAndName}`;
}

function shown(raw: Readonly<Record<string, unknown>>): Record<string, Value> {
  const value = (each: unknown): Value => {
    if (each === "<unknown>") return UNKNOWN;
    if (Array.isArray(each)) return each.map(value);
    if (each === null || typeof each !== "object") return parseValue(each);
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, value(inner)]));
  };
  return Object.fromEntries(Object.entries(raw).map(([key, each]) => [key, value(each)]));
}
