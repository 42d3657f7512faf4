import { checksDestination } from "./axioms";
import { type Certainty, certaintyOf, not, whichever } from "./certainty";
import { block, type Course, doubt } from "./course";
import { endsOf, partiesByUrn } from "./ends";
import { throughAcl, throughGroups } from "./firewalls";
import { referablePeer } from "./group-references";
import type { Links } from "./links";
import type { Network } from "./network";
import { attachmentsOf, instancesWith, instanceType } from "./network-interfaces";
import { given, type Resource } from "./resources";
import type { Target } from "./route-targets";
import type { InterfaceSite, Site } from "./sites";
import type { Trip } from "./trip";
import type { Subnet } from "./vpcs";

/**
 * To an interface that a route names: an appliance, such as a NAT instance, unless it is the target itself. What an appliance does isn't known; but
 * it gets only what the firewalls at its border let in, and nothing that isn't addressed to it while it checks that (`checksDestination`).
 *
 * @param at the subnet whose routes led here; undefined where those of a gateway did
 */
export function throughAppliance(
  trip: Trip,
  course: Course,
  at: Subnet | undefined,
  target: Target,
  arrive: (course: Course) => Course,
): Course {
  const { network, to } = trip;
  const { resource } = target;
  const hop = { what: target.label, ...(resource === undefined ? {} : { urn: resource.urn }) };
  const unknown = `what ${target.label} lets through, and where it sends it`;
  if (resource === undefined) return doubt(course, unknown, hop);
  if (to.kind === "interface" && to.isWholeSubnet === true)
    return doubt(course, `whether ${target.label} is meant`, hop);
  if (isItself(network.links, resource, to)) return arrive(course);
  if (checks(network.links, resource) === "yes")
    return block(course, { ...hop, what: `${target.label} ${checksDestination}` });
  const site = siteOf(network, resource);
  return doubt(site === undefined ? course : bordered(trip, course, at, site), unknown, hop);
}

function isItself(links: Links, resource: Resource, to: Site): boolean {
  if (to.kind !== "interface") return false;
  const same =
    resource.type === instanceType
      ? primaryOf(links, resource).map(({ attached }) => attached)
      : instancesWith(links, resource).flatMap(({ instance, primary }) => (primary === "yes" ? [instance] : []));
  return [resource, ...same].some(({ urn }) => urn === to.hop.urn);
}

function primaryOf(links: Links, instance: Resource) {
  return attachmentsOf(links, instance).filter(({ primary }) => primary === "yes");
}

/** Is the source/destination check on? It is by default; an instance's is that of its primary interface. */
function checks(links: Links, resource: Resource): Certainty {
  const primaries = resource.type === instanceType ? primaryOf(links, resource) : [];
  const own = primaries.length === 0 ? [resource] : primaries.map(({ attached }) => attached);
  return whichever(own.map((each) => not(isOff(each))));
}

function isOff(resource: Resource): Certainty {
  const value = given(resource, "sourceDestCheck");
  return typeof value === "symbol" ? "perhaps" : certaintyOf(value === false || value === "false");
}

/** The interface, where it is known which one it is. */
function siteOf(network: Network, resource: Resource): InterfaceSite | undefined {
  const party = partiesByUrn(network).get(resource.urn);
  if (party === undefined) return undefined;
  const [end, ...others] = endsOf(network, party, "ipv4");
  if (end.kind !== "party" || end.isOpen || end.answer !== "yes" || others.length > 0) return undefined;
  const [site, ...more] = end.interfaces;
  return more.length === 0 ? site : undefined;
}

/** Past the firewalls around an appliance. A reply that its groups know passes them, and whether they do isn't known. */
function bordered(trip: Trip, course: Course, at: Subnet | undefined, site: InterfaceSite): Course {
  const { from, network, isReply } = trip;
  const { links } = network;
  if (trip.ignoresFirewalls === true) return course;
  const inside = site.subnet === at ? course : throughAcl(links, course, site.subnet, "ingress");
  if (isReply) return inside;
  const peer = from.kind === "interface" ? referablePeer(links, from, site, "ingress") : undefined;
  return throughGroups(links, inside, site.groups, "ingress", peer, site.label);
}
