import { label, type Resource } from "../../reachability/resources";
import { bad, type Check, good, inBlock, pending, switchOf } from "../check";
import { backupPlanOf } from "./backup-plans";
import { isOn, type ProtectedKind } from "./protected-kind";

export const tableProtection: readonly ProtectedKind[] = [
  {
    type: "aws:dynamodb/table:Table",
    noun: "table",
    checks: (table, links, { deletion }) => [
      recovery(table, backupPlanOf(links, table)),
      ...(deletion ? [isOn("table", table, "deletionProtectionEnabled", "can be deleted by mistake")] : []),
    ],
  },
];

function recovery(table: Resource, plan: Check | undefined): Check {
  const state = switchOf(inBlock(table, "pointInTimeRecovery", "enabled"));
  if (state === "on" || plan?.answer === "good") return good;
  if (state === "unknown") return pending("what its pointInTimeRecovery is");
  if (plan !== undefined) return plan;
  const now = state === "off" ? "is false" : "isn't set";
  return bad(
    `table ${label(table)} can't be restored to an earlier state: pointInTimeRecovery.enabled ${now}, and no backup plan of the stack has it`,
    "set pointInTimeRecovery: { enabled: true }",
  );
}
