import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { orElse, text } from "../values";
import { checkInlineRoutes, makeInlineRoutes, routeOutputs } from "./inlineRoutes";
import { referred, vpcOf } from "./references";
import { checkTags } from "./tags";

function adopted(context: OperationContext): Props {
  const { inputs, place } = context;
  const table = referred(context, "routeTable", inputs["defaultRouteTableId"]);
  makeInlineRoutes(context, table);
  const id = text(inputs["defaultRouteTableId"]);
  return {
    arn: id === undefined ? UNKNOWN : arn(place, "ec2", `route-table/${id}`),
    ownerId: place.accountId,
    propagatingVgws: orElse(inputs["propagatingVgws"], []),
    routes: routeOutputs(inputs),
    vpcId: vpcOf(table) ?? UNKNOWN,
  };
}

/** Takes over a VPC's main route table: the routes are then exactly those given here. */
const model: Model = {
  type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  adopts: true,
  replaceOn: ["defaultRouteTableId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkInlineRoutes(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    return { id: text(context.inputs["defaultRouteTableId"]) ?? UNKNOWN, outputs: adopted(context) };
  },

  update: adopted,
};

export default model;
