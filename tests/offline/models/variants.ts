import { UNKNOWN } from "../../../offline/unknown";

/** The inputs with one value, at any depth, not known yet; one variant for each value. */
export function variants(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return [UNKNOWN, ...list.flatMap((item, index) => variants(item).map((other) => list.with(index, other)))];
  }
  if (value === null || typeof value !== "object") return [UNKNOWN];
  const entries = Object.entries(value);
  return [UNKNOWN, ...entries.flatMap(([key, item]) => variants(item).map((other) => ({ ...value, [key]: other })))];
}
