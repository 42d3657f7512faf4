import { type Resource, UNKNOWN, type Value } from "../../policies/reachability/resources";

/** A place in the properties of a resource, as a path of keys. */
export type Path = readonly string[];

/** Every place: each property, and each item and property of a property inside it. */
export function places(value: Value, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== "object") return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** The resource with one value unknown; a place that an earlier hiding swallowed changes nothing. */
export function hide(resource: Resource, path: Path): Resource {
  const within = (value: Value, [next, ...more]: Path): Value => {
    if (next === undefined) return UNKNOWN;
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((each: Value, at) => (String(at) === next ? within(each, more) : each));
    const object = value as Readonly<Record<string, Value>>;
    return { ...object, [next]: within(object[next], more) };
  };
  return { ...resource, props: within(resource.props, path) as Resource["props"] };
}

export function hideOne(resources: readonly Resource[], at: number, path: Path): readonly Resource[] {
  return resources.map((resource, index) => (index === at ? hide(resource, path) : resource));
}

/** As a source shows them that doesn't say what depends on what. */
export function withoutDependencies(resources: readonly Resource[]): readonly Resource[] {
  return resources.map((resource) => ({ ...resource, propertyDependencies: {} }));
}
