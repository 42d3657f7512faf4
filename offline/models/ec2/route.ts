import { crc32 } from "node:zlib";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { given, orElse, property, text } from "../values";
import { ipv4Problem, ipv6Problem } from "./cidr";
import { withinQuota } from "./quota";
import { lookUp, referred } from "./references";
import { checkRoute, destinationOf, destinationsIn, targets } from "./routes";

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

/** All targets, unset ones empty: a changed target must not leave the old one behind. */
function targetOutputs({ inputs, world }: OperationContext): Props {
  const chosen = Object.fromEntries(targets.map((name) => [name, orElse(inputs[name], "")]));
  const nic = world.find("aws:ec2/networkInterface:NetworkInterface", text(inputs["networkInterfaceId"]) ?? "");
  const instance = nic === undefined ? undefined : text(property(nic, "instanceId"));
  const peering = lookUp(world, "peering", inputs["vpcPeeringConnectionId"]);
  const pending = peering !== undefined && text(property(peering, "acceptStatus")) !== "active";
  return { ...chosen, instanceId: instance ?? "", instanceOwnerId: "", state: pending ? "blackhole" : "active" };
}

function refuseLocal(inputs: Props): void {
  if (text(inputs["gatewayId"]) !== "local") return;
  throw new AwsError(
    "ProviderCreate",
    "cannot create local Route, use `pulumi import` to manage existing local Routes",
    "gatewayId",
  );
}

const model: Model = {
  type: "aws:ec2/route:Route",
  replaceOn: ["routeTableId", ...destinations],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(destinations);
    found.exactlyOne(targets);
    found.conflict("carrierGatewayId", ["destinationIpv6CidrBlock"]);
    found.conflict("egressOnlyGatewayId", ["destinationCidrBlock"]);
    found.conflict("vpcEndpointId", ["destinationPrefixListId"]);
    const ipv4 = text(inputs["destinationCidrBlock"]);
    const problem = ipv4 === undefined ? undefined : ipv4Problem(ipv4);
    if (problem !== undefined) found.refuse("destinationCidrBlock", "InvalidParameterValue", problem);
    const ipv6 = text(inputs["destinationIpv6CidrBlock"]);
    const problem6 = ipv6 === undefined ? undefined : ipv6Problem(ipv6);
    if (problem6 !== undefined) found.refuse("destinationIpv6CidrBlock", "InvalidParameterValue", problem6);
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const table = referred(context, "routeTable", inputs["routeTableId"]);
    refuseLocal(inputs);
    const destination = destinationOf(inputs);
    if (table !== undefined && destination !== undefined) {
      const present = destinationsIn(world, table.id);
      if (present.includes(destination)) {
        throw new AwsError(
          "RouteAlreadyExists",
          `Route in Route Table (${table.id}) with destination (${destination}) already exists`,
        );
      }
      withinQuota("routesPerTable", present.length + 1);
    }
    checkRoute(context, table, inputs);
    const spelled = destinations.map((name) => inputs[name]).find((value) => given(value) && value !== "");
    const tableId = text(inputs["routeTableId"]);
    const known = typeof spelled === "string" && spelled !== UNKNOWN && tableId !== undefined;
    return {
      id: known ? `r-${tableId}${crc32(spelled)}` : UNKNOWN,
      outputs: {
        ...Object.fromEntries(destinations.map((name) => [name, orElse(inputs[name], "")])),
        ...targetOutputs(context),
        origin: "CreateRoute",
      },
    };
  },

  update(context) {
    refuseLocal(context.inputs);
    checkRoute(context, lookUp(context.world, "routeTable", context.inputs["routeTableId"]), context.inputs);
    return targetOutputs(context);
  },
};

export default model;
