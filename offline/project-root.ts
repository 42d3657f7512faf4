import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function rootAbove(directory: string): string {
  if (existsSync(join(directory, "package.json"))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`No package.json above ${__dirname}`);
  return rootAbove(parent);
}

/** The checkout of Dejima, the same from the sources and from `offline/dist`. */
export const projectRoot = rootAbove(__dirname);
