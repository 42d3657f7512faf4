import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { AutoName, Model, Props } from "../model";
import type { Schema } from "../schema/load";
import type { ResourceShape } from "../schema/shape";

const HASH_LENGTH = 7;
/** What pulumi-aws sets for every type that it has no other setting for. */
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

/** The rule for a resource with these inputs; `undefined` for types that have no name. */
export function autoNameRule(
  model: Model | undefined,
  schema: Schema<ResourceShape>,
  inputs: Props,
): AutoName | undefined {
  const own = model?.autoName;
  return (typeof own === "function" ? own(inputs) : own) ?? defaultAutoName(schema);
}

/**
 * `<logical name>-<7 hex digits>`. `seed` names the generation of the resource, so that previews and updates agree on the name, and
 * a replacement has another one. @throws AwsError when it would be too long, in the bridge's words.
 */
function autoNameFor(rule: AutoName, logicalName: string, seed: string, inputs: Props): string {
  const { separator = "-", digits = HASH_LENGTH, maxLength } = rule;
  const start = (rule.transform?.(logicalName) ?? logicalName) + separator;
  if (start.length + digits > maxLength) {
    throw new AwsError(
      "ProviderCheck",
      `name '${start}' plus ${digits} random chars is longer than maximum length ${maxLength}: choose a shorter logical name, or set ${rule.property}`,
      rule.property,
    );
  }
  return start + new IdSource(seed).hex(digits, "auto-name") + (rule.suffix?.(inputs) ?? "");
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
