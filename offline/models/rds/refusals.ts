import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { given, integer, isTrue, property, text, texts } from "../values";
import { engineNamed, familyOf } from "./engines";
import { refuseNames } from "./names";
import { refuseOptions } from "./options";
import { refuseStorage } from "./storage";
import { overlap, tooShort } from "./windows";

const VALUE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
const LOWEST_PORT = 1150;

/** Throws what RDS refuses about an instance's own settings. */
export function refuseInstance(context: OperationContext): void {
  const { inputs } = context;
  const identifier = text(inputs["identifier"]);
  if (identifier !== undefined && identifier.length > 63) {
    throw new AwsError(
      VALUE,
      "The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; it must contain from 1 to 63 alphanumeric characters or hyphens.",
      "identifier",
    );
  }
  refuseSource(context);
  refuseNames(inputs);
  refusePassword(context);
  refuseTimes(context);
  refuseStorage(inputs);
  refuseOptions(inputs);
  const port = integer(inputs["port"]);
  if (port !== undefined && port !== 0 && port < LOWEST_PORT)
    throw new AwsError(VALUE, `Invalid port ${port}: must be in the range ${LOWEST_PORT}-65535`, "port");
  if (isTrue(inputs["multiAz"]) && text(inputs["availabilityZone"]) !== undefined)
    throw new AwsError(COMBINATION, "Requesting a specific availability zone is not valid for Multi-AZ instances.");
  const engine = text(inputs["engine"]);
  const logs = engineNamed(engine)?.logs;
  for (const log of texts(inputs["enabledCloudwatchLogsExports"])) {
    if (logs !== undefined && !logs.includes(log))
      throw new AwsError(COMBINATION, `You cannot use the log types '${log}' with engine ${engine ?? ""}.`);
  }
  const interval = integer(inputs["monitoringInterval"]);
  if (interval !== undefined && interval > 0 && !given(inputs["monitoringRoleArn"]))
    throw new AwsError(
      COMBINATION,
      "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
    );
  refuseParameterGroup(context);
}

/** A new instance needs engine, storage, user and password, unless it comes out of another one. */
function refuseSource({ inputs, world, place }: OperationContext): void {
  const source = text(inputs["replicateSourceDb"]);
  if (source !== undefined) {
    const primary = world
      .all("aws:rds/instance:Instance")
      .find((one) => [property(one, "identifier"), property(one, "arn")].includes(source));
    const here = !source.startsWith("arn:") || source.includes(`:${place.region}:`);
    if (primary === undefined && here) throw new AwsError("DBInstanceNotFound", `DBInstance ${source} not found.`);
    if (primary !== undefined && given(inputs["dbSubnetGroupName"]) && !source.startsWith("arn:"))
      throw new AwsError(
        "DBSubnetGroupNotAllowedFault",
        "DbSubnetGroupName should not be specified for read replicas that are created in the same region as the master",
      );
    if (primary !== undefined && integer(property(primary, "backupRetentionPeriod")) === 0)
      throw new AwsError("InvalidDBInstanceState", "Automated backups are not enabled for this database instance.");
  }
  if (["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime", "s3Import"].some((key) => given(inputs[key])))
    return;
  const missing = ["engine", "allocatedStorage", "username"].find((key) => !given(inputs[key]));
  if (missing !== undefined)
    throw new AwsError("ProviderCreate", `provider.aws: aws_db_instance: : "${missing}": required field is not set`);
  if (!given(inputs["password"]) && !given(inputs["passwordWo"]) && !given(inputs["manageMasterUserPassword"]))
    throw new AwsError("ProviderCreate", `one of "password", "password_wo", "manage_master_user_password" is required`);
}

function refusePassword({ inputs }: OperationContext): void {
  const password = text(inputs["password"]);
  if (password === undefined) return;
  const refuse = (why: string): AwsError =>
    new AwsError(VALUE, `The parameter MasterUserPassword is not a valid password${why}`, "password");
  if (!/^[\x20-\x7e]+$/.test(password) || /[/@" ]/.test(password))
    throw refuse(`. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`);
  if (password.length < 8) throw refuse(" because it is shorter than 8 characters.");
  const longest = engineNamed(text(inputs["engine"]))?.password;
  if (longest !== undefined && password.length > longest)
    throw refuse(` because it is longer than ${longest} characters.`);
}

function refuseTimes({ inputs }: OperationContext): void {
  const [backup, maintenance] = [text(inputs["backupWindow"]), text(inputs["maintenanceWindow"])];
  for (const window of [backup, maintenance]) {
    if (window !== undefined && tooShort(window))
      throw new AwsError(VALUE, `The window ${window} must be at least 30 minutes long.`);
  }
  if (backup !== undefined && maintenance !== undefined && overlap(backup, maintenance))
    throw new AwsError(VALUE, "The backup window and maintenance window must not overlap.");
}

function refuseParameterGroup({ inputs, world }: OperationContext): void {
  const name = text(inputs["parameterGroupName"]);
  if (name === undefined || name.startsWith("default.")) return;
  const group = world.find("aws:rds/parameterGroup:ParameterGroup", name);
  if (group === undefined) throw new AwsError("DBParameterGroupNotFound", `DBParameterGroup not found: ${name}`);
  const [engine, version] = [text(inputs["engine"]), text(inputs["engineVersion"])];
  const family = text(property(group, "family"));
  if (
    engine !== undefined &&
    version !== undefined &&
    family !== undefined &&
    engineNamed(engine) !== undefined &&
    familyOf(engine, version) !== family
  )
    throw new AwsError(
      COMBINATION,
      `The Parameter Group ${name} with DBParameterGroupFamily ${family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${familyOf(engine, version)}.`,
    );
}
