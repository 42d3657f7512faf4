import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One package of a program and the version that is installed ("" when it isn't). */
export interface ProgramDependency {
  name: string;
  version: string;
}

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function manifest(directory: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}

/** What the nearest package.json asks for, with installed versions; `pulumi about` shows it. Empty without a package.json. */
export function programDependencies(directory: string): ProgramDependency[] {
  const folders = upwards(directory);
  const own = folders.map(manifest).find((found) => found !== undefined);
  const names = Object.keys({ ...own?.dependencies, ...own?.devDependencies }).sort();
  return names.map((name) => {
    const installed = folders.map((folder) => manifest(join(folder, "node_modules", name))?.version);
    return { name, version: installed.find((version) => version !== undefined) ?? "" };
  });
}
