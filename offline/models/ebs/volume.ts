import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { ordinaryZones } from "../ec2/zones";
import { VOLUME_TYPES } from "../ec2/blockDevices";
import { beyondVolume } from "../ec2/volumeLimits";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { madeAt } from "../time";
import { given, integer, isTrue, text } from "../values";

const CODE = "InvalidParameterValue";
function refuse({ inputs, place }: OperationContext): void {
  const type = text(inputs["type"]) ?? (given(inputs["type"]) ? "" : "gp2");
  if (type !== "" && !VOLUME_TYPES.includes(type))
    throw new AwsError("UnknownVolumeType", `Unsupported volume type '${type}' for volume creation.`, "type");
  const snapshot = text(inputs["snapshotId"]);
  if (snapshot !== undefined && !/^snap-[0-9a-f]{8,17}$/.test(snapshot))
    throw new AwsError("InvalidSnapshotID.Malformed", `Invalid id: "${snapshot}" (expecting "snap-...")`, "snapshotId");
  const [size, iops, throughput] = [inputs["size"], inputs["iops"], inputs["throughput"]].map(integer);
  const excess = beyondVolume({ type, size, iops, throughput });
  if (excess !== undefined) throw new AwsError(CODE, excess.message, excess.about);
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
    found.between("throughput", 125, 2000);
    found.between("volumeInitializationRate", 100, 300);
    if (!given(inputs["snapshotId"]) && given(inputs["volumeInitializationRate"]))
      found.refuse(
        "volumeInitializationRate",
        CODE,
        "'volume_initialization_rate' must not be set unless 'snapshot_id' is set",
      );
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
