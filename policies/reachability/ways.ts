import {
  egressOnlyTakes,
  internetGatewayTakesFromAll,
  internetGatewayTakesFromPublic,
  natTakes,
  notTheInternet,
} from "./axioms";
import type { Certainty } from "./certainty";
import { type Estimate, anything, exactly, intersect, nothing, oneOf, perhaps, union, when } from "./estimate";
import { permittedByAcl } from "./network-acls";
import type { Network } from "./network";
import { given, type Resource, UNKNOWN } from "./resources";
import { joinsVpcs } from "./peering";
import { decide, routesOf } from "./routes";
import type { Target } from "./route-targets";
import { type Table, tablesOfSubnet } from "./route-tables";
import { Traffic } from "./traffic";
import { sameVpc, type Subnet, subnetTypes } from "./vpcs";

/** Where traffic is to arrive: past the gateways of AWS, or at the border of a subnet. */
export type Place = "internet" | Subnet;

/** One way through the routes, hop by hop, and the traffic that takes it. */
export interface Way {
  readonly traffic: Estimate;
  readonly hops: readonly string[];
}

export interface Ways {
  /** Everything that arrives, by whichever way. */
  readonly traffic: Estimate;
  readonly ways: readonly Way[];
}

/** Who sends: an internet gateway carries only senders with a public IPv4 address (IPv6 addresses are public). */
export interface Sender {
  readonly publicAddress: Certainty;
  readonly unknown: string;
  /** Whether the network ACLs on the way, those of a NAT gateway's subnet, stop traffic. */
  readonly acls: "applied" | "ignored";
}

/** By which ways the routes carry traffic that leaves a subnet to a place. ACLs and groups of the two ends aren't applied here. */
export function waysFrom(
  network: Network,
  subnet: Subnet,
  place: Place,
  sender: Sender,
  passed: readonly Resource[] = [],
): Ways {
  const perTable = tablesOfSubnet(network.links, subnet).map((table) =>
    waysByTable(network, subnet, table, place, sender, passed),
  );
  return {
    traffic: oneOf(
      perTable.map(({ traffic }) => traffic),
      `which route table subnet ${subnet.label} has`,
    ),
    ways: perTable.flatMap(({ ways }) => ways),
  };
}

function waysByTable(
  network: Network,
  subnet: Subnet,
  table: Table,
  place: Place,
  sender: Sender,
  passed: readonly Resource[],
): Ways {
  const hop = `route table ${table.label}`;
  const found: Way[] = [];
  const arriving: Estimate[] = [];
  for (const { route, traffic } of decide(network.links, subnet, routesOf(network.links, table))) {
    const perTarget = route.targets.map((target) => carry(network, subnet, target, place, sender, passed));
    const carried = oneOf(
      perTarget.map((way) => way.traffic),
      `where a route in ${hop} leads`,
    );
    arriving.push(intersect(traffic, carried));
    found.push(...perTarget.map((way) => ({ traffic: intersect(traffic, way.traffic), hops: [hop, ...way.hops] })));
  }
  if (table.resource === undefined && place === "internet") {
    const unknown = perhaps(anything, `the routes of ${hop}, which isn't in this stack`);
    return { traffic: unknown, ways: [{ traffic: unknown, hops: [hop] }] };
  }
  if (table.resource === undefined) arriving.push(perhaps(anything, `the routes of ${hop}, which isn't in this stack`));
  return { traffic: union(...arriving), ways: found.filter(({ traffic }) => !traffic.may.isEmpty) };
}

/** What a target of a route brings to the place. */
function carry(
  network: Network,
  subnet: Subnet,
  target: Target,
  place: Place,
  sender: Sender,
  passed: readonly Resource[],
): Way {
  const hops = [target.label];
  if (target.kind === "undecided" || target.kind === "interface" || target.kind === "transitGateway")
    return { traffic: perhaps(anything, `where ${target.label} leads`), hops };
  if (place !== "internet") {
    if (target.kind === "local")
      return { traffic: when(sameVpc(subnet.vpc, place.vpc), "which VPC a subnet is in"), hops };
    if (target.kind === "peering") {
      const joins = joinsVpcs(network.links, target, subnet.vpc, place.vpc);
      return { traffic: when(joins, `whether ${target.label} joins the two VPCs and is accepted`), hops };
    }
    return { traffic: nothing, hops };
  }
  if (target.kind in notTheInternet) return { traffic: nothing, hops };
  if (target.kind === "egressOnly") return { traffic: exactly(egressOnlyTakes), hops };
  if (target.kind === "nat") return throughNat(network, subnet, target, sender, passed);
  return { traffic: throughInternetGateway(sender), hops };
}

/** What an internet gateway carries out for a sender, and in for a receiver. */
export function throughInternetGateway({
  publicAddress,
  unknown,
}: Pick<Sender, "publicAddress" | "unknown">): Estimate {
  const ipv4 = intersect(when(publicAddress, unknown), exactly(internetGatewayTakesFromPublic));
  return union(ipv4, exactly(internetGatewayTakesFromAll));
}

/** A NAT gateway sends on by the routes of its own subnet, from its own address. */
function throughNat(
  network: Network,
  from: Subnet,
  target: Target,
  { acls }: Sender,
  passed: readonly Resource[],
): Way {
  const { resource } = target;
  const takes = exactly(natTakes);
  if (resource === undefined) {
    return { traffic: perhaps(takes, `where ${target.label} leads, which isn't in this stack`), hops: [target.label] };
  }
  if (passed.includes(resource)) return { traffic: nothing, hops: [target.label] };
  const isPrivate = given(resource, "connectivityType");
  const publicAddress: Certainty = isPrivate === UNKNOWN ? "perhaps" : isPrivate === "private" ? "no" : "yes";
  const mode = given(resource, "availabilityMode");
  // A regional gateway is in no subnet and comes with a route to the internet gateway (VPC guide, "Regional NAT gateways").
  if (mode === "regional") return { traffic: takes, hops: [target.label] };
  const link = network.links.follow(resource, "subnetId", ...subnetTypes);
  const places = network.subnets.filter((subnet) => link.candidates.includes(subnet.resource));
  const sender: Sender = { publicAddress, unknown: `the connectivity type of ${target.label}`, acls };
  const onward = places.map((own) => {
    const ways = waysFrom(network, own, "internet", sender, [...passed, resource]);
    if (acls === "ignored") return { traffic: sourceIgnored(ways.traffic) };
    const acl = permittedByAcl(network.links, own, "egress");
    // The gateway's ACL sees the senders arrive, unless they share its subnet.
    const enters = own === from ? anything : permittedByAcl(network.links, own, "ingress");
    return { traffic: intersect(sourceIgnored(intersect(ways.traffic, acl)), enters) };
  });
  if (link.external || onward.length === 0 || mode === UNKNOWN) {
    const where = mode === UNKNOWN ? `the availability mode of ${target.label}` : `the subnet of ${target.label}`;
    return { traffic: perhaps(takes, where), hops: [target.label] };
  }
  const sent = oneOf(
    onward.map(({ traffic }) => traffic),
    `the subnet of ${target.label}`,
  );
  return { traffic: intersect(takes, sent), hops: [target.label] };
}

/** Translation replaces the source: what the onward way says about sources no longer concerns the sender. */
function sourceIgnored(estimate: Estimate): Estimate {
  const widen = (traffic: Traffic) =>
    traffic.boxes.reduce(
      (sum, { destination, protocol, ports }) => sum.union(Traffic.where({ destination, protocol, ports })),
      Traffic.none,
    );
  return { ...estimate, must: widen(estimate.must), may: widen(estimate.may) };
}
