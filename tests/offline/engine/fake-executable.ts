import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Maker, Surroundings } from "../../../offline/engine/engine";

/** Writes an executable shell script and returns its path. */
export function fakeExecutable(directory: string, name: string, body: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

/** Surroundings whose PATH is the given folders (so that an installed CLI isn't seen), and which remember what was shown. */
export function surroundings(
  folders: string[],
  signal = new AbortController().signal,
): Surroundings & { shown: () => string } {
  let text = "";
  return {
    env: { PATH: folders.join(":") },
    signal,
    stderr: { write: (part: string) => (text += part) },
    shown: () => text,
  };
}

/** A maker that writes both executables, or throws. */
export function fakeMaker(version: string, before: () => void = () => undefined): Maker {
  return {
    name: `make ${version}`,
    version,
    make(directory) {
      before();
      fakeExecutable(directory, "pulumi", `echo v${version}`);
      fakeExecutable(directory, "pulumi-language-nodejs", "");
      return Promise.resolve();
    },
  };
}
