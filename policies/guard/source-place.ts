import { posix } from "node:path";

/** A place in a file of the program. */
export interface SourcePlace {
  /** By the folder where the command runs, with "/" on every system. */
  readonly file: string;
  /** From 1, as the column. */
  readonly line: number;
  readonly column: number | undefined;
}

/**
 * Reads Pulumi's `project:///infra/vpc.ts#12,4`; undefined for anything else.
 *
 * @param project the project's folder by the one where the command runs, "" where it is the same.
 */
export function sourcePlaceOf(position: string | undefined, project: string): SourcePlace | undefined {
  const [, path, line, column] = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(position ?? "") ?? [];
  if (path === undefined || line === undefined || Number(line) < 1) return undefined;
  return {
    file: posix.join(project, decoded(path)),
    line: Number(line),
    column: column === undefined || Number(column) < 1 ? undefined : Number(column),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `infra/vpc.ts:12:4`, which terminals and editors follow. */
export function placeText({ file, line, column }: SourcePlace): string {
  return [file, line, ...(column === undefined ? [] : [column])].join(":");
}
