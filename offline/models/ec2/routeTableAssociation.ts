import { AwsError } from "../../aws-error";
import type { Model, OperationContext } from "../../model";
import { Findings } from "../findings";
import { orElse, property } from "../values";
import { vpcOfGateway } from "./attachments";
import { referred, sameNetwork, vpcOf } from "./references";

const TYPE = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ends = ["subnetId", "gatewayId"] as const;

function checkNetworks(context: OperationContext): void {
  const { inputs, world } = context;
  const table = referred(context, "routeTable", inputs["routeTableId"]);
  const subnet = referred(context, "subnet", inputs["subnetId"]);
  const names = `route table ${table?.id ?? ""} and`;
  sameNetwork(vpcOf(table), vpcOf(subnet), `${names} subnet ${subnet?.id ?? ""} belong to different networks`);
  if (String(inputs["gatewayId"]).startsWith("igw-")) {
    const gateway = referred(context, "internetGateway", inputs["gatewayId"]);
    const attached = gateway === undefined ? undefined : vpcOfGateway(world, gateway);
    if (attached !== "unknown")
      sameNetwork(vpcOf(table), attached, `${names} network gateway ${gateway?.id ?? ""} belong to different networks`);
  }
  for (const end of ends) {
    const value = inputs[end];
    if (typeof value !== "string" || value === "") continue;
    const other = world.all(TYPE).find((one) => property(one, end) === value);
    if (other === undefined) continue;
    throw new AwsError(
      "Resource.AlreadyAssociated",
      `the specified association for route table ${table?.id ?? ""} conflicts with an existing association (${other.id})`,
      end,
    );
  }
}

const model: Model = {
  type: TYPE,
  replaceOn: ["gatewayId", "subnetId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(ends);
    return found.problems;
  },

  create(context) {
    checkNetworks(context);
    const { inputs, ids } = context;
    return {
      id: ids.ec2("rtbassoc"),
      outputs: { gatewayId: orElse(inputs["gatewayId"], ""), subnetId: orElse(inputs["subnetId"], "") },
    };
  },

  update(context) {
    checkNetworks(context);
    return {};
  },
};

export default model;
