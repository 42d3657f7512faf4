import { spawn } from "node:child_process";

/** How one command is run. */
export interface CommandOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Aborting it ends the command with everything that it started; the call then throws the signal's reason. */
  signal: AbortSignal;
  /** After this many milliseconds the command is ended as if it had failed. Default: never. */
  timeoutMs?: number;
  /** Called for each line of both outputs, as it comes. */
  onLine?: (line: string) => void;
}

/** A command that couldn't be started, failed, or took too long; the message ends with the last lines that it wrote. */
export class CommandFailed extends Error {
  constructor(
    command: string,
    what: string,
    output: string,
    /** True when there is no such program. */
    readonly missing = false,
  ) {
    const said = output.trim().split("\n").slice(-5).join("\n").trim();
    super(`${command} ${what}${said === "" ? "" : `: ${said}`}`);
  }
}

/**
 * Runs a command without a terminal and returns what it wrote to standard output. Throws `CommandFailed`.
 *
 * It gets a process group of its own, so that ending it ends the compilers and downloads below it as well.
 */
export function run(command: string, args: string[], options: CommandOptions): Promise<string> {
  options.signal.throwIfAborted();
  const label = [command, args[0]].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: options.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let output = "";
    let timedOut = false;
    const endGroup = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // The group has ended by itself.
      }
    };
    const timer = setTimeout(
      () => {
        timedOut = true;
        endGroup();
      },
      options.timeoutMs ?? 2 ** 31 - 1,
    );
    options.signal.addEventListener("abort", endGroup);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", endGroup);
      act();
    };

    let partial = "";
    const take = (text: string): void => {
      output += text;
      const lines = (partial + text).split("\n");
      partial = lines.pop() ?? "";
      for (const line of lines) options.onLine?.(line);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      take(text);
    });
    child.stderr.setEncoding("utf8").on("data", take);

    child.once("error", (error: NodeJS.ErrnoException) => {
      settle(() => {
        const missing = error.code === "ENOENT";
        reject(
          new CommandFailed(command, missing ? "is not installed" : `can't be started (${error.message})`, "", missing),
        );
      });
    });
    child.once("close", (code, killedBy) => {
      settle(() => {
        if (options.signal.aborted) reject(options.signal.reason as Error);
        else if (timedOut)
          reject(new CommandFailed(label, `took longer than ${(options.timeoutMs ?? 0) / 1000} s`, output));
        else if (code !== 0)
          reject(new CommandFailed(label, `failed (${killedBy ?? `exit code ${String(code)}`})`, output));
        else resolve(stdout);
      });
    });
  });
}
