import { endpointsBeginNothing } from "./axioms";
import { begin, block, type Course } from "./course";
import { throughGroups } from "./firewalls";
import { referablePeer } from "./group-references";
import { enterFromInternet } from "./internet-gateways";
import { besidesHostServices } from "./host-services";
import type { Network } from "./network";
import { enterFromOutside } from "./other-networks";
import { inward, travel } from "./routing";
import { unreferred } from "./security-groups";
import { addressesOfSite, labelOfSite, type SendingSite, type Site } from "./sites";
import { Traffic } from "./traffic";
import { noGuessYet } from "./trip";

/** What of the asked headers gets from one site to another, and back. Of `headers` the addresses don't count: they are those of the sites. */
export function passage(network: Network, headers: Traffic, from: SendingSite, to: Site): Course {
  const course = start(headers, from, to);
  const trip = { network, to, isReply: false, passed: [], ...noGuessYet() };
  if (from.kind === "internet") return enterFromInternet({ ...trip, from }, course, inward);
  if (from.kind === "outside") return enterFromOutside({ ...trip, from }, course, inward);
  if (to.kind === "interface" && to.hop.urn === from.hop.urn && to.exact && to.addresses.equals(from.addresses))
    return course;
  if (from.serves !== undefined)
    return block(course, { ...from.hop, what: `${from.hop.what}: ${endpointsBeginNothing}` });
  const peer = to.kind === "interface" ? referablePeer(network.links, from, to, "egress") : undefined;
  const isParty = to.kind === "interface" || to.kind === "public";
  return besidesHostServices(network, course, from, to, () => {
    const referred = peer ?? (isParty ? unreferred : undefined);
    return travel({ ...trip, from }, throughGroups(network.links, course, from.groups, "egress", referred, from.label));
  });
}

function start(headers: Traffic, from: SendingSite, to: Site): Course {
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
