import { isIP } from "node:net";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { parseAddress, parseBlock } from "../ec2/cidr";
import { lookUp } from "../ec2/references";
import { whenKnown } from "../filled";
import { Findings } from "../findings";
import { property, text } from "../values";

/** Ranges of which targets may be. Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type */
function isPrivate(address: string): boolean {
  const [first = 0, second = 0] = address.split(".").map(Number);
  if (first === 10 || (first === 192 && second === 168)) return true;
  return (first === 172 && second >= 16 && second < 32) || (first === 100 && second >= 64 && second < 128);
}

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
    const byAddress = group !== undefined && text(property(group, "targetType")) === "ip";
    const vpc = byAddress ? lookUp(world, "vpc", text(property(group, "vpcId")) ?? "") : undefined;
    const block = vpc === undefined ? undefined : parseBlock(text(property(vpc, "cidrBlock")) ?? "");
    const inside = (address: number | undefined): boolean =>
      block !== undefined && address !== undefined && address >= block.first && address < block.first + block.size;
    if (
      byAddress &&
      target !== undefined &&
      (isIP(target) === 0 || (isIP(target) === 4 && !isPrivate(target) && !inside(parseAddress(target))))
    )
      throw new AwsError(
        "InvalidTarget",
        `The IP address '${target}' is not valid: neither of the VPC nor of a private range`,
        "targetId",
      );
    const id = whenKnown(
      inputs["targetGroupArn"],
      (known) => `${known}-2026${String(ids.integer(0, 4e9)).padStart(22, "0")}`,
    );
    return { id: id === UNKNOWN || typeof id !== "string" ? "" : id, outputs: {} };
  },
};

export default model;
