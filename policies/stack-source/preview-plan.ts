import { z } from "zod";
import { type Resource, UNKNOWN, type Value } from "../reachability/resources";
import { BadInput } from "../command-line/bad-input";
import { readProperties, type RecordedResource, recordedResource, regionsOf, toResource } from "./recorded-resource";

const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: recordedResource.optional(),
  newState: recordedResource.optional(),
});

/** What `pulumi preview --json` prints. */
export const previewPlan = z.object({
  steps: z.array(step).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
  diagnostics: z.array(z.object({ message: z.string().optional(), severity: z.string().optional() })).nullish(),
});

export type PreviewPlan = z.infer<typeof previewPlan>;

/** Steps after which the resource isn't there. What takes its place in a replacement is told by other steps of the same URN. */
const REMOVING = new Set(["delete", "delete-replaced", "read-discard", "discard-replaced", "remove-pending-replace"]);

/** Steps of resources that the program only reads. */
const READING = new Set(["read", "read-replacement"]);

/** Steps that leave the resource its id and what AWS filled in. */
const KEEPING = new Set(["same", "update", "read", "refresh"]);

/**
 * The resources as they will be. `existing` is the state before, for what the preview leaves out as unchanged; without it such a preview
 * is refused, for a network with holes would be answered. So is one that failed.
 */
export function readPlan(plan: PreviewPlan, existing?: readonly Resource[]): readonly Resource[] {
  const failure = plan.diagnostics?.find(({ severity }) => severity === "error");
  if (failure !== undefined) {
    throw new BadInput([`--plan: the preview failed, so it isn't complete: ${(failure.message ?? "").trim()}`]);
  }
  const steps = plan.steps ?? [];
  const left = (plan.changeSummary?.["same"] ?? 0) - steps.filter(({ op }) => op === "same").length;
  if (existing === undefined && left > 0) {
    throw new BadInput([
      `--plan: the preview leaves out ${left === 1 ? "1 unchanged resource" : `${left} unchanged resources`}. ` +
        "Give the state before as well (--state FILE or --stack NAME), or make it with `pulumi preview --json --show-sames`.",
    ]);
  }
  const regions = regionsOf(steps.flatMap(({ newState }) => newState ?? []));
  const planned = new Map<string, Resource>();
  for (const { op, urn, oldState, newState } of steps) {
    if (newState === undefined || REMOVING.has(op)) continue;
    const props = KEEPING.has(op) ? changed(oldState ?? newState, newState) : created(newState);
    const isRead = newState.external === true || READING.has(op);
    planned.set(urn, toResource({ ...newState, external: isRead }, props, regions));
  }
  const told = new Set(steps.map(({ urn }) => urn));
  return [...(existing ?? []).filter(({ urn }) => !told.has(urn)), ...planned.values()];
}

/** Outputs aren't told before a resource exists. */
function created({ inputs }: RecordedResource): Record<string, Value> {
  return { id: UNKNOWN, ...readProperties(inputs ?? {}) };
}

/** What the program no longer gives may be anything; the rest that AWS filled in stays. */
function changed(before: RecordedResource, after: RecordedResource): Record<string, Value> {
  const { inputs = {} } = after;
  const dropped = Object.keys(before.inputs ?? {}).filter((key) => !(key in inputs));
  const id = after.id ?? before.id;
  return {
    ...readProperties(before.outputs ?? {}),
    ...Object.fromEntries(dropped.map((key) => [key, UNKNOWN])),
    ...readProperties({ ...after.outputs, ...inputs }),
    ...(id === undefined ? {} : { id }),
  };
}
