import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { orElse, property, text, texts } from "../values";
import { NETWORK_ACL } from "./companions";
import { checkInlineEntries, entryOutputs, makeInlineEntries } from "./entries";
import { withinQuota } from "./quota";
import { referred, sameNetwork, vpcOf } from "./references";
import { checkTags } from "./tags";

/** Throws when a subnet isn't there or isn't of the ACL's VPC. */
export function checkSubnets(context: OperationContext, aclId: string, vpcId: string | undefined): void {
  for (const id of texts(context.inputs["subnetIds"])) {
    const subnet = referred(context, "subnet", id);
    sameNetwork(vpcId, vpcOf(subnet), `networkAcl ${aclId} and subnet ${id} belong to different networks`);
  }
}

export function listOutputs(inputs: Props): Props {
  return {
    egress: entryOutputs(inputs["egress"]),
    ingress: entryOutputs(inputs["ingress"]),
    subnetIds: orElse(inputs["subnetIds"], []),
  };
}

const model: Model = {
  type: NETWORK_ACL,
  replaceOn: ["vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkInlineEntries(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    const id = ids.ec2("acl");
    if (vpc !== undefined) {
      withinQuota("aclsPerVpc", world.all(NETWORK_ACL).filter((acl) => property(acl, "vpcId") === vpc.id).length + 1);
    }
    makeInlineEntries(id, inputs);
    checkSubnets(context, id, vpc?.id);
    return {
      id,
      outputs: { arn: arn(place, "ec2", `network-acl/${id}`), ownerId: place.accountId, ...listOutputs(inputs) },
    };
  },

  update(context, old) {
    makeInlineEntries(old.id, context.inputs);
    checkSubnets(context, old.id, text(old.outputs["vpcId"]));
    return listOutputs(context.inputs);
  },
};

export default model;
