import { failsOpen, noLoopback } from "./axioms";
import { nameOf, nodesOf } from "./balancers";
import { all, any, type Certainty } from "./certainty";
import { block, type Course, doubt } from "./course";
import { findEnds } from "./ends";
import type { Forwarding, Link } from "./forwardings";
import { healthOf } from "./health-checks";
import type { Family } from "./interface-addresses";
import type { Network } from "./network";
import type { PoolTarget } from "./pools";
import { remembered } from "./remembered";
import { given, UNKNOWN } from "./resources";
import type { InterfaceSite, SendingSite } from "./sites";
import { sameVpc } from "./vpcs";
import { inZonesOf, sameZone } from "./zones";

/** From a node of a load balancer to an interface of a target. */
export interface NodeToTarget {
  readonly network: Network;
  readonly link: Link;
  readonly node: InterfaceSite;
  readonly site: InterfaceSite;
}

/** An interface of a target; not certain where it may have another instead. */
export interface TargetSite {
  readonly site: InterfaceSite;
  readonly certain: boolean;
}

/** Interfaces by which a target is registered. */
export function sitesOf(network: Network, target: PoolTarget, family: Family): readonly TargetSite[] {
  const known = remembered(
    network.links,
    `sites of ${family} targets`,
    () => new Map<PoolTarget, readonly TargetSite[]>(),
  );
  const sites = known.get(target) ?? findSites(network, target, family);
  known.set(target, sites);
  return sites;
}

function findSites(network: Network, { party, address }: PoolTarget, family: Family): readonly TargetSite[] {
  if (address?.includes(":") !== undefined && address.includes(":") !== (family === "ipv6")) return [];
  // Without an address: "the primary private IP address of the primary network interface", which is the first.
  const [end] = findEnds(network, { kind: "party", urn: party.resource.urn }, address, family);
  if (end.kind !== "party") return [];
  return end.interfaces.map((site) => ({ site, certain: end.answer === "yes" && !end.isOpen }));
}

/** Of what a node has taken, what it sends to this target rather than to others, or to nobody. */
export function served(way: NodeToTarget, taken: Course): Course {
  return healthy(way, zoned(way, taken));
}

/** A node sends to targets in the balancer's zones; with cross-zone load balancing off, to those in its own. */
function zoned({ network, link, node, site }: NodeToTarget, course: Course): Course {
  const { balancer } = link.forwarding;
  const answer = serves(network, link.forwarding, link.target, node, site);
  if (answer === "yes") return course;
  const what = `${nameOf(balancer)} in subnet ${node.subnet.label}`;
  const hop = { what: `${what} sends nothing to the zone of ${site.label}`, urn: balancer.party.resource.urn };
  if (answer === "no") return block(course, hop);
  return doubt(course, `the Availability Zones of ${nameOf(balancer)} and ${site.label}`, { ...hop, what });
}

/**
 * "If you register targets in an Availability Zone but do not enable the Availability Zone, these registered targets do not receive traffic"; with
 * cross-zone load balancing off, "each load balancer node distributes traffic only across the registered targets in its Availability Zone"
 * (Elastic Load Balancing user guide, "How Elastic Load Balancing works").
 */
function serves(
  network: Network,
  { balancer, pool }: Forwarding,
  target: PoolTarget,
  node: InterfaceSite,
  site: InterfaceSite,
): Certainty {
  if (target.everyZone || sameVpc(node.subnet.vpc, site.subnet.vpc) === "no") return "yes";
  const subnets = nodesOf(network, balancer, pool.family ?? "ipv4").map(({ site: { subnet: each } }) => each);
  return any(sameZone(node.subnet, site.subnet), all(pool.crossZone, inZonesOf(subnets, site.subnet)));
}

/** A target whose health check can't get through gets nothing as long as another one is healthy: see `failsOpen`. */
function healthy({ network, link, node, site }: NodeToTarget, course: Course): Course {
  const { forwarding } = link;
  const { pool } = forwarding;
  const own = healthOf(network, link, node, site);
  if (own === "yes") return course;
  const hop = { ...site.hop, what: `the health check of ${pool.label} can't get through to ${site.label}` };
  if (own === "perhaps")
    return doubt(course, `whether the health check of ${pool.label} gets through to ${site.label}`, site.hop);
  const isOther = pool.targets.some(
    (target) =>
      target.certain &&
      target !== link.target &&
      sitesOf(network, target, pool.family ?? "ipv4").some(
        ({ site: other, certain }) =>
          certain &&
          serves(network, forwarding, target, node, other) === "yes" &&
          healthOf(network, { forwarding, target }, node, other) === "yes",
      ),
  );
  return isOther && forwarding.certain && link.target.certain
    ? block(course, hop)
    : doubt(course, `whether ${site.label} gets traffic though its health check can't get through: ${failsOpen}`, hop);
}

/** Without what a target would send to itself: see `noLoopback`. */
export function unlooped({ link, site }: NodeToTarget, course: Course, client: SendingSite): Course {
  if (client.kind !== "interface" || client.hop.urn !== site.hop.urn) return course;
  const { kind, resource } = link.target.party;
  const hop = { ...site.hop, what: `${site.label} ${noLoopback}` };
  if (kind !== "group" || given(resource, "maxSize") === 1) return block(course, hop);
  const least = given(resource, "minSize");
  const isSeveral = least !== UNKNOWN && typeof least === "number" && least > 1;
  return isSeveral ? course : doubt(course, `how many machines ${site.label} has: a single one ${noLoopback}`, hop);
}
