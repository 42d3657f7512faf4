import { arn } from "../../arn";
import type { Model } from "../../model";
import type { Thing, World } from "../../world";
import { Findings } from "../findings";
import { orElse, property, text } from "../values";
import { refuseWhileUsed } from "./dependents";
import { checkInlineRoutes, makeInlineRoutes, routeOutputs } from "./inlineRoutes";
import { withinQuota } from "./quota";
import { lookUp, referred } from "./references";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/routeTable:RouteTable";

const associations = [
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
];

function associated(world: World, tableId: string): Thing[] {
  return associations
    .flatMap((type) => world.all(type))
    .filter((one) => text(property(one, "routeTableId")) === tableId);
}

const model: Model = {
  type: TYPE,
  replaceOn: ["vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkInlineRoutes(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world, urn } = context;
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    if (vpc !== undefined) {
      const tables = world.all(TYPE).filter((table) => property(table, "vpcId") === vpc.id);
      withinQuota("routeTablesPerVpc", tables.filter((table) => table.companion !== true).length + 1);
    }
    const id = ids.ec2("rtb");
    makeInlineRoutes(context, { type: TYPE, id, urn, place, inputs, outputs: {} });
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `route-table/${id}`),
        ownerId: place.accountId,
        propagatingVgws: orElse(inputs["propagatingVgws"], []),
        routes: routeOutputs(inputs),
      },
    };
  },

  update(context, old) {
    makeInlineRoutes(context, lookUp(context.world, "routeTable", old.id));
    return { propagatingVgws: orElse(context.inputs["propagatingVgws"], []), routes: routeOutputs(context.inputs) };
  },

  delete({ world }, old) {
    refuseWhileUsed(`routeTable '${old.id}'`, associated(world, old.id));
  },
};

export default model;
