/** The `routes` list of a route table. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import type { Findings } from "../findings";
import { given, orElse, records, text } from "../values";
import { vpcBlocks } from "./blocks";
import { formatBlock, ipv4Problem, ipv6Problem } from "./cidr";
import { withinQuota } from "./quota";
import { lookUp, vpcOf } from "./references";
import { checkRoute, destinationOf, targets } from "./routes";

const destinations = ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"] as const;

export function checkInlineRoutes(found: Findings): void {
  records(found.inputs["routes"]).forEach((route, index) => {
    const nested = found.at(`routes[${index}]`, route);
    const ipv4 = text(route["cidrBlock"]);
    const problem = ipv4 === undefined ? undefined : ipv4Problem(ipv4);
    if (problem !== undefined) nested.refuse("cidrBlock", "InvalidParameterValue", problem);
    const ipv6 = text(route["ipv6CidrBlock"]);
    const problem6 = ipv6 === undefined ? undefined : ipv6Problem(ipv6);
    if (problem6 !== undefined) nested.refuse("ipv6CidrBlock", "InvalidParameterValue", problem6);
  });
}

function needOne(route: Props, names: readonly string[]): void {
  if (names.some((name) => given(route[name]) && route[name] !== "")) return;
  throw new AwsError("ProviderCreate", `creating route: one of ${names.join(", ")} must be specified`, "routes");
}

/** Throws what the provider and AWS answer when it makes the inline routes one by one. */
export function makeInlineRoutes(context: OperationContext, table: Thing | undefined): void {
  const seen = new Set<string>();
  const routes = records(context.inputs["routes"]);
  withinQuota("routesPerTable", routes.length);
  for (const route of routes) {
    needOne(route, destinations);
    needOne(route, targets);
    const destination = destinationOf(route);
    if (text(route["gatewayId"]) === "local") {
      adoptLocal(context, table, destination);
      continue;
    }
    if (destination !== undefined && seen.has(destination)) {
      throw new AwsError("RouteAlreadyExists", `The route identified by ${destination} already exists.`, "routes");
    }
    if (destination !== undefined) seen.add(destination);
    checkRoute(context, table, route);
  }
}

function adoptLocal({ world }: OperationContext, table: Thing | undefined, destination: string | undefined): void {
  const vpc = lookUp(world, "vpc", vpcOf(table));
  const blocks = vpc === undefined ? undefined : vpcBlocks(world, vpc);
  if (blocks === undefined || destination === undefined || destination.includes(":")) return;
  if (blocks.some((block) => formatBlock(block) === destination)) return;
  throw new AwsError(
    "ProviderCreate",
    `local route cannot be created but must exist to be adopted, local ${destination} does not exist`,
    "routes",
  );
}

/** The list as the provider reads it back: every field present, unset ones empty. */
export function routeOutputs(inputs: Props): unknown {
  if (inputs["routes"] === UNKNOWN) return UNKNOWN;
  return records(inputs["routes"]).map((route) => {
    const names = [...destinations, ...targets];
    return Object.fromEntries(names.map((name) => [name, orElse(route[name], "")]));
  });
}
