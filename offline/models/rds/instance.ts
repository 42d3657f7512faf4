import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { putInterfaces, removeInterfaces } from "../interfaces";
import { nameOf, refuseDuplicate } from "../names";
import { given, integer, isTrue, orElse, property, text, texts } from "../values";
import { checkInstance } from "./checks";
import { engineNamed, familyOf, hostedZone } from "./engines";
import { refuseChange } from "./names";
import { placeInstance } from "./placement";
import { refuseInstance } from "./refusals";

const TYPE = "aws:rds/instance:Instance";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const INSTANCES = 40;

function settle(context: OperationContext, resourceId: string, identifier: string | undefined): Props {
  const { inputs, ids, place, world } = context;
  refuseInstance(context);
  const { subnets, securityGroups, zone, groupName } = placeInstance(context);
  putInterfaces(
    context,
    resourceId,
    subnets.map((subnet) => ({ subnet, securityGroups: texts(securityGroups), description: "RDSNetworkInterface" })),
  );
  const source = text(inputs["replicateSourceDb"]);
  const primary =
    source === undefined
      ? undefined
      : world.all(TYPE).find((one) => [property(one, "identifier"), property(one, "arn")].includes(source));
  const name = text(inputs["engine"]) ?? (primary === undefined ? undefined : text(property(primary, "engine")));
  const engine = engineNamed(name);
  const version = text(inputs["engineVersion"]) ?? engine?.version;
  const family = name === undefined || version === undefined ? undefined : familyOf(name, version);
  const port = integer(inputs["port"]) ?? engine?.port ?? UNKNOWN;
  const host =
    identifier === undefined
      ? UNKNOWN
      : `${identifier}.${ids.chars(LOWER, 12, "account")}.${place.region}.rds.amazonaws.com`;
  const storage = text(inputs["storageType"]) ?? (given(inputs["iops"]) ? "io1" : "gp2");
  const managed = isTrue(inputs["manageMasterUserPassword"]);
  return {
    ...filled(inputs, {
      allocatedStorage: primary === undefined ? 0 : property(primary, "allocatedStorage"),
      applyImmediately: false,
      autoMinorVersionUpgrade: true,
      availabilityZone: zone,
      backupRetentionPeriod: 0,
      backupTarget: "region",
      backupWindow: "06:08-06:38",
      caCertIdentifier: "rds-ca-rsa2048-g1",
      characterSetName: "",
      copyTagsToSnapshot: false,
      customIamInstanceProfile: "",
      customerOwnedIpEnabled: false,
      databaseInsightsMode: "standard",
      dbName: "",
      dbSubnetGroupName: groupName,
      dedicatedLogVolume: false,
      deleteAutomatedBackups: true,
      deletionProtection: false,
      domain: "",
      domainFqdn: "",
      domainIamRoleName: "",
      enabledCloudwatchLogsExports: [],
      engine: name ?? UNKNOWN,
      engineLifecycleSupport: "open-source-rds-extended-support",
      engineVersion: version ?? UNKNOWN,
      iamDatabaseAuthenticationEnabled: false,
      identifierPrefix: "",
      iops: storage === "gp3" ? 3000 : 0,
      kmsKeyId: isTrue(inputs["storageEncrypted"]) ? arn(place, "kms", `key/${ids.uuid("aws-managed-key")}`) : "",
      licenseModel: engine?.licenses[0] ?? "",
      maintenanceWindow: "sat:10:36-sat:11:06",
      maxAllocatedStorage: 0,
      monitoringInterval: 0,
      monitoringRoleArn: "",
      multiAz: false,
      ncharCharacterSetName: "",
      networkType: "IPV4",
      optionGroupName:
        family === undefined ? "" : `default:${family.replace(/^([a-z]+)(\d)/, "$1-$2").replace(".", "-")}`,
      parameterGroupName: family === undefined ? "" : `default.${family}`,
      performanceInsightsEnabled: false,
      performanceInsightsKmsKeyId: "",
      performanceInsightsRetentionPeriod: isTrue(inputs["performanceInsightsEnabled"]) ? 7 : 0,
      publiclyAccessible: false,
      replicaMode: "",
      replicateSourceDb: "",
      skipFinalSnapshot: false,
      snapshotIdentifier: "",
      storageEncrypted: primary === undefined ? false : property(primary, "storageEncrypted"),
      storageThroughput: storage === "gp3" ? 125 : 0,
      storageType: storage,
      tags: {},
      timezone: "",
      upgradeStorageConfig: null,
      username: primary === undefined ? "" : property(primary, "username"),
    }),
    address: host,
    arn: identifier === undefined ? UNKNOWN : arn(place, "rds", `db:${identifier}`),
    endpoint: host === UNKNOWN || port === UNKNOWN ? UNKNOWN : `${host}:${port}`,
    engineVersionActual: version ?? UNKNOWN,
    hostedZoneId: hostedZone(place.region),
    identifier: identifier ?? UNKNOWN,
    latestRestorableTime: "",
    listenerEndpoints: [],
    masterUserSecretKmsKeyId: orElse(inputs["masterUserSecretKmsKeyId"], managed ? "alias/aws/secretsmanager" : ""),
    masterUserSecrets: managed
      ? [
          {
            kmsKeyId: orElse(inputs["masterUserSecretKmsKeyId"], "alias/aws/secretsmanager"),
            secretArn: arn(place, "secretsmanager", `secret:rds!${resourceId}-${ids.chars(LOWER, 6, "secret")}`),
            secretStatus: "active",
          },
        ]
      : [],
    port,
    replicas: [],
    resourceId,
    status: "available",
    upgradeRolloutOrder: "second",
    vpcSecurityGroupIds: securityGroups,
  };
}

const model: Model = {
  type: TYPE,
  // Identifiers of SQL Server have at most 15 characters.
  autoName: ({ engine }) => ({
    ...{ property: "identifier", separator: "" },
    ...(/sqlserver/i.test(text(engine) ?? "") ? { maxLength: 15, digits: 3 } : { maxLength: 255 }),
  }),
  defaults: {
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    deleteAutomatedBackups: true,
    monitoringInterval: 0,
    performanceInsightsEnabled: false,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  },
  replaceOn: [
    "availabilityZone",
    "backupTarget",
    "characterSetName",
    "customIamInstanceProfile",
    "dbName",
    "engine",
    "kmsKeyId",
    "ncharCharacterSetName",
    "restoreToPointInTime",
    "s3Import",
    "snapshotIdentifier",
    "storageEncrypted",
    "timezone",
    "username",
  ],
  secretOutputs: ["password"],

  check: ({ inputs }) => checkInstance(inputs),

  create(context) {
    const identifier = nameOf(context, "identifier", "identifierPrefix");
    refuseDuplicate(context, TYPE, identifier, "DBInstanceAlreadyExists", "DB instance already exists", "identifier");
    if (context.world.all(TYPE).length >= INSTANCES)
      throw new AwsError("InstanceQuotaExceeded", "You have reached your quota for DB instances");
    const id = `db-${context.ids.chars(BASE32, 26)}`;
    return { id, outputs: settle(context, id, identifier) };
  },

  update(context, old) {
    refuseChange(old.outputs, context.inputs);
    return settle(
      context,
      old.id,
      nameOf(context, "identifier", "identifierPrefix") ?? text(old.outputs["identifier"]),
    );
  },

  delete(context, old) {
    const { outputs } = old;
    if (isTrue(outputs["deletionProtection"]))
      throw new AwsError(
        "InvalidParameterCombination",
        "Cannot delete protected DB Instance, please disable deletion protection and try again.",
      );
    const replica = text(outputs["replicateSourceDb"]) !== undefined;
    if (!isTrue(outputs["skipFinalSnapshot"]) && !replica && text(outputs["finalSnapshotIdentifier"]) === undefined)
      throw new AwsError("ProviderDelete", "final_snapshot_identifier is required when skip_final_snapshot is false");
    removeInterfaces(context, old.id);
  },
};

export default model;
