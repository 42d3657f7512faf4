import type { Props } from "../model";
import { UNKNOWN } from "../unknown";
import { given, isRecord } from "./values";

function fill(value: unknown, fallback: unknown): unknown {
  if (!given(value)) return fallback;
  return isRecord(value) && isRecord(fallback) ? { ...value, ...filled(value, fallback) } : value;
}

/** What AWS (or the provider) answers for inputs that weren't given, at any depth of objects; what was given or is unknown stays. */
export function filled(inputs: Props, fallbacks: Props): Props {
  return Object.fromEntries(Object.entries(fallbacks).map(([key, fallback]) => [key, fill(inputs[key], fallback)]));
}

/** `make(value)` for known text, unknown for anything else. */
export function whenKnown(value: unknown, make: (text: string) => unknown): unknown {
  return typeof value === "string" && value !== UNKNOWN ? make(value) : UNKNOWN;
}
