import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { EngineCache } from "../../../offline/engine/cache";
import type { Maker } from "../../../offline/engine/engine";
import { findEngine, NoEngineError } from "../../../offline/engine/find";
import { fakeExecutable, fakeMaker, surroundings } from "./fake-executable";
import { temporaryFolder } from "../../temporary-folder";

describe("finding the Pulumi CLI", () => {
  let root: string;
  let tried: string[];
  beforeEach(() => {
    root = temporaryFolder();
    tried = [];
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const maker = (name: string, version: string, failure?: string): Maker => ({
    ...fakeMaker(version, () => {
      tried.push(name);
      if (failure !== undefined) throw new Error(failure);
    }),
    name,
  });
  const cache = (): EngineCache => new EngineCache(join(root, "cache"));

  it("takes the one on PATH before anything else", async () => {
    fakeExecutable(join(root, "bin"), "pulumi", "echo v3.310.0");
    fakeExecutable(join(root, "bin"), "pulumi-language-nodejs", "");
    const engine = await findEngine(surroundings([join(root, "bin")]), cache(), [maker("download", "3.301.0")]);
    assert.deepEqual([engine.version, tried], ["3.310.0", []]);
  });

  it("then one made before, whichever way made it, without a lock", async () => {
    const makers = [maker("download", "3.301.0", "no network"), maker("build", "3.300.0")];
    await findEngine(surroundings([]), cache(), makers);
    tried = [];
    const engine = await findEngine(surroundings([]), cache(), makers);
    assert.deepEqual([engine.version, tried], ["3.300.0", []]);
  });

  it("then the download", async () => {
    const makers = [maker("download", "3.301.0"), maker("build", "3.300.0")];
    const engine = await findEngine(surroundings([]), cache(), makers);
    assert.deepEqual([engine.version, tried], ["3.301.0", ["download"]]);
  });

  it("then the build", async () => {
    const makers = [maker("download", "3.301.0", "no network"), maker("build", "3.300.0")];
    const engine = await findEngine(surroundings([]), cache(), makers);
    assert.deepEqual([engine.version, tried], ["3.300.0", ["download", "build"]]);
  });

  it("names every way, why it failed and what to install when none works", async () => {
    const makers = [maker("download", "3.301.0", "fetch failed"), maker("build", "3.300.0", "Go is not installed")];
    await assert.rejects(findEngine(surroundings([]), cache(), makers), (error) => {
      assert.ok(error instanceof NoEngineError);
      assert.deepEqual(error.message.split("\n"), [
        "No Pulumi CLI could be found or made. Tried:",
        "  1. pulumi on PATH: there is none",
        `  2. one made before, in ${join(root, "cache")}: neither 3.301.0 nor 3.300.0 is there`,
        "  3. download: fetch failed",
        "  4. build: Go is not installed",
        "Install one of these and run the command again:",
        "  - the Pulumi CLI, 3.249.0 or newer, on PATH: https://www.pulumi.com/docs/install/",
        "  - Go, 1.25.11 or newer, on PATH, for the build: https://go.dev/doc/install",
      ]);
      return true;
    });
  });

  it("stops at once, trying nothing more, when the user gives up", async () => {
    const stop = new AbortController();
    const givenUp = new Error("given up");
    const makers = [
      {
        ...fakeMaker("3.301.0", () => {
          stop.abort(givenUp);
          throw new Error("killed");
        }),
        name: "download",
      },
      maker("build", "3.300.0"),
    ];
    await assert.rejects(findEngine(surroundings([], stop.signal), cache(), makers), givenUp);
    assert.deepEqual(tried, []);
  });
});
