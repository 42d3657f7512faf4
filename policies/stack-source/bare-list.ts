import { z } from "zod";
import type { Resource } from "../reachability/resources";
import { readProperties } from "./recorded-resource";

/**
 * `[{type, name, urn, id, props}]`: for resources that come from elsewhere. A missing `urn` is made of type and name; `provider: {urn, region?}`
 * tells accounts and Regions apart.
 */
export const bareList = z.array(
  z.object({
    type: z.string(),
    name: z.string(),
    urn: z.string().optional(),
    id: z.string().nullish(),
    props: z.record(z.string(), z.unknown()),
    propertyDependencies: z.record(z.string(), z.array(z.string())).optional(),
    provider: z.object({ urn: z.string(), region: z.string().optional() }).optional(),
  }),
);

export type BareResource = z.infer<typeof bareList>[number];

export function readBareList(list: readonly BareResource[]): readonly Resource[] {
  return list.map(({ type, name, urn, id, props, propertyDependencies, provider }) => ({
    type,
    name,
    urn: urn ?? `urn:pulumi:list::list::${type}::${name}`,
    props: readProperties({ ...props, ...(id === undefined || id === null ? {} : { id }) }),
    propertyDependencies: propertyDependencies ?? {},
    ...(provider === undefined ? {} : { provider: { urn: provider.urn, region: provider.region } }),
  }));
}
