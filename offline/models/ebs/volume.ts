import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { ordinaryZones } from "../ec2/zones";
import { VOLUME_TYPES } from "../ec2/blockDevices";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { madeAt } from "../time";
import { given, integer, isTrue, text } from "../values";

const CODE = "InvalidParameterValue";
/** GiB and IOPS, lowest and highest. Source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const sizes: Record<string, readonly [number, number]> = {
  gp2: [1, 16384],
  gp3: [1, 65536],
  io1: [4, 16384],
  io2: [4, 65536],
  sc1: [125, 16384],
  st1: [125, 16384],
  standard: [1, 1024],
};
const rates: Record<string, readonly [number, number, number]> = {
  gp3: [3000, 80000, 500],
  io1: [100, 64000, 50],
  io2: [100, 256000, 1000],
};

function refuse({ inputs, place }: OperationContext): void {
  const type = text(inputs["type"]) ?? (given(inputs["type"]) ? "" : "gp2");
  const size = integer(inputs["size"]);
  const [least, most] = sizes[type] ?? [1, 65536];
  if (size !== undefined && size < least)
    throw new AwsError(
      CODE,
      `Volume of ${size}GiB is too small for volume type ${type}; minimum is ${least}GiB`,
      "size",
    );
  if (size !== undefined && size > most)
    throw new AwsError(
      CODE,
      `Volume of ${size}GiB is too large for volume type ${type}; maximum is ${most}GiB`,
      "size",
    );
  const iops = integer(inputs["iops"]);
  const rate = rates[type];
  if (iops !== undefined && rate !== undefined) {
    const [low, high, perGib] = rate;
    if (iops < low) throw new AwsError(CODE, `Volume iops of ${iops} is too low; minimum is ${low}.`, "iops");
    if (iops > high) throw new AwsError(CODE, `Volume iops of ${iops} is too high; maximum is ${high}.`, "iops");
    if (size !== undefined && iops > low && iops > size * perGib)
      throw new AwsError(
        CODE,
        `Iops to volume size ratio of ${(iops / size).toFixed(6)} is too high; maximum is ${perGib}`,
        "iops",
      );
  }
  const throughput = integer(inputs["throughput"]);
  if (throughput !== undefined && throughput > 0.25 * (iops ?? 3000))
    throw new AwsError(
      CODE,
      "Throughput (MiBps) to iops ratio is too high; maximum is 0.250000 MiBps per iops",
      "throughput",
    );
  if (given(inputs["kmsKeyId"]) && (!given(inputs["encrypted"]) || inputs["encrypted"] === false))
    throw new AwsError(
      "InvalidParameterDependency",
      "The parameter KmsKeyId requires the parameter Encrypted to be set.",
      "kmsKeyId",
    );
  const zone = text(inputs["availabilityZone"]);
  const zones = ordinaryZones(place.region).map((one) => one.name);
  if (zone !== undefined && zones.length > 0 && !zones.includes(zone) && !zone.startsWith(`${place.region}-`))
    throw new AwsError("InvalidZone.NotFound", `The zone '${zone}' does not exist.`, "availabilityZone");
}

/** What ModifyVolume refuses. */
function refuseShrinking({ inputs }: OperationContext, olds: Props): void {
  const [had, has] = [integer(olds["size"]), integer(inputs["size"])];
  if (had === undefined || has === undefined || has >= had) return;
  throw new AwsError(CODE, `New size cannot be smaller than existing size (${had} GiB)`, "size");
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  refuse(context);
  const type = text(inputs["type"]) ?? "gp2";
  const size = integer(inputs["size"]) ?? 0;
  return filled(inputs, {
    encrypted: false,
    finalSnapshot: false,
    iops: type === "gp3" ? 3000 : type === "gp2" ? Math.min(Math.max(100, size * 3), 16000) : 0,
    kmsKeyId: "",
    multiAttachEnabled: false,
    outpostArn: "",
    size: 0,
    snapshotId: "",
    tags: {},
    throughput: type === "gp3" ? 125 : 0,
    type: "gp2",
    volumeInitializationRate: 0,
  });
}

const model: Model = {
  type: "aws:ebs/volume:Volume",
  replaceOn: ["availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("type", VOLUME_TYPES);
    found.between("throughput", 125, 2000);
    found.arn("kmsKeyId", CODE);
    found.arn("outpostArn", CODE);
    found.atLeastOne(["size", "snapshotId"]);
    checkTags(found);
    const type = text(inputs["type"]) ?? (given(inputs["type"]) ? undefined : "gp2");
    if (type === undefined) return found.problems;
    const provisioned = ["io1", "io2", "gp3"].includes(type);
    if (integer(inputs["iops"]) !== undefined && integer(inputs["iops"]) !== 0 && !provisioned)
      found.refuse("iops", "InvalidParameterCombination", `'iops' must not be set when 'type' is '${type}'`);
    if (isTrue(inputs["multiAttachEnabled"]) && type !== "io1" && type !== "io2")
      found.refuse(
        "multiAttachEnabled",
        "InvalidParameterCombination",
        `'multi_attach_enabled' must not be set when 'type' is '${type}'`,
      );
    if ((type === "io1" || type === "io2") && !given(inputs["iops"]))
      found.refuse("iops", "MissingParameter", `'iops' must be set when 'type' is '${type}'`);
    if (integer(inputs["throughput"]) !== undefined && type !== "gp3")
      found.refuse(
        "throughput",
        "InvalidParameterCombination",
        `'throughput' must not be set when 'type' is '${type}'`,
      );
    return found.problems;
  },

  create(context) {
    const outputs = settle(context);
    const id = context.ids.ec2("vol");
    return {
      id,
      outputs: { ...outputs, arn: arn(context.place, "ec2", `volume/${id}`), createTime: madeAt(context.ids) },
    };
  },

  update(context, old) {
    refuseShrinking(context, old.outputs);
    return settle(context);
  },
};

export default model;
