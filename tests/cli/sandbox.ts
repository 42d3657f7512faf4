import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

export interface RunResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output and standard error in the order they came. */
  output: string;
  stdout: string;
}

/** One resource as `pulumi stack export` writes it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** One thing as the world file holds it. */
export interface WorldThing {
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** The embedded AWS with a state and a world of its own, driven by the real CLI through our launcher. */
export class Sandbox {
  readonly home = mkdtempSync(join(tmpdir(), "dejima-cli-"));

  /** Starts `npm run offline -- ...args` without npm in between; `detached`: as the leader of a process group of its own. */
  start(
    args: string[],
    env: NodeJS.ProcessEnv = {},
    detached = false,
  ): { child: ChildProcess; done: Promise<RunResult> } {
    const child = spawn(process.execPath, [join(root, "offline/dist/main.js"), ...args], {
      cwd: root,
      env: { ...process.env, DEJIMA_HOME: this.home, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached,
    });
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const done = new Promise<RunResult>((resolveResult, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        resolveResult({ code, signal, output, stdout });
      });
    });
    return { child, done };
  }

  run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return this.start(args, env).done;
  }

  /** Runs and throws, with the whole output, unless the exit code is 0. */
  async succeed(args: string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    const result = await this.run(args, env);
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} exited with ${result.code}:\n${result.output}`);
    return result;
  }

  /** Resources of the stack's state. */
  async resources(stack: string, at: string[] = []): Promise<StateResource[]> {
    const { stdout } = await this.succeed(["stack", "export", "-s", stack, ...at]);
    return (JSON.parse(stdout) as { deployment: { resources?: StateResource[] } }).deployment.resources ?? [];
  }

  worldFile(project: string, stack: string): string {
    return join(this.home, "world", project, `${stack}.json`);
  }

  world(project: string, stack: string): { things: WorldThing[] } {
    return JSON.parse(readFileSync(this.worldFile(project, stack), "utf8")) as never;
  }

  writeWorld(project: string, stack: string, world: unknown): void {
    writeFileSync(this.worldFile(project, stack), JSON.stringify(world, null, 2));
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** @throws Error after three minutes. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 3600; tries++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited three minutes for ${what}`);
}
