import type { IdSource } from "../ids";

const START = Date.UTC(2026, 0, 1);
const YEAR = 31_536_000;

/** When AWS made it: the same in a preview and in the update after it, so that nothing seems to change. RFC 3339. */
export function madeAt(ids: IdSource): string {
  return new Date(START + ids.integer(0, YEAR, "madeAt") * 1000).toISOString().replace(".000Z", "Z");
}
