import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { text } from "../values";
import { ATTACHMENT, refuseDetachInUse, refuseSecondAttachment } from "./attachments";
import { referred } from "./references";

const model: Model = {
  type: ATTACHMENT,
  replaceOn: ["internetGatewayId", "vpcId"],

  create(context) {
    const gateway = referred(context, "internetGateway", context.inputs["internetGatewayId"]);
    const vpc = referred(context, "vpc", context.inputs["vpcId"]);
    if (gateway === undefined || vpc === undefined) return { id: UNKNOWN, outputs: {} };
    refuseSecondAttachment(context.world, gateway.id, vpc.id);
    return { id: `${gateway.id}:${vpc.id}`, outputs: {} };
  },

  delete({ world }, old) {
    const vpcId = text(old.outputs["vpcId"]);
    if (vpcId !== undefined) refuseDetachInUse(world, vpcId);
  },
};

export default model;
