import { z } from "zod";
import { matches } from "../../exemptions";
import { label, type Resource } from "../../reachability/resources";
import { findingOf } from "../check";
import type { Rule } from "../rule";
import { bucketProtection } from "./bucket-protection";
import { databaseProtection } from "./database-protection";
import { fileSystemProtection } from "./file-system-protection";
import type { Asked, ProtectedKind } from "./protected-kind";
import { tableProtection } from "./table-protection";

const settings = {
  backupDays: z.int().min(1).max(35).default(7).describe("For how many days databases keep their backups, at least."),
  buckets: z
    .enum(["versioned", "any"])
    .default("versioned")
    .describe('"versioned": every S3 bucket keeps former versions of its objects; "any": that isn\'t asked.'),
  deletionProtection: z
    .enum(["required", "off"])
    .default("required")
    .describe(
      '"required": what would take data along with the stack is refused: no deletion protection, no final snapshot, forceDestroy; "off": that isn\'t asked.',
    ),
  disposableStacks: z
    .array(z.string())
    .default(["dev", "dev-*", "*-dev", "sandbox", "sandbox-*", "*-sandbox"])
    .describe(
      "Names of stacks that are made to be destroyed, with * for any run of characters: no deletion protection is asked there.",
    ),
};

const kinds: readonly ProtectedKind[] = [
  ...databaseProtection,
  fileSystemProtection,
  ...tableProtection,
  ...bucketProtection,
];

/** Two mistakes are meant: data that was overwritten or deleted, and a stack (or a resource of it) that was destroyed. */
export const dataProtected: Rule<typeof settings> = {
  id: "data-protected",
  title: "Data outlives mistakes",
  proves:
    "Proves that databases, file systems, tables and buckets can be restored as they were, and that, in stacks that aren't disposable, " +
    "deleting a database, table or bucket doesn't take the data along.",
  why:
    "A wrong statement, an attacker or a replaced resource destroys data in a moment. Redundancy doesn't help: a standby repeats the mistake. " +
    "Only a backup that was taken before does, and a deletion that is refused.",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  ],
  fix: "Turn on the backup or the protection that the message names.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [
    "RDS.7",
    "RDS.8",
    "RDS.11",
    "DocumentDB.2",
    "DocumentDB.5",
    "Neptune.4",
    "Neptune.5",
    "DynamoDB.2",
    "DynamoDB.6",
    "EFS.2",
    "S3.14",
  ].map((id) => ({ framework: "AWS Foundational Security Best Practices", id }) as const),
  tags: ["availability", "data"],
  settings,
  defers: true,
  notApplicable: "The stack has no database, file system, table or bucket.",
  judge: ({ links }, { backupDays, buckets, deletionProtection, disposableStacks }) =>
    kinds.flatMap(({ type, noun, checks }) =>
      links.ofTypes(type).flatMap((store) => {
        const isDisposable = disposableStacks.some((pattern) => matches(pattern, stackOf(store)));
        const asked: Asked = {
          backupDays,
          versions: buckets === "versioned",
          deletion: deletionProtection === "required" && !isDisposable,
        };
        const found = checks(store, links, asked);
        const question = `it can't be told whether ${noun} ${label(store)} is protected from mistakes`;
        return found.length === 0 ? [] : [findingOf(store, question, found)];
      }),
    ),
};

/** "dev" of urn:pulumi:dev::project::type::name. */
function stackOf({ urn }: Resource): string {
  return urn.split("::")[0]?.split(":")[2] ?? "";
}
