import type { Resource } from "./resources";
import type { Subnet } from "./vpcs";

interface Placed {
  readonly subnet: Subnet;
  readonly place: number;
}

const indexes = new WeakMap<readonly Subnet[], ReadonlyMap<Resource, Placed>>();

/** The subnets that some resources are, in the network's order. */
export function subnetsAmong(subnets: readonly Subnet[], resources: readonly Resource[]): readonly Subnet[] {
  const known = indexes.get(subnets) ?? new Map(subnets.map((subnet, place) => [subnet.resource, { subnet, place }]));
  indexes.set(subnets, known);
  return [...new Set(resources)]
    .flatMap((resource) => known.get(resource) ?? [])
    .sort((a, b) => a.place - b.place)
    .map(({ subnet }) => subnet);
}
