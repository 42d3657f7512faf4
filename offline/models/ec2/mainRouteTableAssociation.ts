import type { Model, OperationContext } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { property } from "../values";
import { referred, sameNetwork, vpcOf } from "./references";

/** The VPC, whose main table is replaced; throws when the table is of another one. */
function network(context: OperationContext): Thing | undefined {
  const vpc = referred(context, "vpc", context.inputs["vpcId"]);
  const table = referred(context, "routeTable", context.inputs["routeTableId"]);
  sameNetwork(
    vpc?.id,
    vpcOf(table),
    `route table ${table?.id ?? ""} and network ${vpc?.id ?? ""} belong to different networks`,
  );
  return vpc;
}

const model: Model = {
  type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  replaceOn: ["vpcId"],

  create(context) {
    const vpc = network(context);
    const original = vpc === undefined ? UNKNOWN : property(vpc, "mainRouteTableId");
    return { id: context.ids.ec2("rtbassoc"), outputs: { originalRouteTableId: original } };
  },

  update(context) {
    network(context);
    return {};
  },
};

export default model;
