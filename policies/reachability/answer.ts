import { parseBlock } from "./addresses";
import { mayBeBalanced } from "./balanced-targets";
import { begin, block, type Course, doubt } from "./course";
import { findEnd, type FoundEnd } from "./ends";
import { throughGroups } from "./firewalls";
import { referablePeer } from "./group-references";
import type { Family } from "./interface-addresses";
import { IntervalSet } from "./interval-set";
import { enterFromInternet } from "./internet-gateways";
import type { Network } from "./network";
import { parseProtocol } from "./protocols";
import type { Answer, Query } from "./query";
import { inward, travel } from "./routing";
import { addressesOfSite, type InterfaceSite, labelOfSite, type SendingSite, type Site } from "./sites";
import { allPorts, Traffic } from "./traffic";
import { bestOf, eachOf, judged } from "./verdicts";

export type { Answer, Endpoint, Hop, Query, Verdict } from "./query";

/**
 * Does the request arrive, and does the reply get back?
 *
 * @throws RangeError naming what is wrong with the question: an address that is none, a party that the network doesn't have.
 */
export function answer(network: Network, query: Query): Answer {
  const [first, ...others] = familiesOf(query).map((family) => inFamily(network, query, family));
  return bestOf([first ?? inFamily(network, query, "ipv4"), ...others]);
}

/** Addresses that the question gives decide; else either family will do. */
function familiesOf({ from, to, fromIp, toIp }: Query): readonly Family[] {
  const given = [fromIp, toIp, ...[from, to].map((end) => (end.kind === "address" ? end.address : undefined))];
  const text = given.find((each) => each !== undefined);
  if (text === undefined) return ["ipv4", "ipv6"];
  return [text.includes(":") ? "ipv6" : "ipv4"];
}

function inFamily(network: Network, query: Query, family: Family): Answer {
  const from = findEnd(network, query.from, query.fromIp, family);
  const to = findEnd(network, query.to, query.toIp, family);
  const ways = targetsOf(to, query, family).map((targets): Answer => {
    const pairs = sendersOf(from).flatMap((sender) => targets.map((target) => oneWay(network, query, sender, target)));
    const [first, ...others] = pairs;
    if (first === undefined) return nowhere(from, to, family);
    return eachOf([first, ...others], "in which of its subnets a party is");
  });
  const [first, ...others] = ways;
  const found = unmodelled(from, to, first === undefined ? nowhere(from, to, family) : bestOf([first, ...others]));
  const isBalanced = query.toIp === undefined && to.kind === "party" && mayBeBalanced(network.links, to.party);
  if (!isBalanced || found.connection === "reachable") return found;
  const unknowns = [`what load balancers forward to ${to.party.label}, which isn't modelled yet`];
  return { request: "undetermined", connection: "undetermined", path: found.path, unknowns };
}

function sendersOf(end: FoundEnd): readonly SendingSite[] {
  return end.kind === "site" ? [end.site] : end.interfaces;
}

/** The ways to name the target: by its private address, by its public one; those that the question leaves open. */
function targetsOf(end: FoundEnd, { to, toIp }: Query, family: Family): readonly (readonly Site[])[] {
  if (end.kind === "site") return [[end.site]];
  const asked = toIp ?? (to.kind === "address" ? to.address : undefined);
  const wanted = asked === undefined ? undefined : parseBlock(asked)?.addresses;
  const isPublic = (site: InterfaceSite): Site => ({
    kind: "public",
    of: { ...site, publicAddresses: wanted ?? site.publicAddresses },
  });
  const byPublic = end.interfaces
    .filter(({ publicAddress }) => family === "ipv6" || publicAddress !== "no")
    .map(isPublic);
  const isPrivate = wanted !== undefined && end.interfaces.some(({ addresses }) => addresses.equals(wanted));
  if (isPrivate && family === "ipv4") return [end.interfaces];
  if (wanted !== undefined && family === "ipv4") return [end.interfaces.map(isPublic)];
  return byPublic.length > 0 ? [end.interfaces, byPublic] : [end.interfaces];
}

function oneWay(network: Network, query: Query, from: SendingSite, to: Site): Answer {
  const course = start(query, from, to);
  return judged(wayOf(network, course, from, to));
}

function wayOf(network: Network, course: Course, from: SendingSite, to: Site): Course {
  const trip = { network, to, isReply: false, passed: [] };
  if (from.kind === "internet") return enterFromInternet({ ...trip, from }, course, inward);
  if (from.kind === "outside")
    return doubt(course, `what lies at ${from.label}, and how it is joined to the network`, from.hop);
  if (to.kind === "interface" && to.hop.urn === from.hop.urn && to.exact && to.addresses.equals(from.addresses))
    return course;
  const peer = to.kind === "interface" ? referablePeer(network.links, from, to, "egress") : undefined;
  const out = throughGroups(network.links, course, from.groups, "egress", peer, from.label);
  return travel({ ...trip, from }, out);
}

/** Ports of clients: "your client's ephemeral port range", 1024 on at the widest (VPC guide, "Ephemeral ports"). */
const clientPorts = IntervalSet.range(1024, 65535);

function start({ protocol, srcPort, dstPort }: Query, from: SendingSite, to: Site): Course {
  const protocols = parseProtocol(protocol) ?? IntervalSet.empty;
  const isPorted = protocols.has(6n) || protocols.has(17n);
  const one = (port: number) => IntervalSet.range(port, port);
  const asked = Traffic.where({
    source: addressesOfSite(from),
    destination: addressesOfSite(to),
    protocol: protocols,
    sourcePorts: srcPort === undefined ? (isPorted ? clientPorts : allPorts) : one(srcPort),
    ports: dstPort === undefined ? allPorts : one(dstPort),
  });
  const each: ("source" | "destination")[] = [];
  if (from.kind === "interface" && !from.exact) each.push("source");
  if (to.kind === "interface" ? !to.exact : to.kind === "public") each.push("destination");
  const course = begin(asked, from.hop, each);
  return asked.isEmpty
    ? block(course, { what: `${labelOfSite(to)} isn't of one family with ${labelOfSite(from)}` })
    : course;
}

function nowhere(from: FoundEnd, to: FoundEnd, family: Family): Answer {
  const open = [from, to].find(
    (end) => end.kind === "party" && (end.isOpen || end.party.subnets.candidates.length === 0),
  );
  if (open?.kind === "party") {
    const unknowns = [`which subnets ${open.party.label} is in`];
    return { request: "undetermined", connection: "undetermined", path: [], unknowns };
  }
  const blockedBy = { what: `not both ends have ${family === "ipv4" ? "IPv4" : "IPv6"} addresses` };
  return { request: "blocked", connection: "blocked", path: [], blockedBy };
}

/** Too little is known of some parties for a certain answer; and what may be in other subnets too isn't certain. */
function unmodelled(from: FoundEnd, to: FoundEnd, found: Answer): Answer {
  const unknowns = [from, to].flatMap((end): string[] => {
    if (end.kind === "site") return [];
    const { kind, label, resource } = end.party;
    if (kind === "unmodelled") return [`the traffic of ${label} (${resource.type}), which isn't modelled`];
    if (kind === "balancer") return [`to which targets ${label} forwards, which isn't modelled yet`];
    return end.isOpen ? [`which subnets ${label} is in`] : [];
  });
  if (unknowns.length === 0) return found;
  const { path } = found;
  return { request: "undetermined", connection: "undetermined", path, unknowns };
}
