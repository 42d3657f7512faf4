/** Routes of a table, however they were declared, and what AWS says to a new one. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import type { Thing, World } from "../../world";
import { property, records, text, texts } from "../values";
import { vpcOfGateway } from "./attachments";
import { vpcBlocks } from "./blocks";
import { canonicalCidr, contains, parseBlock } from "./cidr";
import { lookUp, referred, sameNetwork, vpcOf } from "./references";
import { prefixListOf } from "./services";

/** Targets a route may have, in the order of the Terraform provider's schema. */
export const targets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
] as const;

/** A destination's key: IPv4 or IPv6 block in one spelling, or a prefix list's id. */
export function destinationOf(route: Props): string | undefined {
  const cidr = text(route["destinationCidrBlock"]) ?? text(route["cidrBlock"]);
  const cidr6 = text(route["destinationIpv6CidrBlock"]) ?? text(route["ipv6CidrBlock"]);
  const block = cidr ?? cidr6;
  return block === undefined ? text(route["destinationPrefixListId"]) : canonicalCidr(block);
}

/** A table's inline routes: those of the resource that adopted it, else its own. */
function inlineRoutes(world: World, tableId: string): Props[] {
  const table =
    world.find("aws:ec2/defaultRouteTable:DefaultRouteTable", tableId) ?? lookUp(world, "routeTable", tableId);
  return table === undefined ? [] : records(property(table, "routes"));
}

/** Destinations of a table, the local ones aside: inline, `Route` resources, gateway endpoints. */
export function destinationsIn(world: World, tableId: string): string[] {
  const separate = world
    .all("aws:ec2/route:Route")
    .filter((route) => text(property(route, "routeTableId")) === tableId)
    .map((route) => ({ ...route.inputs, ...route.outputs }));
  const routed = [...inlineRoutes(world, tableId), ...separate].flatMap((route) => destinationOf(route) ?? []);
  return [...routed, ...endpointDestinations(world, tableId)];
}

function endpointDestinations(world: World, tableId: string): string[] {
  const associated = world
    .all("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation")
    .filter((one) => text(property(one, "routeTableId")) === tableId)
    .flatMap((one) => text(property(one, "vpcEndpointId")) ?? []);
  return world
    .all("aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter(
      (endpoint) => associated.includes(endpoint.id) || texts(property(endpoint, "routeTableIds")).includes(tableId),
    )
    .flatMap(
      (endpoint) =>
        text(property(endpoint, "prefixListId")) ?? prefixListOf(text(property(endpoint, "serviceName")) ?? "") ?? [],
    );
}

/** Throws what AWS answers when a route's target isn't of the table's network, or its destination is the VPC's own. */
export function checkRoute(context: OperationContext, table: Thing | undefined, route: Props): void {
  const vpcId = vpcOf(table);
  checkGateway(context, table, route["gatewayId"]);
  const nat = referred(context, "natGateway", route["natGatewayId"]);
  const tableName = table?.id ?? "";
  sameNetwork(
    vpcId,
    vpcOf(nat),
    `route table ${tableName} and NAT gateway ${nat?.id ?? ""} belong to different networks`,
  );
  const endpoint = referred(context, "endpoint", route["vpcEndpointId"]);
  sameNetwork(
    vpcId,
    vpcOf(endpoint),
    `route table ${tableName} and VPC endpoint ${endpoint?.id ?? ""} belong to different networks`,
  );
  checkPeering(context, table, route["vpcPeeringConnectionId"]);
  checkOwnBlock(context, vpcId, route);
}

function checkGateway(context: OperationContext, table: Thing | undefined, gatewayId: unknown): void {
  const id = text(gatewayId);
  if (id === undefined || !id.startsWith("igw-")) return;
  const gateway = lookUp(context.world, "internetGateway", id);
  if (gateway === undefined)
    throw new AwsError("InvalidGatewayID.NotFound", `The gateway ID '${id}' does not exist`, "gatewayId");
  const vpcId = vpcOf(table);
  const attached = vpcOfGateway(context.world, gateway);
  if (vpcId === undefined || attached === "unknown" || attached === vpcId) return;
  // An attachment of its own may come later in a preview: only an up knows that there is none.
  if (attached === undefined && context.preview) return;
  throw new AwsError(
    "InvalidParameterValue",
    `route table ${table?.id ?? ""} and network gateway ${id} belong to different networks`,
    "gatewayId",
  );
}

function checkPeering(context: OperationContext, table: Thing | undefined, peeringId: unknown): void {
  const peering = referred(context, "peering", peeringId);
  const vpcId = vpcOf(table);
  if (peering === undefined || vpcId === undefined) return;
  const ends = [property(peering, "vpcId"), property(peering, "peerVpcId")];
  if (ends.some((end) => text(end) === undefined || end === vpcId)) return;
  throw new AwsError(
    "InvalidParameterValue",
    `route table ${table?.id ?? ""} and VPC peering connection ${peering.id} belong to different networks`,
  );
}

function checkOwnBlock({ world }: OperationContext, vpcId: string | undefined, route: Props): void {
  const destination = destinationOf(route) ?? "";
  const block = parseBlock(destination);
  const vpc = lookUp(world, "vpc", vpcId);
  const viaEdge = ["gatewayId", "vpcPeeringConnectionId", "transitGatewayId", "egressOnlyGatewayId"].some(
    (name) => text(route[name]) !== undefined,
  );
  if (block === undefined || vpc === undefined || !viaEdge || text(route["gatewayId"]) === "local") return;
  if (vpcBlocks(world, vpc)?.some((own) => contains(own, block)) !== true) return;
  throw new AwsError(
    "InvalidParameterValue",
    `The destination CIDR block ${destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
  );
}
