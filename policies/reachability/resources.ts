/** Stands for a value that a preview can't know yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");

export type Value =
  undefined | null | string | number | boolean | typeof UNKNOWN | readonly Value[] | { readonly [key: string]: Value };

/** A resource as every source can give it: a policy's stack, a state file, a preview's JSON, a bare array. */
export interface Resource {
  /** Pulumi's token, such as "aws:ec2/subnet:Subnet". */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Outputs where they are known, else inputs; `id` among them. */
  readonly props: Readonly<Record<string, Value>>;
  /** URNs behind each property that the program gave. Empty where the source doesn't say (a bare array). */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** What manages it: resources of one provider are in one account. Undefined where the source doesn't say. */
  readonly provider?: { readonly urn: string; readonly region: Value };
  /** The program only reads it (`get`): what belongs to it (routes, associations, attachments, listeners) may be kept by others. */
  readonly isRead?: true;
  /** Properties that Pulumi keeps as secrets, wholly or in part. Only files say so; the SDK hands policies the values in clear, unmarked. */
  readonly secrets?: ReadonlySet<string>;
  /** Where the program makes it, as `project:///infra/network/vpc.ts#12,4`. Undefined where the source doesn't say. */
  readonly sourcePosition?: string;
}

/** Pulumi's wire sentinels for unknown values, as `pulumi preview --json` prints them. */
const sentinels = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** JSON as Pulumi writes it, with its sentinels turned into `UNKNOWN`. */
export function parseValue(raw: unknown): Value {
  if (typeof raw === "string") return sentinels.has(raw) ? UNKNOWN : raw;
  if (Array.isArray(raw)) return raw.map(parseValue);
  if (raw !== null && typeof raw === "object") {
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, parseValue(value)]));
  }
  return typeof raw === "number" || typeof raw === "boolean" ? raw : undefined;
}

/** Does the source say which resources stand behind which property? */
export function hasDependencies(resource: Resource): boolean {
  return Object.keys(resource.propertyDependencies).length > 0;
}

/**
 * A property that a program may leave out. In a preview such a property comes back unknown when AWS would fill it in (`routes`, `egress`);
 * the SDK names every property that the program gave among the dependencies, so one that isn't there wasn't given.
 */
export function given(resource: Resource, key: string): Value {
  const value = resource.props[key];
  if (value === UNKNOWN && hasDependencies(resource) && resource.propertyDependencies[key] === undefined)
    return undefined;
  return value === null || value === "" ? undefined : value;
}

/** The known id; a preview of a new resource has none, which providers spell as unknown, empty or missing. */
function knownId(resource: Resource): string | undefined {
  const id = resource.props.id;
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** How a person would name it: by the id if it has one, else by its name in the program. */
export function label(resource: Resource): string {
  return knownId(resource) ?? `"${resource.name}"`;
}

/** A list: its items, or UNKNOWN when the list itself isn't known; nothing given is no items. */
export function items(value: Value): readonly Value[] | typeof UNKNOWN {
  if (value === UNKNOWN) return UNKNOWN;
  if (isList(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Every item of a list; a list that isn't known is one item that isn't known. */
export function elements(value: Value): readonly Value[] {
  const list = items(value);
  return list === UNKNOWN ? [list] : list;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** A property of an item of an inline list; an item that isn't known has no known property. */
export function field(item: Value, key: string): Value {
  if (item === UNKNOWN) return UNKNOWN;
  if (item === null || typeof item !== "object" || isList(item)) return undefined;
  const value = item[key];
  return value === "" || value === null ? undefined : value;
}
