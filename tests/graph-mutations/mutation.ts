import type { Resource, Value } from "../../policies/reachability/resources";

/** One change of a graph that opens a path or removes a safeguard. */
export interface Mutation {
  /** What was done to what: "aws:ec2/route:Route main-edge: removed". */
  readonly title: string;
  /** The graph with it. */
  apply(): readonly Resource[];
}

export type Path = readonly (string | number)[];

/** A resource with another value at one place; the place's own lists and objects are made where they are missing. */
export function withValue(resource: Resource, path: Path, value: Value): Resource {
  return { ...resource, props: set(resource.props, path, value) as Resource["props"] };
}

/** What stands at a place; undefined where the way there ends early. */
export function valueAt(resource: Resource, path: Path): Value {
  return path.reduce<Value>(
    (found, key) =>
      found !== null && typeof found === "object" ? (found as Readonly<Record<string, Value>>)[key] : undefined,
    resource.props,
  );
}

function set(whole: Value, [key, ...rest]: Path, value: Value): Value {
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list = Array.isArray(whole) ? (whole as readonly Value[]) : [];
    return Array.from({ length: Math.max(list.length, key + 1) }, (_, at) =>
      at === key ? set(list[at], rest, value) : list[at],
    );
  }
  const object = (whole !== null && typeof whole === "object" ? whole : {}) as Readonly<Record<string, Value>>;
  return { ...object, [key]: set(object[key], rest, value) };
}

/** One resource exchanged for others. */
export function exchanged(
  graph: readonly Resource[],
  what: string,
  old: Resource,
  ...fresh: readonly Resource[]
): Mutation {
  return {
    title: `${old.type} ${old.name}: ${what}`,
    apply: () => graph.flatMap((each) => (each === old ? fresh : [each])),
  };
}

/** A resource more. */
export function added(graph: readonly Resource[], what: string, fresh: Resource): Mutation {
  return { title: `${fresh.type} added: ${what}`, apply: () => [...graph, fresh] };
}

export function ofType(graph: readonly Resource[], type: string): readonly Resource[] {
  return graph.filter((each) => each.type === type);
}

/** A resource that a mutation adds, as deployed: with an id, and with a tag, as everything has. */
export function resource(type: string, name: string, props: Readonly<Record<string, Value>>): Resource {
  const dependencies = Object.fromEntries(Object.keys(props).map((key) => [key, []]));
  const urn = `urn:pulumi:dev::dejima::${type}::${name}`;
  return { type, name, urn, props: { id: name, tags: { Name: name }, ...props }, propertyDependencies: dependencies };
}
