import { isDeepStrictEqual } from "node:util";
import type { RolePart } from "./base-machine";
import type { MachineFile } from "./cloud-config";

/**
 * One part out of several, in their order. The same file in two parts is one file; throws a RangeError when two parts disagree about
 * what a file holds.
 */
export function joinParts(...parts: readonly RolePart[]): Required<RolePart> {
  const files = joinFiles(parts.flatMap((part) => part.files));
  const artifacts = joinFiles(parts.flatMap((part) => part.artifacts ?? []));
  joinFiles([...files, ...artifacts]);
  return {
    packages: [...new Set(parts.flatMap((part) => part.packages))],
    files,
    artifacts,
    earlyCommands: parts.flatMap((part) => part.earlyCommands ?? []),
    commands: parts.flatMap((part) => part.commands),
  };
}

function joinFiles(files: readonly MachineFile[]): MachineFile[] {
  const byPath = new Map<string, MachineFile>();
  for (const file of files) {
    const other = byPath.get(file.path);
    if (other !== undefined && !isDeepStrictEqual(other, file)) {
      throw new RangeError(`two parts of a machine write ${file.path}, each something else`);
    }
    byPath.set(file.path, file);
  }
  return [...byPath.values()];
}
