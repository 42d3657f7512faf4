import type { IdSource } from "../ids";
import type { Created, Model, Place, Props } from "../model";
import type { Schema } from "../schema/load";
import type { ResourceShape } from "../schema/shape";
import { UNKNOWN } from "../unknown";
import type { Secrets } from "./wire";
import { isGlobal, serviceOf } from "./place";

/** Id, ARN and plausible computed values for a type without a model: enough for a preview. */
export function genericCreated(
  type: string,
  place: Place,
  inputs: Props,
  ids: IdSource,
  schema: Schema<ResourceShape>,
): Created {
  const service = serviceOf(type);
  const kind = type
    .slice(type.lastIndexOf(":") + 1)
    .replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? "" : "-") + letter.toLowerCase());
  const name = typeof inputs["name"] === "string" && inputs["name"] !== UNKNOWN ? inputs["name"] : undefined;
  const id = name ?? `${kind}-0${ids.hex(16)}`;
  const region = isGlobal(type) ? "" : place.region;
  const arn = `arn:${place.partition}:${service}:${region}:${place.accountId}:${kind}/${id}`;
  const outputs: Props = {};
  for (const [key, shape] of Object.entries(schema.shape.outputs)) {
    if (key in inputs || shape.r !== 1) continue;
    if (key === "arn") outputs[key] = arn;
    else if (shape.t === "string") outputs[key] = key in schema.shape.inputs ? "" : `${key}-${ids.hex(8, key)}`;
    else if (shape.t === "number") outputs[key] = 0;
    else if (shape.t === "boolean") outputs[key] = false;
    else if (shape.t.startsWith("[]")) outputs[key] = [];
    else if (shape.t.startsWith("{}")) outputs[key] = {};
  }
  return { id, outputs };
}

/** The whole state: inputs, the computed values over them, and what every type has. */
export function assemble(
  id: string,
  place: Place,
  inputs: Props,
  computed: Props,
  schema: Schema<ResourceShape>,
): Props {
  const outputs: Props = { ...inputs, ...computed, id };
  if (schema.shape.outputs["region"] !== undefined) outputs["region"] ??= place.region;
  if (schema.shape.outputs["tagsAll"] !== undefined) outputs["tagsAll"] ??= {};
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
}

/** What is always secret in a state: what the typings and the model name. */
export function secretOutputs(schema: Schema<ResourceShape>, model: Model | undefined): Secrets {
  const listed = Object.entries(schema.shape.outputs).filter(([, shape]) => shape.s === 1);
  const names = [...listed.map(([key]) => key), ...(model?.secretOutputs ?? [])];
  return Object.fromEntries(names.map((name) => [name, true]));
}

function knownPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.includes(UNKNOWN) ? UNKNOWN : value.map(knownPart);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownPart(inner)]));
}

/**
 * What the real provider returns for a create in a preview: the inputs as far as they are known, an empty id, nothing computed.
 * A list with an unknown element is unknown as a whole; unknown inside objects stays where it is.
 */
export function previewWithoutIds(inputs: Props): Props {
  const kept = Object.entries(inputs)
    .map(([key, value]) => [key, knownPart(value)] as const)
    .filter(([, value]) => value !== UNKNOWN);
  return { ...Object.fromEntries(kept), id: "" };
}
