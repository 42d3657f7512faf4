import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";

/** The Pulumi project that a command is about. */
export interface Program {
  name: string;
  /** Folder of its Pulumi.yaml. */
  directory: string;
  /** Folder of its `Pulumi.<stack>.yaml` files. */
  configDirectory: string;
}

function projectFile(directory: string): string | undefined {
  const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
  const found = names.map((name) => join(directory, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const parent = dirname(directory);
  return parent === directory ? undefined : projectFile(parent);
}

/** Finds the project as the CLI does, upwards from a folder. Undefined when there is none or it can't be read: the CLI says so itself. */
export function findProgram(directory: string): Program | undefined {
  const file = projectFile(resolve(directory));
  if (file === undefined) return undefined;
  let project: { name?: unknown; stackConfigDir?: unknown } | null;
  try {
    project = parse(readFileSync(file, "utf8")) as typeof project;
  } catch {
    return undefined;
  }
  if (typeof project?.name !== "string") return undefined;
  const folder = dirname(file);
  const { stackConfigDir } = project;
  return {
    name: project.name,
    directory: folder,
    configDirectory: typeof stackConfigDir === "string" ? resolve(folder, stackConfigDir) : folder,
  };
}
