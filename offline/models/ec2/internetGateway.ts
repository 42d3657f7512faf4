import { arn } from "../../arn";
import type { Model, OperationContext } from "../../model";
import { Findings } from "../findings";
import { orElse, text } from "../values";
import { GATEWAY, refuseDetachInUse, refuseSecondAttachment } from "./attachments";
import { withinQuota } from "./quota";
import { referred } from "./references";
import { checkTags } from "./tags";

function attach(context: OperationContext, id: string): void {
  const vpc = referred(context, "vpc", context.inputs["vpcId"]);
  if (vpc !== undefined) refuseSecondAttachment(context.world, id, vpc.id);
}

const model: Model = {
  type: GATEWAY,
  replaceOn: [],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    const id = ids.ec2("igw");
    withinQuota("internetGatewaysPerRegion", world.all(GATEWAY).length + 1);
    attach(context, id);
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `internet-gateway/${id}`),
        ownerId: place.accountId,
        vpcId: orElse(inputs["vpcId"], ""),
      },
    };
  },

  update(context, old) {
    const before = text(old.outputs["vpcId"]);
    const after = text(context.inputs["vpcId"]);
    if (after === before) return {};
    if (before !== undefined) refuseDetachInUse(context.world, before);
    attach(context, old.id);
    return { vpcId: orElse(context.inputs["vpcId"], "") };
  },

  delete({ world }, old) {
    const vpcId = text(old.outputs["vpcId"]);
    if (vpcId !== undefined) refuseDetachInUse(world, vpcId);
  },
};

export default model;
