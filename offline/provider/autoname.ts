import { IdSource } from "../ids";
import type { AutoName, Props } from "../model";
import type { Schema } from "../schema/load";
import type { ResourceShape } from "../schema/shape";

const HASH_LENGTH = 7;
/** What the provider's bridge allows where no length is set for the type. */
const DEFAULT_MAX_LENGTH = 255;

/** What the engine's `pulumi:autonaming` configuration asks for. */
export interface Autonaming {
  mode: "propose" | "enforce" | "disable";
  proposedName: string;
}

/** The bridge names everything that has an optional `name` which is always known afterwards. */
export function defaultAutoName(schema: Schema<ResourceShape>): AutoName | undefined {
  const input = schema.shape.inputs["name"];
  const output = schema.shape.outputs["name"];
  const applies = input?.t === "string" && input.r === undefined && output?.r === 1;
  return applies ? { property: "name", maxLength: DEFAULT_MAX_LENGTH } : undefined;
}

/**
 * `<logical name>-<7 hex digits>`; the logical name gives way where that is too long. `seed` names the generation of the
 * resource, so that previews and updates agree on the name, and a replacement has another one.
 */
function autoNameFor(rule: AutoName, logicalName: string, seed: string, inputs: Props): string {
  const ending = `-${new IdSource(seed).hex(HASH_LENGTH, "auto-name")}${rule.suffix?.(inputs) ?? ""}`;
  const transform = rule.transform ?? ((name: string): string => name);
  return transform(logicalName).slice(0, rule.maxLength - ending.length) + ending;
}

/** The name to fill in, or `undefined` where the engine's configuration forbids automatic names. */
export function chooseName(
  rule: AutoName,
  logicalName: string,
  seed: string,
  inputs: Props,
  configured: Autonaming | undefined,
): string | undefined {
  switch (configured?.mode) {
    case "disable":
      return undefined;
    case "enforce":
      return configured.proposedName;
    case "propose":
      return (rule.transform ?? String)(configured.proposedName).slice(0, rule.maxLength);
    case undefined:
      return autoNameFor(rule, logicalName, seed, inputs);
  }
}
