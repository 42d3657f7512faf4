import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs a script with none but these commands, which only note how they are called, and gives the calls. `failing` are those that fail;
 * whatever else the script calls isn't found, and its shell's own commands work as ever.
 */
export function callsOf(script: string, commands: readonly string[], failing: readonly string[] = []): string[] {
  const directory = mkdtempSync(join(tmpdir(), "dejima-script-"));
  const noted = join(directory, "noted");
  try {
    for (const command of commands) {
      const file = join(directory, command);
      const status = failing.includes(command) ? 1 : 0;
      writeFileSync(file, `#!/bin/sh\necho "${command} $*" >>${noted}\nexit ${status}\n`);
      chmodSync(file, 0o755);
    }
    spawnSync("/bin/sh", ["-s"], { input: script, env: { PATH: directory } });
    return existsSync(noted) ? readFileSync(noted, "utf8").trim().split("\n") : [];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
