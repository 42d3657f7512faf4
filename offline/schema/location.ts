import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Raised whenever the form of the files changes, so that old ones aren't read. */
const FORMAT = 1;

/** The installed `@pulumi/aws`, whose typings are the source. */
export function awsPackage(): { directory: string; version: string } {
  const manifest = require.resolve("@pulumi/aws/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return { directory: dirname(manifest), version };
}

/** Where the derived files lie: beside the compiled sources, whether this runs compiled or not. */
export function schemaDirectory(version: string): string {
  const compiled = basename(dirname(__dirname)) === "dist";
  return resolve(__dirname, compiled ? ".." : "../dist", "schema-data", `${version}-${FORMAT}`);
}

/** Written last, so that an interrupted derivation is seen as missing. */
export function completionMark(directory: string): string {
  return join(directory, "complete");
}

export function isDerived(version: string): boolean {
  return existsSync(completionMark(schemaDirectory(version)));
}
