import { isRecord } from "./wire";

/**
 * Deep equality of decoded values; `__defaults`, the provider's own note, is never part of a value. `null` and absent are the same:
 * the engine leaves out nulls inside objects when it sends a state back.
 */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right || (left ?? undefined) === (right ?? undefined)) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((element, index) => equal(element, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  keys.delete("__defaults");
  return [...keys].every((key) => equal(left[key], right[key]));
}
