import type { ChildProcess } from "node:child_process";

const GRACE_MS = 2000;

/** The processes that the language host has running, so that none outlives it. */
export class Children {
  private readonly running = new Set<ChildProcess>();

  /** Remembers a child until it ends. */
  add<Child extends ChildProcess>(child: Child): Child {
    this.running.add(child);
    const forget = (): void => {
      this.running.delete(child);
    };
    child.once("close", forget);
    child.once("error", forget);
    return child;
  }

  /** Asks every child to end, and kills the ones that are still there after two seconds. Resolves when all have ended. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.running].map(async (child) => {
        const ended = new Promise<void>((resolve) =>
          child.once("exit", () => {
            resolve();
          }),
        );
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill("SIGTERM");
        const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
        await ended;
        clearTimeout(timer);
      }),
    );
  }
}
