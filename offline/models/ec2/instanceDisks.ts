import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { given, integer, isRecord, records, text } from "../values";
import { beyondVolume } from "./volumeLimits";

const COMBINATION = "InvalidParameterCombination";
/** Source: https://docs.aws.amazon.com/ebs/latest/userguide/hdd-vols.html */
const NEVER_BOOTED = ["sc1", "st1"];

/** Throws what EC2 refuses about the disks that an instance is launched with. */
export function refuseDisks(inputs: Props): void {
  const disks = records(inputs["ebsBlockDevices"]);
  const names = disks.flatMap((disk) => text(disk["deviceName"]) ?? []);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `The device '${twice}' is used in more than one block-device mapping`,
      "ebsBlockDevices",
    );
  for (const disk of disks) refuseDisk(disk, "ebs_block_device");
  const root = inputs["rootBlockDevice"];
  if (!isRecord(root)) return;
  refuseDisk(root, "root_block_device");
  const type = text(root["volumeType"]) ?? "";
  if (NEVER_BOOTED.includes(type))
    throw new AwsError("InvalidBlockDeviceMapping", `A volume of type ${type} can't be a root volume.`);
}

function refuseDisk(disk: Props, what: string): void {
  if (given(disk["kmsKeyId"]) && disk["encrypted"] === false)
    throw new AwsError(
      "InvalidParameterDependency",
      "The parameter KmsKeyId requires the parameter Encrypted to be set.",
      "kmsKeyId",
    );
  const type = text(disk["volumeType"]);
  if (type === undefined) return;
  const refuse = (name: string): AwsError =>
    new AwsError(
      COMBINATION,
      `creating resource: ${name} attribute not supported for ${what} with volume_type ${type}`,
    );
  if (given(disk["throughput"]) && type !== "gp3") throw refuse("throughput");
  if (given(disk["iops"]) && !["io1", "io2", "gp3"].includes(type)) throw refuse("iops");
  if (!given(disk["iops"]) && (type === "io1" || type === "io2"))
    throw new AwsError("MissingParameter", `The parameter iops must be specified for ${type} volumes.`, "iops");
  const [size, iops, throughput] = [disk["volumeSize"], disk["iops"], disk["throughput"]].map(integer);
  const excess = beyondVolume({ type, size, iops, throughput });
  if (excess !== undefined) throw new AwsError("InvalidParameterValue", excess.message, excess.about);
}
