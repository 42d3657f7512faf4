import { allAddresses, parseBlock } from "./addresses";
import { throughBalancers, toBalancer } from "./balanced-ways";
import { type Course, isOver, lost, supposed, undecided } from "./course";
import { Crossings } from "./crossings";
import { endpointsBefore } from "./endpoint-services";
import { findOwners, type Owner } from "./address-owners";
import { endsOf, type FoundEnd, partiesByUrn } from "./ends";
import type { Dialled } from "./entries";
import { type Estimate, nothing, oneOf, union } from "./estimate";
import type { Family } from "./interface-addresses";
import type { Network } from "./network";
import { passage } from "./passage";
import type { Query } from "./query";
import type { InterfaceSite, SendingSite, Site } from "./sites";
import type { Traffic } from "./traffic";
import { unfollowedWays } from "./unfollowed-ways";

/** Who asks whom; the addresses where one of several is meant. */
export type Ends = Pick<Query, "from" | "to" | "fromIp" | "toIp"> & {
  /** The URN of the load balancer whose listeners are dialled; left open, the target itself and any that forwards there. */
  readonly via?: string;
};

/**
 * One way to reach the target: by its private address, by its public one, by something that forwards to it. A course for each pair of interfaces
 * that the ends have: which pair is meant isn't known, so that certain is what holds for each.
 */
export type Alternative = readonly [Course, ...Course[]];

export type Alternatives = readonly [Alternative, ...Alternative[]];

/**
 * What of the asked headers connects two ends, in the headers that the sender sends (the port is the one it dials). Any of the alternatives
 * will do. Both the answer to one question and the matrix of all of them come from here, so that they agree.
 *
 * @throws RangeError naming what is wrong with the ends: an address that is none, a party that the network doesn't have.
 */
export function connectionsBetween(network: Network, ends: Ends, headers: Traffic): Alternatives {
  return waysBetween(network, ends, headers, true);
}

function waysBetween(network: Network, ends: Ends, headers: Traffic, isTold: boolean): Alternatives {
  const [first, ...others] = familiesOf(ends).map((family) => inFamily(network, ends, headers, family, isTold));
  return [...(first ?? inFamily(network, ends, headers, "ipv4", isTold)), ...others.flat()];
}

/** Requests that arrive, and those of them whose replies get back too. */
export interface Connection {
  readonly request: Estimate;
  readonly works: Estimate;
}

/**
 * The same by headers alone, whatever the addresses: of those headers that are in `must` a question is answered "reachable", of those outside
 * `may` "blocked".
 */
export function connectionBetween(network: Network, ends: Ends, headers: Traffic): Connection {
  // A question that names an address is one of many: what is found out for it serves no other.
  const isAlone =
    [ends.from, ends.to].some(({ kind }) => kind === "address") || (ends.fromIp ?? ends.toIp) !== undefined;
  const alternatives = waysBetween(network, ends, headers, isAlone);
  if (alternatives.every((courses) => courses.every(isOver))) return nothingConnects;
  const joined = (of: (course: Course) => Estimate) =>
    union(...alternatives.map((courses) => oneOf(courses.map(of).map(headersAlone), whichInterface)));
  return { request: joined(({ traffic }) => traffic), works: joined(({ works }) => works) };
}

const nothingConnects: Connection = { request: nothing, works: nothing };

function headersAlone({ must, may, unknowns }: Estimate): Estimate {
  const everywhere = { source: allAddresses, destination: allAddresses };
  return { must: must.with(everywhere), may: may.with(everywhere), unknowns };
}

/** The unknown where an alternative's courses differ. */
export const whichInterface = "in which of its subnets a party is, or which interface an address means";

/** Addresses that the question gives decide; else either family will do. */
function familiesOf({ from, to, fromIp, toIp }: Ends): readonly Family[] {
  const given = [fromIp, toIp, ...[from, to].map((end) => (end.kind === "address" ? end.address : undefined))];
  const text = given.find((each) => each !== undefined);
  if (text === undefined) return ["ipv4", "ipv6"];
  return [text.includes(":") ? "ipv6" : "ipv4"];
}

/** Of several senders, as an address may mean, it isn't known which is meant: what connects has to for each. */
function inFamily(network: Network, ends: Ends, headers: Traffic, family: Family, isTold: boolean): Alternatives {
  const tos = findOwners(network, ends.to, ends.toIp, family, "target");
  const [first, ...others] = findOwners(network, ends.from, ends.fromIp, family, "sender");
  const from = (owner: Owner) => fromOwner(network, ends, headers, family, isTold, owner, tos);
  return others.map(from).reduce(forEach, from(first));
}

/** Any alternative of the one, and any of the other. */
function forEach([first, ...others]: Alternatives, more: Alternatives): Alternatives {
  const [best, ...rest] = more;
  const both = (one: Alternative, other: Alternative): Alternative => [...one, ...other];
  return [
    both(first, best),
    ...rest.map((other) => both(first, other)),
    ...others.flatMap((one) => more.map((other) => both(one, other))),
  ];
}

/** Any interface of an end, and any of its addresses, will do; so will any load balancer that forwards there. */
function fromOwner(
  network: Network,
  ends: Ends,
  headers: Traffic,
  family: Family,
  isTold: boolean,
  froms: Owner,
  targets: readonly [Owner, ...Owner[]],
): Alternatives {
  const asked = ends.toIp ?? (ends.to.kind === "address" ? ends.to.address : undefined);
  const dialled = { network, headers, family, asked, via: ends.via, isTold };
  const found = froms.flatMap((from) =>
    targets.flatMap((tos) => [
      ...(ends.via === undefined ? tos.flatMap((to) => directly(dialled, from, to)) : []),
      ...byBalancers(dialled, from, tos[0]),
      ...byServices(dialled, from, tos[0]),
    ]),
  );
  const [first, ...others] = found;
  const known: Alternatives = [first ?? [nowhere(headers, froms[0], targets[0][0], family)], ...others];
  const open = [...froms, ...targets.flat()].filter((end) => unmodelled(end) !== undefined);
  if (open.length === 0) return known;
  const unknowns = [...new Set(open.flatMap((end) => unmodelled(end) ?? []))];
  return [[undecided(headers, unknowns, known[0][0].path)]];
}

/** To the target's own interfaces. A load balancer takes nothing but by its listeners. */
function directly(dialled: Dialled, from: FoundEnd, to: FoundEnd): readonly Alternative[] {
  const { headers, family, asked } = dialled;
  if (to.kind === "party" && to.party.kind === "balancer") return [];
  const [first, ...others] = targetsOf(to, asked, family).flatMap((targets) => direct(dialled, from, to, targets));
  return [first ?? [nowhere(headers, from, to, family)], ...others];
}

function byBalancers(dialled: Dialled, from: FoundEnd, to: FoundEnd): readonly Alternative[] {
  if (to.kind !== "party") return [];
  const { party } = to;
  const senders = sendersOf(from);
  const found =
    party.kind === "balancer"
      ? [...toBalancer(dialled, senders, party), ...throughBalancers(dialled, senders, party)]
      : throughBalancers(dialled, senders, party);
  return found.map(([first, ...others]) => [
    supposing([from], first),
    ...others.map((each) => supposing([from], each)),
  ]);
}

/** By what this model doesn't follow to its end: what it would let through is open. */
function byServices(dialled: Dialled, from: FoundEnd, to: FoundEnd): readonly Alternative[] {
  const { network, headers, family, asked } = dialled;
  if (to.kind !== "party" || asked !== undefined) return [];
  const endpoints = endpointsBefore(network, to.party).flatMap(({ urn }) => partiesByUrn(network).get(urn) ?? []);
  const entered = endpoints.filter((endpoint) =>
    endsOf(network, endpoint, family).some((end) =>
      directly(dialled, from, end).some((courses) => courses.some((course) => !isOver(course))),
    ),
  );
  const unknowns = [
    ...unfollowedWays(network, from, to),
    ...entered.map(
      (endpoint) => `what lies behind endpoint ${endpoint.label}, and whether it carries to ${to.party.label}`,
    ),
  ];
  return unknowns.length === 0 ? [] : [[undecided(headers, unknowns)]];
}

/** From the sender's interfaces to those of the target, as the target is named; none when one of them has no interface in the family. */
function direct(
  { network, headers, isTold }: Dialled,
  from: FoundEnd,
  to: FoundEnd,
  targets: readonly Site[],
): readonly Alternative[] {
  const course = (sender: SendingSite, target: Site) =>
    isTold ? passage(network, headers, sender, target) : Crossings.of(network).between(headers, sender, target);
  const [first, ...others] = sendersOf(from).flatMap((sender) =>
    targets.map((target) => supposing([from, to], course(sender, target))),
  );
  return first === undefined ? [] : [[first, ...others]];
}

/** An end that may not have the interface leaves open what it would let through. */
function supposing(ends: readonly FoundEnd[], course: Course): Course {
  return ends.reduce(
    (sum, end) =>
      end.kind === "party" && end.answer !== "yes"
        ? supposed(sum, `which interfaces and addresses ${end.party.label} has`)
        : sum,
    course,
  );
}

function sendersOf(end: FoundEnd): readonly SendingSite[] {
  return end.kind === "site" ? [end.site] : end.interfaces;
}

/** The ways to name the target: by its private address, by its public one; those that the question leaves open. */
function targetsOf(end: FoundEnd, asked: string | undefined, family: Family): readonly (readonly Site[])[] {
  const known = asked === undefined ? targetsOfEnds.get(end) : undefined;
  const targets = known ?? findTargets(end, asked, family);
  if (asked === undefined) targetsOfEnds.set(end, targets);
  return targets;
}

const targetsOfEnds = new WeakMap<FoundEnd, readonly (readonly Site[])[]>();

function findTargets(end: FoundEnd, asked: string | undefined, family: Family): readonly (readonly Site[])[] {
  if (end.kind === "site") return [[end.site]];
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

function nowhere(headers: Traffic, from: FoundEnd, to: FoundEnd, family: Family): Course {
  const open = [from, to].find((end) => end.kind === "party" && end.party.subnets.candidates.length === 0);
  if (open?.kind === "party") return undecided(headers, [`which subnets ${open.party.label} is in`]);
  return lost({ what: `not both ends have ${family === "ipv4" ? "IPv4" : "IPv6"} addresses` });
}

/** Too little is known of some parties for a certain answer; and what may be in other subnets too isn't certain. */
function unmodelled(end: FoundEnd): string | undefined {
  if (end.kind === "site") return end.doubt;
  const { kind, label, resource } = end.party;
  if (kind === "unmodelled") return `the traffic of ${label} (${resource.type}), which isn't modelled`;
  return end.isOpen ? `which subnets ${label} is in` : undefined;
}
