/** What RDS refuses about an instance's storage: sizes in GiB, throughput in MiB/s. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { given, integer, isTrue, text } from "../values";
import { engineNamed } from "./engines";

const VALUE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
const PROVISIONED = ["io1", "io2"];
const LARGEST = 65536;
/** Least storage by type. Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const LEAST: Record<string, number> = { gp2: 20, gp3: 20, io1: 100, io2: 100, standard: 5 };
/** What RDS really asks for where no type is named. */
const LEAST_UNNAMED = 5;
const SQL_SERVER_LEAST = 20;
const IO1_IOPS_PER_GIB = 50;
/** Below this many GiB, gp3 has its baseline and nothing else can be asked for. */
const GP3_STRIPED = 400;
const OPEN_SOURCE = ["mariadb", "mysql", "postgres"];
/** Classes that can't encrypt their storage. Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html */
const PLAIN_CLASSES = /^db\.(t2\.micro|m1\.|m2\.|t1\.)/;
/** Where the storage comes from something else, its size and key do too. */
const SOURCES = ["replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"];

function asked(value: unknown): boolean {
  return given(value) && value !== 0;
}

export function refuseStorage(inputs: Props): void {
  refuseRates(inputs);
  refuseSize(inputs);
  refuseEncryption(inputs);
}

function refuseRates(inputs: Props): void {
  const storage = text(inputs["storageType"]);
  const [size, iops] = [inputs["allocatedStorage"], inputs["iops"]].map(integer);
  if (asked(inputs["iops"]) && (storage === "gp2" || storage === "standard"))
    throw new AwsError(COMBINATION, "You can't specify IOPS with this storage type.", "iops");
  if (storage !== undefined && PROVISIONED.includes(storage) && !given(inputs["iops"]))
    throw new AwsError(COMBINATION, `You must specify IOPS for the storage type ${storage}.`, "iops");
  if (storage === "io1" && size !== undefined && iops !== undefined && iops > size * IO1_IOPS_PER_GIB)
    throw new AwsError(
      COMBINATION,
      `The IOPS to GiB ratio must be between 0.5 and ${IO1_IOPS_PER_GIB}: ${iops} IOPS, ${size} GiB`,
      "iops",
    );
  // Without a type it is gp2, or io1 where IOPS are asked for.
  if (asked(inputs["storageThroughput"]) && (storage ?? (given(inputs["storageType"]) ? "gp3" : "gp2")) !== "gp3")
    throw new AwsError(
      COMBINATION,
      `You can't specify storage throughput for the storage type ${storage ?? "gp2"}.`,
      "storageThroughput",
    );
  const engine = text(inputs["engine"]) ?? "";
  if (storage !== "gp3" || size === undefined || size >= GP3_STRIPED || !OPEN_SOURCE.includes(engine)) return;
  const excess = ["iops", "storageThroughput"].find((name) => asked(inputs[name]));
  if (excess !== undefined)
    throw new AwsError(
      COMBINATION,
      `You can't specify IOPS or storage throughput for engine ${engine} and a storage size less than ${GP3_STRIPED}.`,
      excess,
    );
}

function refuseSize(inputs: Props): void {
  const engine = text(inputs["engine"]);
  const storage = text(inputs["storageType"]);
  const size = integer(inputs["allocatedStorage"]);
  const most = integer(inputs["maxAllocatedStorage"]);
  if (size !== undefined && engineNamed(engine) !== undefined) {
    const unnamed = given(inputs["storageType"]) ? 0 : LEAST_UNNAMED;
    const byType = storage === undefined ? unnamed : (LEAST[storage] ?? 0);
    const least = engine?.startsWith("sqlserver") === true ? SQL_SERVER_LEAST : byType;
    if ((size > 0 && size < least) || size > LARGEST)
      throw new AwsError(
        VALUE,
        `Invalid storage size for engine name ${engine ?? ""} and storage type ${storage ?? "gp2"}: ${size}`,
        "allocatedStorage",
      );
  }
  if (size !== undefined && most !== undefined && most !== 0 && most <= size)
    throw new AwsError(COMBINATION, "Max storage size must be greater than storage size", "maxAllocatedStorage");
}

function refuseEncryption(inputs: Props): void {
  const encrypted = inputs["storageEncrypted"];
  const whole = !SOURCES.some((source) => given(inputs[source]));
  if (whole && given(inputs["kmsKeyId"]) && (!given(encrypted) || encrypted === false))
    throw new AwsError(COMBINATION, "A KMS key can only be specified for encrypted storage.", "kmsKeyId");
  const size = text(inputs["instanceClass"]);
  if (size !== undefined && PLAIN_CLASSES.test(size) && isTrue(encrypted))
    throw new AwsError(COMBINATION, `DB Instance class ${size} does not support encryption at rest`, "instanceClass");
}
