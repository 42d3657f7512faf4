/** Pulumi's sentinel for "not known in this preview" inside decoded properties. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True when nothing inside the value is unknown. `undefined` and `null` are known: they are absent. */
export function known(value: unknown): boolean {
  if (value === UNKNOWN) return false;
  if (Array.isArray(value)) return value.every(known);
  if (value !== null && typeof value === "object") return Object.values(value).every(known);
  return true;
}

/** The value without anything unknown inside: unknown properties and elements are left out, an unknown value is `undefined`. */
export function withoutUnknowns(value: unknown): unknown {
  if (value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.filter((element) => element !== UNKNOWN).map(withoutUnknowns);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== UNKNOWN);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutUnknowns(inner)]));
}
