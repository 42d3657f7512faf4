import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { changeOf, type Step } from "./change";
import { root, Sandbox } from "./sandbox";

export const stack = "dev";
export const pack = ["--policy-pack", join(root, "policies")];

/** Paths into the configuration, `["dejima:sizes", "relay", "instanceType"]`, and what stands there. */
export type Edits = readonly (readonly [path: readonly (string | number)[], value: unknown])[];

/** The dev stack in a sandbox, with a copy of its configuration that a test may change. */
export class DevStack extends Sandbox {
  readonly configFile = join(this.home, "Pulumi.dev.yaml");
  readonly at = ["-s", stack, "--config-file", this.configFile, "--non-interactive"];

  constructor() {
    super();
    writeFileSync(this.configFile, readFileSync(join(root, "Pulumi.dev.yaml")));
  }

  set(edits: Edits): void {
    const document = parseDocument(readFileSync(this.configFile, "utf8"));
    for (const [path, value] of edits) document.setIn(["config", ...path], value);
    writeFileSync(this.configFile, document.toString());
  }

  up(env: NodeJS.ProcessEnv = {}) {
    return this.start(["up", ...this.at, "--yes", "--skip-preview"], env);
  }

  destroy() {
    return this.start(["destroy", ...this.at, "--yes", "--skip-preview"]);
  }

  /** What a preview would do with everything that it wouldn't leave as it is. */
  async steps(): Promise<Step[]> {
    const { stdout } = await this.succeed(["preview", ...this.at, "--json"]);
    return ((JSON.parse(stdout) as { steps?: Step[] }).steps ?? []).filter((step) => step.op !== "same");
  }

  /** The steps of a preview as `changeOf` writes them, sorted. */
  async changes(): Promise<string[]> {
    return (await this.steps()).map(changeOf).sort();
  }

  /** The steps that a preview has once these settings are changed; the configuration is then as before. */
  async stepsWith(edits: Edits): Promise<Step[]> {
    const original = readFileSync(this.configFile);
    this.set(edits);
    try {
      return await this.steps();
    } finally {
      writeFileSync(this.configFile, original);
    }
  }

  /** Everything that the embedded AWS has, with what AWS makes by itself. */
  things() {
    return this.world("dejima", stack).things;
  }
}

let deployment: Promise<DevStack> | undefined;

after(async () => {
  (await deployment?.catch(() => undefined))?.dispose();
});

async function deploy(): Promise<DevStack> {
  const dev = new DevStack();
  try {
    await dev.succeed(["up", ...dev.at, ...pack, "--yes", "--skip-preview"]);
    return dev;
  } catch (error) {
    dev.dispose();
    throw error;
  }
}

/** The dev stack as one `up` under the pack leaves it. The suites share that `up`: each call gives a copy of its state and world. */
export async function deployedDev(): Promise<DevStack> {
  deployment ??= deploy();
  const { home } = await deployment;
  const copy = new DevStack();
  cpSync(home, copy.home, { recursive: true });
  return copy;
}
