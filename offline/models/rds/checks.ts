import type { Problem, Props } from "../../model";
import { checkTags } from "../ec2/tags";
import { Findings } from "../findings";
import { integer, text, texts } from "../values";
import { LOGS } from "./engines";
import { isDaily, isWeekly } from "./windows";

const CODE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function checkIdentifier(found: Findings, key: "identifier" | "identifierPrefix"): void {
  const value = text(found.inputs[key]);
  if (value === undefined) return;
  const refuse = (message: string, code = CODE): void => {
    found.refuse(key, code, message);
  };
  if (!/^[0-9a-z-]+$/.test(value))
    refuse(`only lowercase alphanumeric characters and hyphens allowed in "${key}"`, "ProviderCheck");
  if (!/^[a-z]/i.test(value)) refuse(`first character of "${key}" must be a letter`);
  if (value.includes("--")) refuse(`"${key}" cannot contain two consecutive hyphens`);
  if (key === "identifier" && value.endsWith("-")) refuse(`"${key}" cannot end with a hyphen`);
}

function checkSnapshotName(found: Findings): void {
  const value = text(found.inputs["finalSnapshotIdentifier"]);
  if (value === undefined) return;
  const refuse = (message: string): void => {
    found.refuse("finalSnapshotIdentifier", CODE, message);
  };
  if (!/^[A-Za-z]/.test(value)) refuse('"finalSnapshotIdentifier" must begin with alphabetic character');
  if (!/^[0-9A-Za-z-]+$/.test(value))
    refuse('only alphanumeric characters and hyphens allowed in "finalSnapshotIdentifier"');
  if (value.includes("--")) refuse('"finalSnapshotIdentifier" cannot contain two consecutive hyphens');
  if (value.endsWith("-")) refuse('"finalSnapshotIdentifier" cannot end in a hyphen');
}

function checkWindows(found: Findings): void {
  const backup = text(found.inputs["backupWindow"]);
  if (backup !== undefined && !isDaily(backup))
    found.refuse("backupWindow", CODE, '"backup_window" must satisfy the format of "hh24:mi-hh24:mi".');
  const maintenance = text(found.inputs["maintenanceWindow"]);
  if (maintenance !== undefined && !isWeekly(maintenance))
    found.refuse(
      "maintenanceWindow",
      CODE,
      '"maintenance_window" must satisfy the format of "ddd:hh24:mi-ddd:hh24:mi".',
    );
}

/** The provider's rules about a DB instance, before any API call. */
export function checkInstance(inputs: Props): Problem[] {
  const found = new Findings(inputs);
  checkIdentifier(found, "identifier");
  checkIdentifier(found, "identifierPrefix");
  checkSnapshotName(found);
  checkWindows(found);
  found.conflict("identifierPrefix", ["identifier"]);
  found.conflict("password", ["manageMasterUserPassword", "passwordWo"], "InvalidParameterCombination");
  for (const name of ["dbName", "engine", "engineVersion", "username"])
    found.conflict(name, ["replicateSourceDb"], COMBINATION);
  found.conflict("characterSetName", ["snapshotIdentifier", "replicateSourceDb"], COMBINATION);
  found.conflict("s3Import", ["snapshotIdentifier", "replicateSourceDb"], COMBINATION);
  found.conflict("restoreToPointInTime", ["s3Import", "snapshotIdentifier", "replicateSourceDb"], COMBINATION);
  const directory = ["domainAuthSecretArn", "domainDnsIps", "domainFqdn", "domainOu"];
  for (const name of ["domain", "domainIamRoleName"]) found.conflict(name, directory, COMBINATION);
  found.arn("domainAuthSecretArn");
  const restore = found.within("restoreToPointInTime");
  restore?.conflict("restoreTime", ["useLatestRestorableTime"], COMBINATION);
  restore?.matches("restoreTime", UTC, "must be in RFC3339 time format of UTC, e.g. 2026-01-02T15:04:05Z");
  found.matches("customIamInstanceProfile", /^AWSRDSCustom/, "must begin with AWSRDSCustom");
  found.requires("passwordWo", ["passwordWoVersion"]);
  found.numberOf("monitoringInterval", [0, 1, 5, 10, 15, 30, 60]);
  found.between("backupRetentionPeriod", 0, 35);
  const days = integer(inputs["performanceInsightsRetentionPeriod"]);
  if (days !== undefined && days !== 7 && days !== 731 && days % 31 !== 0)
    found.refuse(
      "performanceInsightsRetentionPeriod",
      CODE,
      `expected performance_insights_retention_period to be 7, 731 or divisible by 31, got ${days}`,
    );
  found.between("port", 0, 65535);
  found.oneOf("backupTarget", ["region", "outposts"]);
  found.oneOf("networkType", ["IPV4", "DUAL"]);
  found.oneOf("replicaMode", ["open-read-only", "mounted"]);
  found.oneOf("databaseInsightsMode", ["standard", "advanced"]);
  found.oneOf("storageType", ["standard", "gp2", "gp3", "io1", "io2"]);
  found.oneOf("engineLifecycleSupport", [
    "open-source-rds-extended-support",
    "open-source-rds-extended-support-disabled",
  ]);
  found.arn("kmsKeyId");
  found.arn("monitoringRoleArn");
  found.arn("performanceInsightsKmsKeyId");
  texts(inputs["enabledCloudwatchLogsExports"]).forEach((log, index) => {
    if (LOGS.includes(log)) return;
    const message = `expected enabled_cloudwatch_logs_exports.${index} to be one of [${LOGS.join(" ")}], got ${log}`;
    found.refuse(`enabledCloudwatchLogsExports[${index}]`, "InvalidParameterCombination", message);
  });
  checkTags(found);
  return found.problems;
}
