import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { whenKnown } from "../filled";
import { Findings } from "../findings";
import { property, text } from "../values";

const model: Model = {
  type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  replaceOn: ["availabilityZone", "port", "targetGroupArn", "targetId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.between("port", 1, 65535, "ValidationError");
    found.arn("targetGroupArn", "ValidationError");
    return found.problems;
  },

  create({ inputs, world, ids }) {
    const arn = text(inputs["targetGroupArn"]);
    const group = arn === undefined ? undefined : world.find("aws:lb/targetGroup:TargetGroup", arn);
    if (arn !== undefined && group === undefined)
      throw new AwsError("TargetGroupNotFound", `Target groups '${arn}' not found`);
    const target = text(inputs["targetId"]);
    const byInstance = group !== undefined && (text(property(group, "targetType")) ?? "instance") === "instance";
    if (byInstance && target !== undefined && world.find("aws:ec2/instance:Instance", target) === undefined)
      throw new AwsError(
        "InvalidTarget",
        `The following targets are not in a running state or don't exist: '${target}'`,
      );
    const id = whenKnown(
      inputs["targetGroupArn"],
      (known) => `${known}-2026${String(ids.integer(0, 4e9)).padStart(22, "0")}`,
    );
    return { id: id === UNKNOWN || typeof id !== "string" ? "" : id, outputs: {} };
  },
};

export default model;
