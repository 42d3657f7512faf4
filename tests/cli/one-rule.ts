import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The options that have the pack judge by one rule alone: what else a small test program lacks isn't what its test is about. */
export function oneRule(home: string, rule: string, settings: object = {}): string[] {
  const file = join(home, `${rule}.json`);
  writeFileSync(file, JSON.stringify({ all: "disabled", [rule]: { enforcementLevel: "mandatory", ...settings } }));
  return ["--policy-pack-config", file];
}
