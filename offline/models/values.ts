/** Typed reading of decoded property values. What is absent, unknown or of another type reads as `undefined`: never a refusal. */
import type { Props } from "../model";
import { UNKNOWN } from "../unknown";
import type { Thing } from "../world";

/** A known string that isn't empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== UNKNOWN ? value : undefined;
}

/** A known number; numbers in strings (`"80"`, as older states hold them) count. */
export function integer(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** True when the value is known to be true. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** True when something is given, be it unknown. */
export function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The known strings of a list; a list that is unknown as a whole has none. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item: unknown) => text(item) ?? []) : [];
}

/** The objects of a list; a list that is unknown as a whole has none. */
export function records(value: unknown): Props[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function isRecord(value: unknown): value is Props {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A thing's property: AWS's answer, else what was asked for. */
export function property(thing: Thing, name: string): unknown {
  return thing.outputs[name] ?? thing.inputs[name];
}

/** The value, or `fallback` where none is given; an unknown value stays unknown. */
export function orElse(value: unknown, fallback: unknown): unknown {
  return given(value) ? value : fallback;
}
