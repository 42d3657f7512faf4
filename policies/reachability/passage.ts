import { endpointsBeginNothing } from "./axioms";
import { begin, block, type Course, untold } from "./course";
import { throughGroups } from "./firewalls";
import { referablePeer } from "./group-references";
import { enterFromInternet } from "./internet-gateways";
import { besidesHostServices } from "./host-services";
import type { Network } from "./network";
import { enterFromOutside } from "./other-networks";
import { inward, travel } from "./routing";
import { unreferred } from "./security-groups";
import { addressesOfSite, type InterfaceSite, labelOfSite, type SendingSite, type Site } from "./sites";
import { Traffic } from "./traffic";
import { noGuessYet } from "./trip";

/**
 * What of the asked headers gets from one site to another, and back. Of `headers` the addresses don't count: they are those of the sites.
 * `Crossings` says the same of all pairs, without the path.
 */
export function passage(network: Network, headers: Traffic, from: SendingSite, to: Site, isTold = true): Course {
  const started = start(headers, from, to);
  const course = isTold ? started : untold(started);
  const trip = { network, to, isReply: false, passed: [], ...noGuessYet() };
  if (from.kind === "internet") return enterFromInternet({ ...trip, from }, course, inward);
  if (from.kind === "outside") return enterFromOutside({ ...trip, from }, course, inward);
  if (isItself(from, to)) return course;
  if (from.serves !== undefined)
    return block(course, { ...from.hop, what: `${from.hop.what}: ${endpointsBeginNothing}` });
  return besidesHostServices(network, course, from, to, () =>
    travel({ ...trip, from }, released(network, course, from, to)),
  );
}

/** From an interface to its own address nothing is asked. */
export function isItself(from: InterfaceSite, to: Site): boolean {
  return to.kind === "interface" && to.hop.urn === from.hop.urn && to.exact && to.addresses.equals(from.addresses);
}

/** Past the groups of the sender. */
export function released({ links }: Network, course: Course, from: InterfaceSite, to: Site): Course {
  const peer = to.kind === "interface" ? referablePeer(links, from, to, "egress") : undefined;
  const isParty = to.kind === "interface" || to.kind === "public";
  return throughGroups(links, course, from.groups, "egress", peer ?? (isParty ? unreferred : undefined), from.label);
}

/** All of the asked headers, between the addresses of the sites. */
export function start(headers: Traffic, from: SendingSite, to: Site): Course {
  const ends = Traffic.where({ source: addressesOfSite(from), destination: addressesOfSite(to) });
  const asked = ends.intersect(headers);
  const each: ("source" | "destination")[] = [];
  if (from.kind === "interface" && !from.exact) each.push("source");
  if (to.kind === "interface" ? !to.exact : to.kind === "public") each.push("destination");
  const course = begin(asked, from.hop, each);
  return asked.isEmpty
    ? block(course, { what: `${labelOfSite(to)} isn't of one family with ${labelOfSite(from)}` })
    : course;
}
