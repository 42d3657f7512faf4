import { UNKNOWN, type Value } from "./resources";

/** Every text in a value, however deep it stands; `isWhole` is false where some part isn't known. */
export function textsIn(value: Value): { readonly texts: readonly string[]; readonly isWhole: boolean } {
  if (value === UNKNOWN) return { texts: [], isWhole: false };
  if (typeof value === "string") return { texts: [value], isWhole: true };
  if (value === null || typeof value !== "object") return { texts: [], isWhole: true };
  const parts = Object.values(value as Readonly<Record<string, Value>>).map(textsIn);
  return { texts: parts.flatMap(({ texts }) => texts), isWhole: parts.every(({ isWhole }) => isWhole) };
}
