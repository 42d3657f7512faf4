import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineFile } from "../instances/cloud-config";

const SOURCE = join(__dirname, "migrations");

/** Where dejima-migrate finds them. */
export const MIGRATIONS = "/usr/local/share/dejima/migrations";

/**
 * The migrations of the database, in their order, as files of a machine. They are called `NNNN-words.sql`, numbered from 0001 without a
 * gap; one that has been applied anywhere is never changed again. Throws a RangeError that names whatever is called otherwise.
 */
export function migrations(): MachineFile[] {
  const names = readdirSync(SOURCE).sort();
  checkNames(names);
  return names.map((name) => ({ path: `${MIGRATIONS}/${name}`, content: readFileSync(join(SOURCE, name), "utf8") }));
}

/** `names` in their order. */
export function checkNames(names: readonly string[]): void {
  const wrong = names.filter(
    (name, index) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name) || Number(name.slice(0, 4)) !== index + 1,
  );
  if (wrong.length > 0) {
    throw new RangeError(
      `migrations are called NNNN-words.sql and numbered from 0001 without a gap, and these aren't: ${wrong.join(", ")}`,
    );
  }
}
