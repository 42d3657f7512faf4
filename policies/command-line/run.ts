import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Surroundings } from "./surroundings";

/** The checkout, seen from `policies/dist/command-line`. Where the pack is installed on its own, nothing of this is there. */
const checkout = resolve(__dirname, "../../..");

/**
 * Runs a command in this process; its answer is the exit code, 3 for a fault of its own.
 *
 * @param script its name among npm's scripts: npm runs those in the package's folder, and tells where it was called.
 */
export function run(
  script: string,
  command: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
): void {
  const { INIT_CWD: calledIn, npm_lifecycle_event: running } = process.env;
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  command(process.argv.slice(2), {
    launcher: resolve(checkout, "offline/dist/main.js"),
    home: resolve(checkout, ".dejima"),
    env: process.env,
    folder: running === script && calledIn !== undefined ? calledIn : process.cwd(),
    isTerminal: process.stdout.isTTY,
    stdin: () => text(process.stdin),
    out: (written) => process.stdout.write(written),
    err: (written) => process.stderr.write(written),
  }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 3;
    },
  );
}
