import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Props } from "../../../offline/model";

/** What the real provider answered, see the README there; `undefined` where DEJIMA_GROUND_TRUTH isn't set. */
export function recordings(file: string): unknown[] | undefined {
  const folder = process.env["DEJIMA_GROUND_TRUTH"];
  const path = folder === undefined ? undefined : join(folder, "provider", file);
  if (path === undefined || !existsSync(path)) return undefined;
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

/** A recorded create. */
export interface Pair {
  type: string;
  inputs: Props;
  outputs: Props;
  id: string | null;
  kind: string;
  providerVersion: string | null;
  source?: string;
}
