import type { Model, OperationContext } from "../../model";
import { referred, sameNetwork, vpcOf } from "./references";

/** An ACL takes a subnet over from the one it had: nothing conflicts, only the networks must agree. */
function checkNetworks(context: OperationContext): void {
  const acl = referred(context, "networkAcl", context.inputs["networkAclId"]);
  const subnet = referred(context, "subnet", context.inputs["subnetId"]);
  sameNetwork(
    vpcOf(acl),
    vpcOf(subnet),
    `networkAcl ${acl?.id ?? ""} and subnet ${subnet?.id ?? ""} belong to different networks`,
  );
}

const model: Model = {
  type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  replaceOn: ["networkAclId", "subnetId"],

  create(context) {
    checkNetworks(context);
    return { id: context.ids.ec2("aclassoc"), outputs: {} };
  },
};

export default model;
