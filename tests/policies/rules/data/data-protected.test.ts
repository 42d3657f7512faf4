import assert from "node:assert/strict";
import { dataProtected } from "../../../../policies/rules/data/data-protected";
import type { Resource } from "../../../../policies/reachability/resources";
import { type Input, Stack } from "../../stack";
import { answerOf, describePlanted } from "../planted";

const database = { engine: "postgres", backupRetentionPeriod: 7, deletionProtection: true, skipFinalSnapshot: false };

const one =
  (type: string, inputs: Record<string, Input>, outputs: Record<string, string> = {}) =>
  () => {
    const stack = new Stack();
    stack.add(type, "store", inputs, outputs);
    return stack;
  };
const instance = (inputs: Record<string, Input>) => one("aws:rds/instance:Instance", { ...database, ...inputs });
const cluster = (kind: string, inputs: Record<string, Input>) =>
  one(`aws:${kind}/cluster:Cluster`, { ...database, ...inputs });

const files =
  (status: string | undefined, inputs: Record<string, Input> = {}, of: "own" | "other" = "own") =>
  () => {
    const stack = new Stack();
    const system = stack.add("aws:efs/fileSystem:FileSystem", "mail", { encrypted: true, ...inputs });
    if (status !== undefined)
      stack.add("aws:efs/backupPolicy:BackupPolicy", "mail", {
        fileSystemId: of === "own" ? system.id : "fs-other",
        backupPolicy: { status },
      });
    return stack;
  };

const planned =
  (type: string, selection: (arn: Input) => Record<string, Input>, inputs: Record<string, Input> = {}) =>
  () => {
    const stack = new Stack();
    const arn = "arn:aws:elasticfilesystem:ap-northeast-1:123456789012:file-system/fs-1";
    const store = stack.add(type, "store", inputs, { arn });
    stack.add("aws:backup/selection:Selection", "nightly", { planId: "plan-1", ...selection(store.of("arn")) });
    return stack;
  };
const fileSystemType = "aws:efs/fileSystem:FileSystem";
const tableType = "aws:dynamodb/table:Table";
const tagged = (value: string) => ({ selectionTags: [{ type: "STRINGEQUALS", key: "Backup", value }] });

const table = (inputs: Record<string, Input>) => one(tableType, { hashKey: "id", ...inputs });
const recovering = { pointInTimeRecovery: { enabled: true }, deletionProtectionEnabled: true };

const bucket =
  (
    status: string | undefined,
    inputs: Record<string, Input> = {},
    kinds = ["bucket:Bucket", "bucketVersioning:BucketVersioning"],
  ) =>
  () => {
    const stack = new Stack();
    const made = stack.add(`aws:s3/${kinds[0] ?? ""}`, "mail", { tags: { Name: "mail" }, ...inputs });
    if (status !== undefined)
      stack.add(`aws:s3/${kinds[1] ?? ""}`, "mail", { bucket: made.id, versioningConfiguration: { status } });
    return stack;
  };

const inStack = (name: string, stack: () => Stack): readonly Resource[] =>
  stack()
    .resources(true)
    .map((resource) => ({ ...resource, urn: resource.urn.replace("urn:pulumi:test:", `urn:pulumi:${name}:`) }));

describe("data-protected (M11)", () => {
  describePlanted(dataProtected, {
    "a database with everything": { stack: instance({}), answer: "proved" },
    "a database without backups": {
      stack: instance({ backupRetentionPeriod: 0 }),
      answer: "violated",
      words: /database instance-store doesn't keep its backups for 7 days: backupRetentionPeriod is 0\nFix: set backup/,
    },
    "a database that doesn't say how long": {
      stack: one("aws:rds/instance:Instance", { deletionProtection: true, skipFinalSnapshot: false }),
      answer: "violated",
      words: /backupRetentionPeriod isn't set, which means no backups/,
    },
    "a database with backups for less than is asked": {
      stack: instance({}),
      answer: "violated",
      config: { backupDays: 35 },
    },
    "a database that can be deleted": {
      stack: instance({ deletionProtection: false }),
      answer: "violated",
      words: /database instance-store can be deleted by mistake: deletionProtection is false/,
    },
    "a database that leaves no snapshot": {
      stack: instance({ skipFinalSnapshot: true }),
      answer: "violated",
      words: /leaves nothing when it is deleted: skipFinalSnapshot is true\nFix: set skipFinalSnapshot: false/,
    },
    "a database that can be deleted, where that isn't asked": {
      stack: instance({ deletionProtection: false, skipFinalSnapshot: true }),
      answer: "proved",
      config: { deletionProtection: "off" },
    },
    "a database that can be deleted, in a stack that is made for it": {
      stack: instance({ deletionProtection: false, skipFinalSnapshot: true }),
      answer: "proved",
      config: { disposableStacks: ["t*t"] },
    },
    "a read replica without backups": {
      stack: instance({ replicateSourceDb: "db-1", backupRetentionPeriod: 0, skipFinalSnapshot: true }),
      answer: "proved",
    },
    "a read replica that can be deleted": {
      stack: instance({ replicateSourceDb: "db-1", deletionProtection: false }),
      answer: "violated",
    },
    "a cluster with everything": { stack: cluster("rds", {}), answer: "proved" },
    "a cluster that can be deleted": { stack: cluster("rds", { deletionProtection: false }), answer: "violated" },
    "a cluster with backups of a day": {
      stack: one("aws:rds/cluster:Cluster", { engine: "aurora-mysql", deletionProtection: true }),
      answer: "violated",
      words: /isn't set, which means 1 day/,
    },
    "a DocumentDB cluster that leaves no snapshot": {
      stack: cluster("docdb", { skipFinalSnapshot: true }),
      answer: "violated",
    },
    "a Neptune cluster with backups of a day": {
      stack: cluster("neptune", { backupRetentionPeriod: 1 }),
      answer: "violated",
    },
    "a file system that is backed up": { stack: files("ENABLED"), answer: "proved" },
    "a file system that isn't": {
      stack: files("DISABLED"),
      answer: "violated",
      words: /file system filesystem-mail isn't backed up: its backup policy is "DISABLED"/,
    },
    "a file system that doesn't say": {
      stack: files(undefined),
      answer: "violated",
      words: /it has no backup policy, and no backup plan of the stack has it\nFix: add an aws.efs.BackupPolicy/,
    },
    "a file system where another is backed up": { stack: files("ENABLED", {}, "other"), answer: "violated" },
    "a One Zone file system that doesn't say": {
      stack: files(undefined, { availabilityZoneName: "ap-northeast-1a" }),
      answer: "undetermined",
      preview: "undetermined",
    },
    "a file system in a backup plan": {
      stack: planned(fileSystemType, (arn) => ({ resources: [arn] })),
      answer: "proved",
    },
    "a file system in a plan for everything": {
      stack: planned(fileSystemType, () => ({ resources: ["*"] })),
      answer: "proved",
    },
    "a file system in a plan with conditions": {
      stack: planned(fileSystemType, (arn) => ({ resources: [arn], conditions: [{ stringEquals: [] }] })),
      answer: "undetermined",
    },
    "a file system in a plan by its tag": {
      stack: planned(fileSystemType, () => tagged("daily"), { tags: { Backup: "daily" } }),
      answer: "proved",
    },
    "a file system with another tag than the plan's": {
      stack: planned(fileSystemType, () => tagged("daily"), { tags: { Backup: "none" } }),
      answer: "violated",
    },
    "a plan for others": {
      stack: planned(fileSystemType, () => ({ resources: ["arn:aws:rds:*"] })),
      answer: "violated",
      preview: "undetermined",
    },
    "a table that recovers": { stack: table(recovering), answer: "proved" },
    "a table that doesn't recover": {
      stack: table({ ...recovering, pointInTimeRecovery: { enabled: false } }),
      answer: "violated",
      words: /table table-store can't be restored to an earlier state: pointInTimeRecovery.enabled is false/,
    },
    "a table that doesn't say": { stack: table({ deletionProtectionEnabled: true }), answer: "violated" },
    "a table that can be deleted": {
      stack: table({ pointInTimeRecovery: { enabled: true } }),
      answer: "violated",
      words: /deletionProtectionEnabled isn't set/,
    },
    "a table in a backup plan": {
      stack: planned(tableType, (arn) => ({ resources: [arn] }), { deletionProtectionEnabled: true }),
      answer: "proved",
    },
    "a bucket with versions": { stack: bucket("Enabled"), answer: "proved" },
    "a bucket with versions, by other tokens": {
      stack: bucket("Enabled", {}, ["bucketV2:BucketV2", "bucketVersioningV2:BucketVersioningV2"]),
      answer: "proved",
    },
    "a bucket with versions, said inline": {
      stack: bucket(undefined, { versioning: { enabled: true } }),
      answer: "proved",
    },
    "a bucket whose versions are suspended": {
      stack: bucket("Suspended"),
      answer: "violated",
      words: /it has the versioning "Suspended"\nFix: add an aws.s3.BucketVersioning/,
    },
    "a bucket without versions": { stack: bucket(undefined), answer: "violated", words: /it has no versioning/ },
    "a bucket without versions, where that isn't asked": {
      stack: bucket(undefined),
      answer: "proved",
      config: { buckets: "any", disposableStacks: [] },
    },
    "a bucket that is deleted with all in it": {
      stack: bucket("Enabled", { forceDestroy: true }),
      answer: "violated",
      words: /bucket bucket-mail is deleted with all that is in it: forceDestroy is true/,
    },
    nothing: { stack: () => new Stack(), answer: "notApplicable" },
  });

  it("asks for deletion protection in every stack but those whose name says that they are disposable", () => {
    const unprotected = instance({ deletionProtection: false });
    for (const name of ["dev", "alice-dev", "dev-2", "sandbox-bob"])
      assert.equal(answerOf(dataProtected, inStack(name, unprotected)), "proved", name);
    for (const name of ["prod", "standby", "developers", "test", "main"])
      assert.equal(answerOf(dataProtected, inStack(name, unprotected)), "violated", name);
  });

  it("asks for backups in a disposable stack too", () => {
    const unsaved = instance({ backupRetentionPeriod: 0 });
    assert.equal(answerOf(dataProtected, inStack("dev", unsaved)), "violated");
  });
});
