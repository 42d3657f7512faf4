import type { Certainty } from "../../reachability/certainty";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, pending } from "../check";
import { type Asked, isOff, isOn, type ProtectedKind } from "./protected-kind";

/** A read replica has the backups of its source, and RDS takes no last snapshot of one. */
export const databaseProtection: readonly ProtectedKind[] = [
  {
    type: "aws:rds/instance:Instance",
    noun: "database",
    checks: (database, _, asked) => {
      const replica = replicaOrNot(database);
      const ofOriginals = [
        retention("database", database, asked, "isn't set, which means no backups"),
        ...(asked.deletion ? [lastSnapshot("database", database)] : []),
      ];
      return [
        ...(replica === "yes" ? [good] : ofOriginals.map((check) => unlessReplica(check, replica))),
        ...(asked.deletion ? [refusal("database", database)] : []),
      ];
    },
  },
  ...["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"].map(
    (type): ProtectedKind => ({
      type,
      noun: "database cluster",
      checks: (cluster, _, asked) => [
        retention("database cluster", cluster, asked, "isn't set, which means 1 day"),
        ...(asked.deletion ? [lastSnapshot("database cluster", cluster), refusal("database cluster", cluster)] : []),
      ],
    }),
  ),
];

function replicaOrNot(database: Resource): Certainty {
  const source = given(database, "replicateSourceDb");
  return source === undefined ? "no" : source === UNKNOWN ? "perhaps" : "yes";
}

function unlessReplica(check: Check, replica: "no" | "perhaps"): Check {
  return check.answer === "bad" && replica === "perhaps" ? pending("whether it is a read replica") : check;
}

function retention(noun: string, store: Resource, { backupDays }: Asked, unset: string): Check {
  const days = given(store, "backupRetentionPeriod");
  if (days === UNKNOWN) return pending("what its backupRetentionPeriod is");
  if (days !== undefined && Number(days) >= backupDays) return good;
  const now = days === undefined ? unset : `is ${JSON.stringify(days)}`;
  return bad(
    `${noun} ${label(store)} doesn't keep its backups for ${backupDays} days: backupRetentionPeriod ${now}`,
    `set backupRetentionPeriod: ${backupDays} or more`,
  );
}

function lastSnapshot(noun: string, store: Resource): Check {
  return isOff(noun, store, "skipFinalSnapshot", "leaves nothing when it is deleted");
}

function refusal(noun: string, store: Resource): Check {
  return isOn(noun, store, "deletionProtection", "can be deleted by mistake");
}
