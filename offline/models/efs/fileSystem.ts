import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { ordinaryZones } from "../ec2/zones";
import { filled } from "../filled";
import { Findings } from "../findings";
import { refuseDuplicate } from "../names";
import { given, isRecord, isTrue, property, records, text } from "../values";
import { CODE, dnsName, FILE_SYSTEM, MOUNT_TARGET } from "./fileSystems";

const AGES = [1, 7, 14, 30, 60, 90, 180, 270, 365].map((days) => `AFTER_${days}_DAY${days === 1 ? "" : "S"}`);
/** What an empty file system takes for itself. */
const EMPTY = 6144;

/** Source: https://docs.aws.amazon.com/efs/latest/ug/API_PutLifecycleConfiguration.html */
function refuseLifecycle(inputs: Props): void {
  const policies = records(inputs["lifecyclePolicies"]);
  const refuse = (message: string): AwsError => new AwsError(CODE, message, "lifecyclePolicies");
  if (policies.some((policy) => Object.keys(policy).filter((key) => key.startsWith("transition")).length > 1))
    throw refuse("Each LifecyclePolicy object can have only a single transition.");
  const age = (key: string): number =>
    policies.reduce((found, policy) => Math.max(found, AGES.indexOf(text(policy[key]) ?? "")), -1);
  const [toArchive, toIa] = [age("transitionToArchive"), age("transitionToIa")];
  if (toArchive >= 0 && toArchive <= toIa)
    throw refuse("The transition to Archive must come later than the one to IA.");
}

/** Source: https://docs.aws.amazon.com/efs/latest/ug/performance.html */
function refusePerformance({ inputs, place }: OperationContext): void {
  const [performance, throughput] = [text(inputs["performanceMode"]), text(inputs["throughputMode"])];
  const zone = text(inputs["availabilityZoneName"]);
  if (performance === "maxIO" && throughput === "elastic")
    throw new AwsError(CODE, "The Max I/O performance mode does not support Elastic throughput.", "performanceMode");
  if (performance === "maxIO" && zone !== undefined)
    throw new AwsError(CODE, "One Zone file systems do not support the Max I/O performance mode.", "performanceMode");
  const speed = inputs["provisionedThroughputInMibps"];
  if (throughput === "provisioned" && !given(speed))
    throw new AwsError(
      CODE,
      "ProvisionedThroughputInMibps must be set for provisioned.",
      "provisionedThroughputInMibps",
    );
  if (typeof speed === "number" && throughput === "provisioned" && (speed < 1 || speed > 3414))
    throw new AwsError(CODE, "ProvisionedThroughputInMibps must be from 1 to 3414.", "provisionedThroughputInMibps");
  if (zone !== undefined && !ordinaryZones(place.region).some((one) => one.name === zone))
    throw new AwsError("AvailabilityZonesMismatch", `Invalid Availability Zone '${zone}'.`, "availabilityZoneName");
}

function settle(context: OperationContext): Props {
  const { inputs, ids, place } = context;
  refusePerformance(context);
  refuseLifecycle(inputs);
  const zone = inputs["availabilityZoneName"];
  const zoneId = ordinaryZones(place.region).find(({ name }) => name === zone)?.id ?? "";
  const tags = inputs["tags"];
  return {
    ...filled(inputs, {
      availabilityZoneName: "",
      encrypted: false,
      // AWS's own key for EFS, where no other is named.
      kmsKeyId: isTrue(inputs["encrypted"]) ? arn(place, "kms", `key/${ids.uuid("aws/elasticfilesystem")}`) : "",
      lifecyclePolicies: [],
      performanceMode: "generalPurpose",
      protection: { replicationOverwrite: "ENABLED" },
      provisionedThroughputInMibps: 0,
      tags: {},
    }),
    availabilityZoneId: zone === UNKNOWN ? UNKNOWN : zoneId,
    name: tags === UNKNOWN ? UNKNOWN : isRecord(tags) ? (tags["Name"] ?? "") : "",
  };
}

const model: Model = {
  type: FILE_SYSTEM,
  autoName: { property: "creationToken", maxLength: 255 },
  defaults: { throughputMode: "bursting" },
  replaceOn: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("creationToken", 0, 64, CODE);
    found.length("availabilityZoneName", 1, 64, CODE);
    found.arn("kmsKeyId", CODE);
    found.oneOf("performanceMode", ["generalPurpose", "maxIO"], CODE);
    found.oneOf("throughputMode", ["bursting", "provisioned", "elastic"], CODE);
    found.within("protection")?.oneOf("replicationOverwrite", ["ENABLED", "DISABLED"], CODE);
    if (records(inputs["lifecyclePolicies"]).length > 3)
      found.refuse("lifecyclePolicies", CODE, "no more than 3 lifecycle policies are allowed");
    for (const policy of found.each("lifecyclePolicies")) {
      policy.oneOf("transitionToArchive", AGES, CODE);
      policy.oneOf("transitionToIa", AGES, CODE);
      policy.oneOf("transitionToPrimaryStorageClass", ["AFTER_1_ACCESS"], CODE);
    }
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    if (given(inputs["kmsKeyId"]) && !given(inputs["encrypted"] === false ? undefined : inputs["encrypted"]))
      throw new AwsError(CODE, "encrypted must be set to true when kms_key_id is specified", "encrypted");
    const token = text(inputs["creationToken"]);
    const message = `File system already exists with creation token '${token ?? ""}'`;
    refuseDuplicate(context, FILE_SYSTEM, token, "FileSystemAlreadyExists", message, "creationToken");
    const id = ids.ec2("fs");
    return {
      id,
      outputs: {
        ...settle(context),
        arn: arn(place, "elasticfilesystem", `file-system/${id}`),
        dnsName: dnsName(id, place),
        numberOfMountTargets: 0,
        ownerId: place.accountId,
        sizeInBytes: [{ value: EMPTY, valueInIa: 0, valueInStandard: EMPTY }],
      },
    };
  },

  // The key's id derives from the same generation, so it stays.
  update: settle,

  delete({ world }, old) {
    const targets = world.all(MOUNT_TARGET).filter((one) => text(property(one, "fileSystemId")) === old.id);
    if (targets.length > 0)
      throw new AwsError("FileSystemInUse", `File system '${old.id}' has mount targets and can't be deleted.`);
  },
};

export default model;
