import { crc32 } from "node:zlib";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { property, text } from "../values";
import { referred, sameNetwork, vpcOf } from "./references";
import { destinationsIn } from "./routes";

/** A route to a gateway endpoint in one more table. */
const model: Model = {
  type: "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  replaceOn: ["routeTableId", "vpcEndpointId"],

  create(context) {
    const { inputs, world } = context;
    const endpoint = referred(context, "endpoint", inputs["vpcEndpointId"]);
    const table = referred(context, "routeTable", inputs["routeTableId"]);
    if (endpoint === undefined || table === undefined) return { id: UNKNOWN, outputs: {} };
    sameNetwork(
      vpcOf(table),
      vpcOf(endpoint),
      `route table ${table.id} and VPC endpoint ${endpoint.id} belong to different networks`,
    );
    const list = text(property(endpoint, "prefixListId"));
    if (list !== undefined && destinationsIn(world, table.id).includes(list)) {
      throw new AwsError(
        "RouteAlreadyExists",
        `route table ${table.id} already has a route with destination-prefix-list-id ${list}`,
      );
    }
    return { id: `a-${endpoint.id}${crc32(table.id)}`, outputs: {} };
  },
};

export default model;
