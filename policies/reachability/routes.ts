import { type Block, parseBlock } from "./addresses";
import { exactly, intersect, type Estimate, perhaps, subtract, anything, union } from "./estimate";
import type { IntervalSet } from "./interval-set";
import { defaultVpcType, isExactly, isVpc, type Links, vpcTypes } from "./links";
import { prefixListBlocks, prefixListType } from "./prefix-lists";
import { propagatedRoutes } from "./propagated-routes";
import { field, given, hasDependencies, items, label, type Resource, UNKNOWN, type Value } from "./resources";
import { readTargets, type Target } from "./route-targets";
import { type Table, tablesOfLink, tableTypes } from "./route-tables";
import { Traffic } from "./traffic";
import { addressesOf, spaceOf, type Subnet, vpcAddresses } from "./vpcs";

export interface Route {
  /** Undefined: not known, it could be any. */
  readonly blocks: readonly Block[] | undefined;
  /** What it may lead to; more than one when that isn't known. */
  readonly targets: readonly Target[];
  /** Whether it is in the table for certain. */
  readonly certain: boolean;
  readonly unknowns: readonly string[];
  /** Of the blocks of a prefix list: "the static route with the CIDR block takes priority" over one (VPC guide, "Route priority and prefix lists"). */
  readonly byList?: true;
  /** Of one that a gateway propagates: the destinations that it may have. */
  readonly reach?: IntervalSet;
}

/** What a table does with some traffic. */
export interface Decision {
  readonly route: Route;
  readonly traffic: Estimate;
}

/** The routes of a table, without the local ones: `routes` of the table, `Route` resources, and what gateways propagate. */
export function routesOf(links: Links, table: Table): readonly Route[] {
  const { resource } = table;
  if (resource === undefined) return [];
  const standalone = links.ofTypes("aws:ec2/route:Route").flatMap((route): Route[] => {
    const link = links.follow(route, "routeTableId", ...tableTypes, ...vpcTypes);
    const candidates = tablesOfLink(links, link);
    if (!candidates.some((candidate) => candidate.resource === resource)) return [];
    return [readRoute(links, route, (key) => given(route, key), undefined, candidates.length === 1)];
  });
  const inline = inlineRoutes(links, resource);
  const fromProgram =
    (!isVpc(resource) && !hasDependencies(resource)) || resource.propertyDependencies.routes !== undefined;
  // What a refresh found in the table repeats the Route resources, and may be older than they are.
  const current = fromProgram
    ? inline
    : inline.filter((route) => !standalone.some((other) => sameBlocks(route, other)));
  const propagated = propagatedRoutes(links, table).map(({ target, reach, unknown }): Route => {
    return { blocks: undefined, targets: [target], certain: false, unknowns: [unknown], reach };
  });
  return [...merge([...standalone, ...current]), ...propagated];
}

/** Of a default VPC "a main route table that sends all traffic destined for the internet to the internet gateway" (VPC guide, "Default VPCs"). */
function madeWithDefaultVpc(links: Links, vpc: Resource): Route {
  const type = "aws:ec2/internetGateway:InternetGateway";
  const gateway = links.ofTypes(type).find((each) => isExactly(links.follow(each, "vpcId", ...vpcTypes), vpc));
  const name = gateway === undefined ? `the internet gateway of default VPC ${label(vpc)}` : label(gateway);
  const target: Target = { kind: "internetGateway", label: name, resource: gateway };
  const block = parseBlock("0.0.0.0/0");
  return { blocks: block === undefined ? [] : [block], targets: [target], certain: true, unknowns: [] };
}

function inlineRoutes(links: Links, table: Resource): readonly Route[] {
  if (isVpc(table)) return table.type === defaultVpcType ? [madeWithDefaultVpc(links, table)] : [];
  const list = items(given(table, "routes"));
  if (list !== UNKNOWN) return list.map((item) => readRoute(links, table, (key) => field(item, key), "routes", true));
  return [
    {
      blocks: undefined,
      targets: readTargets(links, table, () => UNKNOWN, "routes"),
      certain: false,
      unknowns: [`the routes of route table ${label(table)}`],
    },
  ];
}

const destinations = ["destinationCidrBlock", "cidrBlock", "destinationIpv6CidrBlock", "ipv6CidrBlock"] as const;

function readRoute(
  links: Links,
  owner: Resource,
  read: (key: string) => Value,
  list: string | undefined,
  certain: boolean,
): Route {
  const targets = readTargets(links, owner, read, list);
  const unknowns = certain ? [] : [`which route table ${label(owner)} belongs to`];
  const values = destinations.map(read).filter((value) => value !== undefined);
  const texts = values.filter((value): value is string => typeof value === "string");
  const known = texts.map(parseBlock).filter((block): block is Block => block !== undefined);
  if (known.length > 0 && known.length === values.length) return { blocks: known, targets, certain, unknowns };
  const prefixList = read("destinationPrefixListId");
  const link = links.resolve(owner, list ?? "destinationPrefixListId", prefixList, prefixListType);
  const blocks = values.length === 0 ? prefixListBlocks(links, link) : undefined;
  if (blocks !== undefined) return { blocks, targets, certain, unknowns, byList: true };
  return {
    blocks: undefined,
    targets,
    certain,
    unknowns: [...unknowns, `the destination of a route in ${label(owner)}`],
  };
}

function sameBlocks(a: Route, b: Route): boolean {
  return a.blocks !== undefined && a.blocks.map(({ text }) => text).join() === b.blocks?.map(({ text }) => text).join();
}

/** AWS keeps one route a destination: two spellings of one are one, with either target. A prefix list is a destination of its own. */
function merge(routes: readonly Route[]): readonly Route[] {
  const merged: Route[] = [];
  for (const route of routes) {
    const at = merged.findIndex(
      (other) => other.certain === route.certain && other.byList === route.byList && sameBlocks(other, route),
    );
    const other = merged[at];
    if (other === undefined) merged.push(route);
    else {
      const more = route.targets.filter(({ kind, label: text }) =>
        other.targets.every((target) => target.kind !== kind || target.label !== text),
      );
      merged[at] = { ...other, targets: [...other.targets, ...more] };
    }
  }
  return merged;
}

interface Fixed {
  readonly block: Block;
  readonly route: Route;
  readonly isLocal: boolean;
}

/**
 * Longest prefix first; what no route matches is dropped. Of one destination, a route of the table's own goes before the local one, which it
 * replaces, and that before a prefix list's.
 */
export function decide(links: Links, subnet: Subnet, routes: readonly Route[]): readonly Decision[] {
  const { blocks, possible } = spaceOf(links, subnet.vpc);
  const local: Target = { kind: "local", label: "local", resource: undefined };
  const rank = ({ route, isLocal }: Fixed) => (isLocal ? 1 : route.byList === true ? 2 : 0);
  const fixed = [
    ...blocks.map((block): Fixed => {
      return { block, route: { blocks: [block], targets: [local], certain: true, unknowns: [] }, isLocal: true };
    }),
    ...routes.flatMap((route) =>
      route.certain ? (route.blocks ?? []).map((block): Fixed => ({ block, route, isLocal: false })) : [],
    ),
  ].sort((a, b) => b.block.prefix - a.block.prefix || rank(a) - rank(b));
  const kept = keptFromPropagated(links, fixed);
  const floating: Decision[] = routes
    .filter((route) => !route.certain || route.blocks === undefined)
    .map((route) => ({ route, traffic: perhaps(reachOf(route, kept), ...route.unknowns) }));
  if (!possible.isEmpty) {
    const space = perhaps(exactly(Traffic.where({ destination: possible })), "the blocks of the VPC");
    floating.push({ route: { blocks: undefined, targets: [local], certain: false, unknowns: [] }, traffic: space });
  }
  // A gateway endpoint's list holds one service's addresses: it takes nothing from other routes that would matter.
  const capturing = floating.filter(({ route }) => route.targets.some(({ kind }) => kind !== "gatewayEndpoint"));
  const uncertain = union(...capturing.map(({ traffic }) => traffic));
  let remaining = anything;
  const decisions = fixed.map(({ block, route }): Decision => {
    const match = exactly(Traffic.where({ destination: block.addresses }));
    const traffic = subtract(intersect(remaining, match), uncertain);
    remaining = subtract(remaining, match);
    return { route, traffic };
  });
  return [...decisions, ...floating];
}

/**
 * What propagated routes don't take from others: "the local route is always preferred, even if the propagated route is more specific" (VPC guide,
 * "How route priority works"); and of the network's own VPCs another network announces no parts, where a route that is no default leads there.
 */
function keptFromPropagated(links: Links, fixed: readonly Fixed[]): IntervalSet {
  const of = (members: readonly Fixed[]) => addressesOf(members.map(({ block }) => block));
  const routed = of(fixed.filter(({ block }) => block.prefix > 0)).intersect(vpcAddresses(links));
  return of(fixed.filter(({ isLocal }) => isLocal)).union(routed);
}

function reachOf({ blocks, reach }: Route, kept: IntervalSet): Estimate {
  if (reach !== undefined) return exactly(Traffic.where({ destination: reach.subtract(kept) }));
  return blocks === undefined ? anything : exactly(Traffic.where({ destination: addressesOf(blocks) }));
}
