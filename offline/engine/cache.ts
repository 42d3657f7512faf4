import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { CLI, LANGUAGE_HOST, type Engine, type Maker, type Surroundings } from "./engine";
import { executable } from "./on-path";

const TEMPORARY = ".making-";
const RETRY_MS = 500;
/** A lock whose holder hasn't touched it for this long is a dead one's; holders touch theirs every third of it. */
const STALE_MS = 15_000;

/** `$XDG_CACHE_HOME/dejima/engine`, by default `~/.cache/dejima/engine`: outside node_modules, so that `npm ci` keeps it. */
export function defaultCacheDirectory(env: NodeJS.ProcessEnv): string {
  const base = env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "dejima", "engine");
}

/** Engines made before, a folder per version. A folder appears there whole or not at all. */
export class EngineCache {
  constructor(
    readonly directory: string,
    private readonly staleMs = STALE_MS,
  ) {}

  /** The engine of this version, if it is there. */
  get(version: string): Engine | undefined {
    const folder = join(this.directory, version);
    const whole = executable(join(folder, CLI)) && executable(join(folder, LANGUAGE_HOST));
    return whole ? { command: join(folder, CLI), version } : undefined;
  }

  /** Lets the maker fill a temporary folder beside and moves it to its place. Call it under the lock. Throws what the maker throws. */
  async make(maker: Maker, surroundings: Surroundings): Promise<Engine> {
    const temporary = mkdtempSync(join(this.directory, TEMPORARY));
    try {
      await maker.make(temporary, surroundings);
      for (const file of [CLI, LANGUAGE_HOST]) {
        if (!executable(join(temporary, file))) throw new Error(`it gave no ${file}`);
      }
      const folder = join(this.directory, maker.version);
      rmSync(folder, { recursive: true, force: true }); // What `get` found wanting.
      renameSync(temporary, folder);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    const engine = this.get(maker.version);
    if (engine === undefined) throw new Error(`${maker.version} vanished from ${this.directory}`);
    return engine;
  }

  /** Runs `work` while no other process makes an engine here; says so when it has to wait. */
  async locked<Result>(surroundings: Surroundings, work: () => Promise<Result>): Promise<Result> {
    mkdirSync(this.directory, { recursive: true });
    const release = await this.acquire(surroundings);
    try {
      // Under the lock every temporary folder is a killed run's.
      for (const entry of readdirSync(this.directory)) {
        if (entry.startsWith(TEMPORARY)) rmSync(join(this.directory, entry), { recursive: true, force: true });
      }
      return await work();
    } finally {
      await release().catch(() => undefined); // Another run took it for stale (a suspended machine): nothing is left to release.
    }
  }

  private async acquire(surroundings: Surroundings): Promise<() => Promise<void>> {
    for (let attempt = 0; ; attempt++) {
      surroundings.signal.throwIfAborted();
      try {
        return await lock(this.directory, {
          lockfilePath: join(this.directory, "making.lock"),
          stale: this.staleMs,
          update: this.staleMs / 3,
          // Harmless: what is made lies in a folder of its own until it is moved to its place in one step.
          onCompromised: () => undefined,
        });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
        if (attempt === 0) surroundings.stderr.write("Another run is getting the Pulumi CLI; waiting for it.\n");
        await pause(RETRY_MS);
      }
    }
  }
}
