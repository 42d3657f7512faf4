import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Home } from "./home";
import type { Program } from "./program";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Removes the locks that a killed CLI of this machine left on the stack (Pulumi keeps them until `pulumi cancel`), and says so. A lock
 * of a running process, of another machine, or that can't be read is left to the CLI's own message.
 */
export function removeStaleLocks(home: Home, program: Program, stack: string, log: (line: string) => void): void {
  const folder = join(home.backend, ".pulumi", "locks", "organization", program.name, stack);
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  } catch {
    return; // Never locked.
  }
  for (const file of files) {
    const path = join(folder, file);
    try {
      const lock = JSON.parse(readFileSync(path, "utf8")) as { pid?: unknown; hostname?: unknown };
      if (lock.hostname !== hostname() || typeof lock.pid !== "number" || alive(lock.pid)) continue;
      rmSync(path);
      log(`Removed the lock of a Pulumi process that was killed (${lock.pid}).`);
    } catch {
      // Being written or removed right now.
    }
  }
}
