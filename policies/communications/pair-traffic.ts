import { allAddresses } from "../reachability/addresses";
import type { Alternative } from "../reachability/connections";
import type { Course } from "../reachability/course";
import { type Estimate, oneOf, union } from "../reachability/estimate";
import type { Network } from "../reachability/network";
import type { Traffic } from "../reachability/traffic";
import { type End, type Pair, waysBetween } from "./ends";

/** What gets from one end to another and back. */
export interface PairTraffic {
  readonly request: Estimate;
  readonly works: Estimate;
}

/**
 * What works between two ends for each pair of places that they have for certain: a group has machines in each of its subnets, so that what one of
 * them can't do doesn't work. One estimate where it isn't known in which of some places an end is. Addresses are kept of ends outside alone.
 */
export function trafficByPlace(network: Network, pair: Pair, headers: Traffic): readonly PairTraffic[] {
  const ways = waysBetween(network, pair, headers);
  const open = ways.filter((courses) => courses.some(({ traffic }) => !traffic.may.isEmpty));
  const [first, ...others] = open;
  if (first === undefined) return [joined(ways, pair)];
  const isPlaced =
    isEverywhere(pair.from) && isEverywhere(pair.to) && others.every(({ length }) => length === first.length);
  if (!isPlaced) return [joined(open, pair)];
  return first.map((_, at) =>
    joined(
      open.flatMap((courses) => (courses[at] === undefined ? [] : [[courses[at]]])),
      pair,
    ),
  );
}

/** The same without telling places apart. */
export function trafficBetween(network: Network, pair: Pair, headers: Traffic): PairTraffic {
  return joined(waysBetween(network, pair, headers), pair);
}

/** Has the end something in each of its places at once, or in turn? */
function isEverywhere(end: End): boolean {
  return end.kind !== "party" || end.party.spread || end.party.subnets.candidates.length <= 1;
}

function joined(ways: readonly Alternative[], pair: Pair): PairTraffic {
  const estimate = (of: (course: Course) => Estimate) =>
    union(
      ...ways.map((courses) =>
        oneOf(
          courses.map((course) => headersOf(of(course), pair)),
          "in which of its subnets a party is",
        ),
      ),
    );
  return { request: estimate(({ traffic }) => traffic), works: estimate(({ works }) => works) };
}

function headersOf({ must, may, unknowns }: Estimate, { from, to }: Pair): Estimate {
  const dropped = {
    ...(from.kind === "outside" ? {} : { source: allAddresses }),
    ...(to.kind === "party" ? { destination: allAddresses } : {}),
  };
  return { must: must.with(dropped), may: may.with(dropped), unknowns };
}
