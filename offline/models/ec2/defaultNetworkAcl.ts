import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { text } from "../values";
import { checkInlineEntries, makeInlineEntries } from "./entries";
import { checkSubnets, listOutputs } from "./networkAcl";
import { referred, vpcOf } from "./references";
import { checkTags } from "./tags";

function adopted(context: OperationContext): Props {
  const { inputs, place } = context;
  const acl = referred(context, "networkAcl", inputs["defaultNetworkAclId"]);
  const id = text(inputs["defaultNetworkAclId"]);
  makeInlineEntries(id ?? "", inputs);
  checkSubnets(context, id ?? "", vpcOf(acl));
  return {
    arn: id === undefined ? UNKNOWN : arn(place, "ec2", `network-acl/${id}`),
    ownerId: place.accountId,
    vpcId: vpcOf(acl) ?? UNKNOWN,
    ...listOutputs(inputs),
  };
}

/** Takes over a VPC's default ACL: AWS's allow-all entries go, those given here come. */
const model: Model = {
  type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  adopts: true,
  replaceOn: ["defaultNetworkAclId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkInlineEntries(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    return { id: text(context.inputs["defaultNetworkAclId"]) ?? UNKNOWN, outputs: adopted(context) };
  },

  update: adopted,
};

export default model;
