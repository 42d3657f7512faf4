import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { defaultCacheDirectory, EngineCache } from "../../../offline/engine/cache";
import { fakeMaker, surroundings } from "./fake-executable";
import { temporaryFolder } from "../../temporary-folder";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs maker-process.ts in a process of its own. */
function make(cache: string, log: string): { pid: number; done: Promise<Ended> } {
  const script = join(__dirname, "maker-process.ts");
  const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", script, cache, log]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const done = new Promise<Ended>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { pid: child.pid ?? 0, done };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("the cache of engines", () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("lies in XDG_CACHE_HOME, by default in ~/.cache, outside node_modules", () => {
    assert.equal(defaultCacheDirectory({ XDG_CACHE_HOME: "/x" }), "/x/dejima/engine");
    assert.match(defaultCacheDirectory({}), /\/\.cache\/dejima\/engine$/);
    assert.match(defaultCacheDirectory({ XDG_CACHE_HOME: "" }), /\/\.cache\/dejima\/engine$/);
  });

  it("gives back what was made, by version", async () => {
    const cache = new EngineCache(root);
    const around = surroundings([]);
    const made = await cache.locked(around, () => cache.make(fakeMaker("3.300.0"), around));
    assert.deepEqual(made, { command: join(root, "3.300.0", "pulumi"), version: "3.300.0" });
    assert.deepEqual(cache.get("3.300.0"), made);
    assert.equal(cache.get("3.301.0"), undefined);
  });

  it("keeps nothing of a maker that fails half-way", async () => {
    const cache = new EngineCache(root);
    const around = surroundings([]);
    const failing = fakeMaker("3.300.0", () => {
      throw new Error("disk full");
    });
    await assert.rejects(
      cache.locked(around, () => cache.make(failing, around)),
      /disk full/,
    );
    assert.deepEqual(readdirSync(root), []);
  });

  it("refuses a maker that gives no language host", async () => {
    const cache = new EngineCache(root);
    const around = surroundings([]);
    const maker = fakeMaker("3.300.0");
    const half = {
      ...maker,
      make: async (...args: Parameters<typeof maker.make>) => {
        await maker.make(...args);
        rmSync(join(args[0], "pulumi-language-nodejs"));
      },
    };
    await assert.rejects(
      cache.locked(around, () => cache.make(half, around)),
      /it gave no pulumi-language-nodejs/,
    );
    assert.equal(cache.get("3.300.0"), undefined);
  });

  it("replaces a folder that isn't whole, and clears what a killed run left", async () => {
    mkdirSync(join(root, "3.300.0"));
    mkdirSync(join(root, ".making-killed"));
    const cache = new EngineCache(root);
    const around = surroundings([]);
    await cache.locked(around, () => cache.make(fakeMaker("3.300.0"), around));
    assert.deepEqual(readdirSync(root), ["3.300.0"]);
    assert.ok(cache.get("3.300.0"));
  });

  it("makes one engine when two runs start at once, and the other says that it waits", async function () {
    this.timeout(30_000);
    const log = join(root, "log");
    const cache = join(root, "cache");
    const ended = await Promise.all([make(cache, log).done, make(cache, log).done]);
    assert.deepEqual(
      ended.map(({ code, stdout }) => [code, stdout.trim()]),
      [0, 1].map(() => [0, join(cache, "3.300.0", "pulumi")]),
    );
    assert.equal(readFileSync(log, "utf8").trim().split("\n").length, 1, "only one run may make it");
    assert.match(ended.map(({ stderr }) => stderr).join(""), /Another run is getting the Pulumi CLI; waiting for it/);
  });

  it("takes over from a run that was killed while it held the lock", async function () {
    this.timeout(30_000);
    const log = join(root, "log");
    const cache = join(root, "cache");
    const first = make(cache, log);
    await until(() => existsSync(log));
    process.kill(first.pid, "SIGKILL");
    await first.done;
    const lock = join(cache, "making.lock");
    assert.ok(existsSync(lock), "a killed run leaves its lock");
    utimesSync(lock, new Date(0), new Date(0)); // As if it had been left long ago.
    const second = await make(cache, log).done;
    assert.equal(second.code, 0, second.stderr);
    assert.deepEqual(readdirSync(cache), ["3.300.0"]);
  });
});
