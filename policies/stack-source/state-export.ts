import { z } from "zod";
import type { Resource } from "../reachability/resources";
import { readProperties, recordedResource, regionsOf, toResource } from "./recorded-resource";

/** What `pulumi stack export` prints (versions 3 and 4 of the format differ in nothing that is read here). */
export const stateExport = z.object({
  version: z.number(),
  deployment: z.object({ resources: z.array(recordedResource).nullish() }),
});

/** The resources of a state: their outputs, for a provider repeats the inputs among them. */
export function readState({ deployment }: z.infer<typeof stateExport>): readonly Resource[] {
  const present = (deployment.resources ?? []).filter((each) => each.delete !== true);
  const regions = regionsOf(present);
  return present.map((each) => {
    const { id } = each;
    const props = readProperties({ ...each.inputs, ...each.outputs, ...(id === undefined ? {} : { id }) });
    return toResource(each, props, regions);
  });
}
