import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files below a folder of this one, path to text; none when it isn't there. */
export function readGolden(folder: string): Map<string, string> {
  const root = join(__dirname, folder);
  if (!existsSync(root)) return new Map();
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Makes the folder hold these files and no others. */
export function writeGolden(folder: string, files: ReadonlyMap<string, string>): void {
  const root = join(__dirname, folder);
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
