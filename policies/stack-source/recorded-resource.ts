import { z } from "zod";
import { parseValue, type Resource, UNKNOWN, type Value } from "../reachability/resources";
import { maskSecrets, secretProperties } from "./masked-secrets";

const properties = z.record(z.string(), z.unknown());

/** A resource as `pulumi stack export` and `pulumi preview --json` write it; only what is read here is checked. */
export const recordedResource = z.object({
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  /** `<URN of the provider>::<its id>` */
  provider: z.string().optional(),
  /** `project:///infra/network/vpc.ts#12,4`: by the project's folder, line and column from 1. */
  sourcePosition: z.string().nullish(),
  /** The calls that led there, the innermost first; `{}` is a call in a file of Node.js or of another project. */
  stackTrace: z.array(z.object({ sourcePosition: z.string().nullish() })).nullish(),
  /** Read by the program, not managed. */
  external: z.boolean().optional(),
  /** Left over from a replacement: about to go. */
  delete: z.boolean().optional(),
});

export type RecordedResource = z.infer<typeof recordedResource>;

/** The name in the program: everything behind the third "::" of the URN, for a name may have "::" in it. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Values as they come in a file, secrets masked. */
export function readProperties(raw: Readonly<Record<string, unknown>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, parseValue(maskSecrets(value))]));
}

/** @param props what is known of it, `id` among them. */
export function toResource(
  recorded: RecordedResource,
  props: Readonly<Record<string, Value>>,
  regions: ReadonlyMap<string, Value>,
): Resource {
  const provider = recorded.provider?.replace(/::[^:]*$/, "");
  // Every input is named, dependent or not: a property that isn't named counts as left to AWS.
  const inputs = Object.keys(recorded.inputs ?? {}).map((key) => [key, [] as readonly string[]] as const);
  const dependent = Object.entries(recorded.propertyDependencies ?? {}).map(
    ([key, urns]) => [key, urns ?? []] as const,
  );
  const secrets = secretProperties(recorded.inputs, recorded.outputs);
  const sourcePosition = positionOf(recorded);
  return {
    type: recorded.type,
    name: nameOf(recorded.urn),
    urn: recorded.urn,
    props,
    propertyDependencies: Object.fromEntries([...inputs, ...dependent]),
    ...(provider === undefined ? {} : { provider: { urn: provider, region: regions.get(provider) ?? UNKNOWN } }),
    ...(recorded.external === true ? { isRead: true as const } : {}),
    ...(secrets.size === 0 ? {} : { secrets }),
    ...(sourcePosition === undefined ? {} : { sourcePosition }),
  };
}

/** The innermost place in the program itself: what a package's component makes stands where the program makes the component. */
function positionOf({ sourcePosition, stackTrace }: RecordedResource): string | undefined {
  const places = [sourcePosition, ...(stackTrace ?? []).map((call) => call.sourcePosition)];
  return places.find((place) => typeof place === "string" && !place.includes("/node_modules/")) ?? undefined;
}

/** The Region of each provider, by URN. */
export function regionsOf(recorded: readonly RecordedResource[]): ReadonlyMap<string, Value> {
  return new Map(
    recorded
      .filter(({ type }) => type.startsWith("pulumi:providers:"))
      .map(({ urn, inputs, outputs }) => [urn, parseValue(maskSecrets(inputs?.region ?? outputs?.region))]),
  );
}
