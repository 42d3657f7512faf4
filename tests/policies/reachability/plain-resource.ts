import type { Resource, Value } from "../../../policies/reachability/resources";

/** A resource with its name as its id, unless `props` says otherwise. */
export function resource(
  type: string,
  name: string,
  props: Record<string, Value> = {},
  propertyDependencies: Record<string, readonly string[]> = {},
): Resource {
  return { type, name, urn: `${type}::${name}`, props: { id: name, ...props }, propertyDependencies };
}
