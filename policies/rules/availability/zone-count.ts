import type { Link, ListLink } from "../../reachability/links";
import type { Network } from "../../reachability/network";
import { given, items, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { subnetsAmong } from "../../reachability/subnets-among";
import type { Subnet } from "../../reachability/vpcs";
import { sameZone } from "../../reachability/zones";
import { bad, type Check, good, outside, pending } from "../check";

/** In how many Availability Zones something stands: at least, and at most. */
export interface ZoneCount {
  readonly least: number;
  readonly most: number;
  /** The zones that are known, as a person reads them. */
  readonly names: readonly string[];
  /** Why `least` and `most` differ. */
  readonly unknowns: readonly Check[];
}

/** Counts the zones of the subnets that a list means; `owner` names the list in what isn't known. */
export function zonesOf(network: Network, owner: string, list: ListLink): ZoneCount {
  const certain = subnetsAmong(network.subnets, list.certain);
  const all = [...certain, ...subnetsAmong(network.subnets, list.possible)];
  const beyond = list.outside.map((id) =>
    id === undefined
      ? pending(`which subnets ${owner} has`)
      : outside(`the zone of subnet ${id} of ${owner}, which isn't in this stack`),
  );
  return {
    least: Math.max(apart(certain).length, list.someOfPossible ? 1 : 0),
    most: list.outside.length > 0 ? Infinity : together(all).length,
    names: [...new Set(certain.map(zoneName))],
    unknowns: [
      ...(list.possible.length > 0 ? [pending(`which subnets ${owner} has`)] : []),
      ...beyond,
      ...zoneless(all),
    ],
  };
}

/** Counts zones that a resource names itself; undefined where it doesn't, or not all of them. */
export function namedZones(resource: Resource, property: string): ZoneCount | undefined {
  const list = items(given(resource, property));
  if (list === UNKNOWN || list.length === 0 || !list.every((each) => typeof each === "string")) return undefined;
  const names = [...new Set(list)];
  return { least: names.length, most: names.length, names, unknowns: [] };
}

/** Are they at least so many? `subject` is what stands there: "load balancer web". */
export function enough(count: ZoneCount, wanted: number, subject: string, fix: string): readonly Check[] {
  if (count.least >= wanted) return [good];
  if (count.most >= wanted)
    return count.unknowns.length > 0 ? count.unknowns : [pending(`the zones in which ${subject} stands`)];
  const zones = count.most === 1 ? "1 Availability Zone" : `${count.most} Availability Zones`;
  const known = count.names.length > 0 ? ` (${count.names.join(", ")})` : "";
  return [bad(`${subject} stands in ${zones} only${known}`, fix)];
}

/** One list of several. */
export function joined(...lists: readonly ListLink[]): ListLink {
  const certain = [...new Set(lists.flatMap((list) => list.certain))];
  return {
    certain,
    possible: [...new Set(lists.flatMap(({ possible }) => possible))].filter((each) => !certain.includes(each)),
    someOfPossible: lists.some(({ someOfPossible }) => someOfPossible),
    outside: lists.flatMap((list) => list.outside),
    absent: lists.every(({ absent }) => absent),
  };
}

/** What a single reference means, as a list. `isOwn`: it belongs there for certain. */
export function listOf({ candidates, external, id, absent }: Link, isOwn = true): ListLink {
  const isCertain = isOwn && candidates.length === 1 && !external;
  return {
    certain: isCertain ? candidates : [],
    possible: isCertain ? [] : candidates,
    someOfPossible: isOwn && !isCertain && !external && candidates.length > 0,
    outside: external ? [id] : [],
    absent,
  };
}

/** Subnets each of which is certainly in another zone than the others. */
function apart(subnets: readonly Subnet[]): readonly Subnet[] {
  return subnets.reduce<Subnet[]>(
    (picked, each) => (picked.every((other) => sameZone(other, each) === "no") ? [...picked, each] : picked),
    [],
  );
}

/** One subnet for each zone that there may be. */
function together(subnets: readonly Subnet[]): readonly Subnet[] {
  return subnets.reduce<Subnet[]>(
    (picked, each) => (picked.some((other) => sameZone(other, each) === "yes") ? picked : [...picked, each]),
    [],
  );
}

const zoneKeys = ["availabilityZone", "availabilityZoneId"] as const;

/** The name or id of its zone, as a person reads it. */
export function zoneName({ resource, label: name }: Subnet): string {
  return zoneKeys.map((key) => given(resource, key)).find((value) => typeof value === "string") ?? `that of ${name}`;
}

function zoneless(subnets: readonly Subnet[]): readonly Check[] {
  const unnamed = subnets.filter(({ resource }) => zoneKeys.every((key) => typeof given(resource, key) !== "string"));
  if (unnamed.length > 0) return unnamed.map(({ resource }) => pending(`the zone of subnet ${label(resource)}`));
  const isOpen = subnets.some((one) => subnets.some((other) => sameZone(one, other) === "perhaps"));
  return isOpen ? [outside("which zones subnets of different accounts are in")] : [];
}
