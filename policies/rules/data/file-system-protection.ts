import { isExactly, mayBe, type Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, inBlock, outside, pending } from "../check";
import { backupPlanOf } from "./backup-plans";
import type { ProtectedKind } from "./protected-kind";

export const fileSystemProtection: ProtectedKind = {
  type: "aws:efs/fileSystem:FileSystem",
  noun: "file system",
  checks: (system, links) => [backups(system, links)],
};

/** By EFS's own policy, or by a backup plan of the stack. EFS turns its own on by itself for One Zone file systems. */
function backups(system: Resource, links: Links): Check {
  const policies = links
    .ofTypes("aws:efs/backupPolicy:BackupPolicy")
    .map((policy) => ({
      link: links.follow(policy, "fileSystemId", system.type),
      status: inBlock(policy, "backupPolicy", "status"),
    }))
    .filter(({ link }) => mayBe(link, system));
  const plan = backupPlanOf(links, system);
  const own = policies.find(({ link }) => isExactly(link, system));
  if (own?.status === "ENABLED" || plan?.answer === "good") return good;
  if (policies.some(({ status }) => status === UNKNOWN || status === "ENABLED"))
    return pending("whether its backup policy is on");
  if (plan !== undefined) return plan;
  const fix = 'add an aws.efs.BackupPolicy with its fileSystemId and backupPolicy: { status: "ENABLED" }';
  if (own !== undefined)
    return bad(`file system ${label(system)} isn't backed up: its backup policy is ${JSON.stringify(own.status)}`, fix);
  if (given(system, "availabilityZoneName") !== undefined)
    return outside(
      "whether EFS backs it up, as it does by itself for One Zone file systems (say it: aws.efs.BackupPolicy)",
    );
  return bad(
    `file system ${label(system)} isn't backed up: it has no backup policy, and no backup plan of the stack has it`,
    fix,
  );
}
