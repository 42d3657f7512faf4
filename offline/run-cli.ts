import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Engine } from "./engine/engine";

/** The launcher was told to stop before the CLI had started. */
export class Interrupted extends Error {
  constructor(readonly signalName: NodeJS.Signals) {
    super(`Stopped by ${signalName}`);
    this.name = "Interrupted";
  }
}

/** What a shell reports for a process that a signal ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

export const STOP_SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs the CLI on the launcher's own terminal and returns its exit code.
 *
 * A Ctrl-C reaches the CLI from the terminal itself, which signals the whole foreground group: the launcher must outlive it, for the
 * CLI still needs its providers to cancel in order, and must not pass it on, for a second one makes the CLI stop at once. Without a
 * terminal the CLI gets a process group of its own, so that a signal to the launcher's group doesn't come twice: the launcher is the
 * one that is told, and passes it on. So it does with the other signals.
 */
export function runCli(
  engine: Engine,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(engine.command, args, { env, stdio: "inherit", detached: !terminal });
    const forward = (signal: NodeJS.Signals): void => {
      if (!(signal === "SIGINT" && terminal)) child.kill(signal);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, forward);
    const settle = (act: () => void): void => {
      for (const signal of STOP_SIGNALS) process.off(signal, forward);
      act();
    };
    child.once("error", (error) => {
      settle(() => {
        reject(new Error(`${engine.command} can't be started: ${error.message}`));
      });
    });
    child.once("exit", (code, signal) => {
      settle(() => {
        resolve(signal === null ? (code ?? 1) : exitCodeOf(signal));
      });
    });
  });
}
