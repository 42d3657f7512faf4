import { allIpv4, parseBlock } from "./addresses";
import { internet } from "./axioms";
import { type Balancer, type BalancerNode, nameOf, nodesOf } from "./balancers";
import { type Course, doubt, isOver, pass, readdressed } from "./course";
import type { Family } from "./interface-addresses";
import type { Listener } from "./listeners";
import type { Network } from "./network";
import { Crossings } from "./crossings";
import { passage } from "./passage";
import { remembered } from "./remembered";
import type { InterfaceSite, SendingSite, Site } from "./sites";
import type { Traffic } from "./traffic";

/** What is dialled. */
export interface Dialled {
  readonly network: Network;
  readonly headers: Traffic;
  readonly family: Family;
  /** The address that the question names; undefined: any. */
  readonly asked: string | undefined;
  /** The load balancer that is dialled, by its URN; undefined: any. */
  readonly via: string | undefined;
  /** Is somebody told the path? */
  readonly isTold: boolean;
}

/** What a node has taken. */
export interface Entry {
  readonly node: InterfaceSite;
  /** Who dialled. */
  readonly client: SendingSite;
  /** In the headers that the node sees. */
  readonly course: Course;
}

/** May a listener take some of the headers? */
export function mayTake({ takes }: Listener, headers: Traffic): boolean {
  return !takes.may.intersect(headers).isEmpty;
}

/** Is a balancer the one that a question names, by its URN or by an address known to be one of its nodes'? */
export function isNamed({ network, family, asked, via }: Dialled, balancer: Balancer): boolean {
  if (via !== undefined && via !== balancer.party.resource.urn) return false;
  const wanted = asked === undefined ? undefined : parseBlock(asked)?.addresses;
  return (
    wanted === undefined ||
    nodesOf(network, balancer, family).some(
      ({ site }) => (site.exact && site.addresses.equals(wanted)) || site.publicAddresses.equals(wanted),
    )
  );
}

/** By each node, at its private address and at its public one: a node answers at both, so that any will do. */
export function entries(
  dialled: Dialled,
  sender: SendingSite,
  balancer: Balancer,
  listener: Listener,
): readonly Entry[] {
  if (dialled.isTold) return findEntries(dialled, sender, balancer, listener);
  // The same whatever the listener forwards to, so that a sender's are found out once for all of its targets.
  const known = knownEntries(dialled, sender);
  const found =
    known.get(listener) ?? findEntries(dialled, sender, balancer, listener).filter(({ course }) => !isOver(course));
  known.set(listener, found);
  return found;
}

/** So many senders' entries are kept: who asks for all pairs asks sender by sender, and a sender has an interface a subnet and family. */
const keptSenders = 16;

interface SendersEntries {
  readonly headers: Traffic;
  readonly byListener: Map<Listener, readonly Entry[]>;
}

function knownEntries({ network, headers }: Dialled, sender: SendingSite): Map<Listener, readonly Entry[]> {
  const senders = remembered(network.links, "entries of senders", () => new Map<SendingSite, SendersEntries>());
  const known = senders.get(sender);
  if (known?.headers === headers) return known.byListener;
  const byListener = new Map<Listener, readonly Entry[]>();
  senders.delete(sender);
  senders.set(sender, { headers, byListener });
  const [oldest] = senders.keys();
  if (senders.size > keptSenders && oldest !== undefined) senders.delete(oldest);
  return byListener;
}

function findEntries(dialled: Dialled, sender: SendingSite, balancer: Balancer, listener: Listener): readonly Entry[] {
  const { network, headers, family, asked, isTold } = dialled;
  const reach = (place: Site) =>
    isTold ? passage(network, headers, sender, place) : Crossings.of(network).between(headers, sender, place);
  return nodesOf(network, balancer, family).flatMap((node) =>
    placesAt(node, asked).map((place): Entry => {
      const taken = taking(reach(place), balancer, listener);
      const unknown = `the address type of ${nameOf(balancer)}`;
      const open = node.answer === "yes" ? taken : doubt(taken, unknown, node.site.hop);
      const isOutside = place.kind === "public" && family === "ipv4" && sender.kind === "interface";
      return { node: node.site, client: sender, course: isOutside ? fromPublicAddress(open) : open };
    }),
  );
}

function placesAt({ site }: BalancerNode, asked: string | undefined): readonly Site[] {
  const wanted = asked === undefined ? undefined : parseBlock(asked)?.addresses;
  if (wanted === undefined)
    return [site, ...(site.publicAddress === "no" ? [] : [{ kind: "public", of: site } as const])];
  const inside = wanted.subtract(site.addresses).isEmpty;
  if (inside) return [{ ...site, addresses: wanted, exact: true }];
  if (site.publicAddress === "no" || !wanted.subtract(site.publicAddresses).isEmpty) return [];
  return [{ kind: "public", of: { ...site, publicAddresses: wanted } }];
}

/** From inside to a public address, by a NAT gateway or one's own address: the node sees some address on the internet. */
function fromPublicAddress(course: Course): Course {
  const each: Course["each"] = [...course.each.filter((end) => end !== "source"), "source"];
  return { ...readdressed(course, { source: internet.intersect(allIpv4) }), each };
}

/** What of the traffic at a node a listener takes. */
export function taking(course: Course, balancer: Balancer, listener: Listener): Course {
  const { urn } = listener.resource;
  const name = `${listener.label} of ${nameOf(balancer)}`;
  const taken = pass(course, listener.takes, (passed) => ({
    what: passed ? `${name} takes it` : `${name} doesn't take it`,
    urn,
  }));
  return listener.certain
    ? taken
    : doubt(taken, `which load balancer ${listener.label} belongs to`, { what: name, urn });
}
