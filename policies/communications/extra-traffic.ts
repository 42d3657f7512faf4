import { classesOf } from "../reachability/classes";
import { type Estimate, perhaps, subtract, union } from "../reachability/estimate";
import { IntervalSet } from "../reachability/interval-set";
import type { Network } from "../reachability/network";
import { scalingGroupType } from "../reachability/managed-parties";
import type { Party } from "../reachability/parties";
import { Traffic } from "../reachability/traffic";
import type { AllowedTraffic } from "./allowed-traffic";
import type { Declaration } from "./declaration";
import { addressed, type End, outsideEnd, partyEnd, theInternet } from "./ends";
import { trafficBetween } from "./pair-traffic";
import type { Parties } from "./parties";

/** What gets from one end to another though no row allows it. */
export interface Extra {
  readonly from: End;
  readonly to: End;
  /** Certain in `must`, possible in `may`. */
  readonly traffic: Estimate;
}

const tcp = Traffic.where({ protocol: IntervalSet.range(6, 6) });
const datagrams = Traffic.all.subtract(tcp);
const ported = IntervalSet.range(6, 6).union(IntervalSet.range(17, 17));
/** What programs send: from any port that needs no privilege. */
const sent = Traffic.where({ protocol: ported, sourcePorts: IntervalSet.range(1024, 65535) }).union(
  Traffic.all.subtract(Traffic.where({ protocol: ported })),
);

/**
 * Asks all pairs of classes of parties, with the internet, the declared outsiders and the services of gateway endpoints. A TCP connection works when
 * the reply gets back; of all else what arrives is enough, for a datagram out is data out. One member of a class stands for all: members of one
 * class that go by different names are classes of their own here.
 */
export function extraTraffic(
  network: Network,
  parties: Parties,
  allowed: AllowedTraffic,
  { outsiders }: Declaration,
): readonly Extra[] {
  const inside = sortsOf(network, parties);
  // What the internet has of the outsiders' blocks is asked about with the internet.
  const blocks = Object.values(outsiders).flat();
  const others = blocks.map(outsideEnd).filter((end) => end.kind === "outside" && isElsewhere(end));
  const outside = [theInternet, ...others];
  const services = parties.services.map((endpoint): End => ({ kind: "service", label: endpoint.name, endpoint }));
  const isOpen = (end: End) => end.kind === "party" && parties.open.includes(end.party.resource);
  const doubted = ({ from, to, traffic }: Extra): Extra => {
    const unknown = [from, to].filter(isOpen).map((end) => `which role ${end.label} has`);
    return { from, to, traffic: unknown.length === 0 ? traffic : perhaps(traffic, ...unknown) };
  };
  const found = inside.flatMap(({ ends, several }) => {
    const [one, other] = ends;
    const own: readonly (readonly [End, End])[] = several ? [[one, other ?? one]] : [];
    const toOthers = inside
      .filter(({ ends: [target] }) => target !== one)
      .map(({ ends: [target] }) => [one, target] as const);
    const toOutside = [...outside, ...services].map((target) => [one, target] as const);
    const fromOutside = outside.map((source) => [source, one] as const);
    return [...own, ...toOthers, ...toOutside, ...fromOutside].flatMap(([from, to]) =>
      extraOf(network, allowed, from, to),
    );
  });
  return found.map(doubted);
}

function isElsewhere(end: End & { readonly kind: "outside" }): boolean {
  return end.endpoint.kind === "address" || end.ip !== undefined;
}

function extraOf(network: Network, allowed: AllowedTraffic, from: End, to: End): readonly Extra[] {
  const { request, works } = trafficBetween(network, { from, to }, sent);
  const part = ({ must, may, unknowns }: Estimate, of: Traffic): Estimate => ({
    must: must.intersect(of),
    may: may.intersect(of),
    unknowns,
  });
  const declared = allowed.between(from, to);
  const found = subtract(part(union(part(works, tcp), part(request, datagrams)), addressed({ from, to })), {
    must: declared,
    may: declared,
    unknowns: [],
  });
  return found.may.isEmpty ? [] : [{ from, to, traffic: found }];
}

interface Sort {
  readonly ends: readonly [End, ...End[]];
  /** Are there several, so that they can speak with each other? */
  readonly several: boolean;
}

function sortsOf(network: Network, parties: Parties): readonly Sort[] {
  return classesOf(network).flatMap(({ members }) => {
    const byName = new Map<string | undefined, Party[]>();
    for (const party of members) {
      const { urn } = party.resource;
      // One that may go by any name stands for nobody else.
      const name = parties.open.includes(party.resource) ? urn : parties.nameOf(urn);
      byName.set(name, [...(byName.get(name) ?? []), party]);
    }
    return [...byName.values()].flatMap((same): Sort[] => {
      const [first, ...others] = same.flatMap((party) => partyEnd(network, party.resource.urn) ?? []);
      if (first === undefined) return [];
      const scales = same.some(({ resource: { type } }) => type === scalingGroupType);
      return [{ ends: [first, ...others], several: others.length > 0 || scales }];
    });
  });
}
