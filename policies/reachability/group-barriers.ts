import { foreignersOf } from "./balanced-ways";
import { endsOf, type FoundEnd } from "./ends";
import { groupEstimate } from "./firewalls";
import { chainsTo } from "./forwardings";
import { referablePeer } from "./group-references";
import { blockOf } from "./interface-addresses";
import type { IntervalSet } from "./interval-set";
import { natAddresses } from "./nat-gateways";
import type { Network } from "./network";
import type { Party } from "./parties";
import { passage } from "./passage";
import { remembered } from "./remembered";
import type { Groups, Peer } from "./security-groups";
import type { InterfaceSite } from "./sites";
import { Traffic } from "./traffic";
import type { Subnet } from "./vpcs";

/** A party to which the groups of its interfaces alone may bar every way. */
export interface Barrable {
  /** Its interfaces, over IPv4. */
  readonly sites: readonly InterfaceSite[];
  readonly hasIpv6: boolean;
  /** Nothing forwards to it, and it has no public address: whoever reaches it reaches its private addresses. */
  readonly isPrivate: boolean;
}

/** Undefined where too little is known of a party to say from its groups alone that nothing arrives. */
export function barrable(network: Network, party: Party): Barrable | undefined {
  const [ipv4, ipv6] = (["ipv4", "ipv6"] as const).map((family) => endsOf(network, party, family));
  if (ipv4 === undefined || ipv6 === undefined || party.kind === "unmodelled") return undefined;
  if (party.subnets.candidates.length === 0 || [...ipv4, ...ipv6].some(isOpen)) return undefined;
  const sites = ipv4.flatMap(interfacesOf);
  const isKnown = sites.every(
    ({ subnet, addresses }) => addresses.subtract(blockOf(network.links, subnet, "ipv4")).isEmpty,
  );
  if (!isKnown || ipv4.some((end) => interfacesOf(end).length === 0)) return undefined;
  const isForwardedTo =
    party.kind === "balancer" || chainsTo(network, party).length > 0 || foreignersOf(network, party).length > 0;
  const isPrivate = !isForwardedTo && sites.every(({ publicAddress }) => publicAddress === "no");
  return { sites, hasIpv6: ipv6.some((end) => interfacesOf(end).length > 0), isPrivate };
}

function interfacesOf(end: FoundEnd): readonly InterfaceSite[] {
  return end.kind === "party" ? end.interfaces : [];
}

function isOpen(end: FoundEnd): boolean {
  return end.kind !== "party" || end.isOpen;
}

/**
 * Do the target's groups alone keep out all that the sender may send? Asked before any way is followed: of most pairs of a network's parties it
 * is so. False says nothing.
 */
export function areBarred(network: Network, from: Barrable, to: Barrable): boolean {
  if (!to.isPrivate || (from.hasIpv6 && to.hasIpv6)) return false;
  return from.sites.every((sender) => to.sites.every((target) => isBarred(network, sender, target)));
}

function isBarred(network: Network, from: InterfaceSite, to: InterfaceSite): boolean {
  const { links } = network;
  const { groups } = to;
  if (groups === undefined || from.hop.urn === to.hop.urn) return false;
  const letsIn = (peer: Peer, source: IntervalSet) =>
    groupEstimate(links, groups, "ingress", peer).may.overlaps(Traffic.where({ source }));
  // A NAT gateway on the way has no groups that a rule could name.
  if (letsIn(referablePeer(links, from, to, "ingress"), from.addresses)) return false;
  if (letsIn(undefined, natAddresses(network))) return false;
  return leadsPastGroups(network, from.subnet, to.subnet);
}

const sealed: Groups = { certain: [], possible: [], outside: [] };
const anyone: Groups = { certain: [], possible: [], outside: ["a sender"] };

/**
 * Does every way from one subnet to another end at the groups of the target? Not where a part of it isn't known: then more may be possible. Tried
 * with groups that let nothing in, and with a sender of which nothing is certain, so that no more guesses are followed for any other.
 */
function leadsPastGroups(network: Network, from: Subnet, to: Subnet): boolean {
  return remembered(network.links, `past groups ${from.resource.urn} ${to.resource.urn}`, () => {
    const sender = standIn(network, from, anyone);
    return passage(network, Traffic.all, sender, standIn(network, to, sealed)).traffic.may.isEmpty;
  });
}

/** Whoever has an address of the subnet. */
function standIn({ links }: Network, subnet: Subnet, groups: Groups): InterfaceSite {
  const label = `an address of subnet ${subnet.label}`;
  const addresses = blockOf(links, subnet, "ipv4");
  return {
    kind: "interface",
    hop: { what: label },
    label,
    subnet,
    addresses,
    exact: false,
    groups,
    publicAddress: "perhaps",
    publicAddresses: addresses,
    referable: false,
  };
}
