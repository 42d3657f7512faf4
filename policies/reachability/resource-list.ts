import { parseValue, type Resource, type Value } from "./resources";

/** A resource as JSON has it: an item of a bare array, of a stack's state or of a plan. Unknown values are Pulumi's sentinels. */
export interface RawResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Absent before the resource exists. */
  readonly id?: string;
  /** Outputs, or inputs where these aren't known yet. */
  readonly props: Readonly<Record<string, unknown>>;
  /** Absent where the source doesn't say what stands behind a property. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** The provider that manages it: resources of one are in one account and Region. */
  readonly provider?: { readonly urn: string; readonly region?: string };
}

/** The resources that `readNetwork` takes. */
export function readResourceList(raw: readonly RawResource[]): readonly Resource[] {
  return raw.map(({ type, name, urn, id, props, propertyDependencies, provider }) => ({
    type,
    name,
    urn,
    props: { ...(id === undefined ? {} : { id }), ...(parseValue(props) as Record<string, Value>) },
    propertyDependencies: propertyDependencies ?? {},
    ...(provider === undefined ? {} : { provider: { urn: provider.urn, region: provider.region } }),
  }));
}
