import type { Props } from "../model";
import type { PropertyShapes, TypeText } from "../schema/shape";
import { isAsset, isRecord } from "./wire";

/** The key under which the bridge notes which properties of an object it filled in. */
export const DEFAULTS = "__defaults";

/** Which properties of checked inputs were filled in. */
export function defaulted(inputs: Props): Set<string> {
  const noted = inputs[DEFAULTS];
  return new Set(Array.isArray(noted) ? noted.filter((name) => typeof name === "string") : []);
}

/** A value without the notes, at any depth: what models and outputs get. */
function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (!isRecord(value) || isAsset(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== DEFAULTS)
      .map(([key, inner]) => [key, withoutNotes(inner)]),
  );
}

/** Inputs without the notes. */
export function plainInputs(inputs: Props): Props {
  return withoutNotes(inputs) as Props;
}

function noteValue(value: unknown, type: TypeText, types: Record<string, PropertyShapes>): unknown {
  if (Array.isArray(value)) return value.map((element) => noteValue(element, type.replace(/^\[\]/, ""), types));
  const shapes = type.startsWith("#") ? types[type.slice(1)] : undefined;
  if (shapes === undefined || !isRecord(value) || isAsset(value)) return value;
  return { [DEFAULTS]: [], ...noteAll(value, shapes, types) };
}

function noteAll(value: Props, shapes: PropertyShapes, types: Record<string, PropertyShapes>): Props {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, noteValue(inner, shapes[key]?.t ?? "any", types)]),
  );
}

/** Adds the notes as the bridge does: at the top and in every object of a declared type, but not in maps. */
export function withNotes(
  inputs: Props,
  filledIn: readonly string[],
  shapes: PropertyShapes,
  types: Record<string, PropertyShapes>,
): Props {
  return { [DEFAULTS]: [...filledIn].sort(), ...noteAll(inputs, shapes, types) };
}

/** Fills defaults into the objects that stand at these dotted paths and notes them there; objects that weren't given stay absent. */
export function fillNested(inputs: Props, defaults: Readonly<Record<string, Props>>): Props {
  return Object.entries(defaults).reduce<Props>(
    (filled, [path, values]) => fillAt(filled, path.split("."), values) as Props,
    inputs,
  );
}

function fillAt(value: unknown, path: readonly string[], values: Props): unknown {
  if (Array.isArray(value)) return value.map((element) => fillAt(element, path, values));
  if (!isRecord(value) || isAsset(value)) return value;
  const [first, ...rest] = path;
  if (first !== undefined) return first in value ? { ...value, [first]: fillAt(value[first], rest, values) } : value;
  const missing = Object.entries(values).filter(([key]) => value[key] === undefined);
  const noted = [...defaulted(value), ...missing.map(([key]) => key)].sort();
  return { ...value, ...Object.fromEntries(missing), [DEFAULTS]: noted };
}
