/** What RDS refuses about options that not every engine has, and options that need another one. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { given, integer, isTrue, text } from "../values";
import { engineNamed, familyOf } from "./engines";

const VALUE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
/** Days of history that the advanced mode of Database Insights needs. Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.TurningOnAdvanced.html */
const ADVANCED_DAYS = 465;
const SQL_SERVER_TAKEN = [1234, 1434, 3260, 3343, 3389, 47001, 49152, 49153, 49154, 49155, 49156];
/** Engines that have an option; every engine of the table has the others. Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const ONLY: Record<string, readonly string[]> = {
  characterSetName: ["db2-", "oracle-", "sqlserver-"],
  iamDatabaseAuthenticationEnabled: ["mariadb", "mysql", "postgres"],
  ncharCharacterSetName: ["oracle-"],
  replicaMode: ["db2-", "oracle-"],
  timezone: ["db2-", "sqlserver-"],
};

function asked(value: unknown): boolean {
  return given(value) && value !== false && value !== "";
}

export function refuseOptions(inputs: Props): void {
  refuseByEngine(inputs);
  refuseInsights(inputs);
  if (given(inputs["masterUserSecretKmsKeyId"]) && !given(inputs["manageMasterUserPassword"]))
    throw new AwsError(
      COMBINATION,
      "You can't specify a MasterUserSecretKmsKeyId without ManageMasterUserPassword.",
      "masterUserSecretKmsKeyId",
    );
  if (given(inputs["domain"]) && !given(inputs["domainIamRoleName"]))
    throw new AwsError(COMBINATION, "A Domain needs a DomainIAMRoleName.", "domainIamRoleName");
  const authority = text(inputs["caCertIdentifier"]);
  if (authority !== undefined && !authority.startsWith("rds-ca-"))
    throw new AwsError("CertificateNotFound", `Certificate not found: ${authority}`, "caCertIdentifier");
}

function refuseByEngine(inputs: Props): void {
  const name = text(inputs["engine"])?.toLowerCase();
  const engine = engineNamed(name);
  if (name === undefined || engine === undefined) return;
  for (const [option, engines] of Object.entries(ONLY)) {
    if (asked(inputs[option]) && !engines.some((one) => name.startsWith(one)))
      throw new AwsError(COMBINATION, `${option} isn't supported for engine ${name}.`, option);
  }
  const license = text(inputs["licenseModel"]);
  if (license !== undefined && !engine.licenses.includes(license))
    throw new AwsError(VALUE, `Invalid license model '${license}' for engine ${name}.`, "licenseModel");
  const port = integer(inputs["port"]);
  if (name.startsWith("sqlserver-") && port !== undefined && SQL_SERVER_TAKEN.includes(port))
    throw new AwsError(VALUE, `Invalid port ${port}: taken by the engine`, "port");
  const version = text(inputs["engineVersion"]);
  const known = ["mariadb", "mysql", "postgres"].includes(name);
  if (known && version !== undefined && version.includes(".") && !engine.families.test(familyOf(name, version)))
    throw new AwsError(COMBINATION, `Cannot find version ${version} for ${name}`, "engineVersion");
}

function refuseInsights(inputs: Props): void {
  const days = integer(inputs["performanceInsightsRetentionPeriod"]) ?? 0;
  const [enabled, advanced] = [inputs["performanceInsightsEnabled"], text(inputs["databaseInsightsMode"])];
  const off = !given(enabled) || enabled === false;
  const needy = ["performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod"].find((name) => {
    const value = inputs[name];
    return given(value) && value !== 0 && value !== "";
  });
  if (off && needy !== undefined)
    throw new AwsError(COMBINATION, `${needy} needs Performance Insights to be enabled.`, needy);
  const unknownDays = given(inputs["performanceInsightsRetentionPeriod"]) && days === 0;
  if (advanced === "advanced" && !unknownDays && (off || (isTrue(enabled) && days < ADVANCED_DAYS)))
    throw new AwsError(
      COMBINATION,
      `To enable the Advanced mode of Database Insights, enable Performance Insights with a retention period of at least ${ADVANCED_DAYS} days.`,
      "databaseInsightsMode",
    );
}
