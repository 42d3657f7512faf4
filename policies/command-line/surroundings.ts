import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { BadInput } from "./bad-input";
import type { Origin } from "../stack-source/document";
import type { Places } from "../stack-source/stack-state";

/** What the command touches of the process it runs in. */
export interface Surroundings extends Pick<Places, "launcher" | "home" | "env"> {
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly isTerminal: boolean;
  readonly stdin: () => Promise<string>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The text of a file, or of standard input for "-". */
export async function textOf(option: Origin["option"], file: string, { stdin, folder }: Surroundings): Promise<string> {
  if (file === "-") return stdin();
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    throw new BadInput([`${option}: ${file} can't be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
