import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { root, Sandbox, until } from "./sandbox";

const stack = "dev";
const pack = ["--policy-pack", join(root, "policies")];

/** A step of `pulumi preview --json`. */
interface Step {
  op: string;
  urn: string;
  replaceReasons?: string[];
  diffReasons?: string[];
}

/** The dev stack in a sandbox, with a copy of its configuration that a test may change. */
class DevStack extends Sandbox {
  readonly configFile = join(this.home, "Pulumi.dev.yaml");
  readonly at = ["-s", stack, "--config-file", this.configFile, "--non-interactive"];

  constructor() {
    super();
    writeFileSync(this.configFile, readFileSync(join(root, "Pulumi.dev.yaml")));
  }

  set(path: (string | number)[], value: unknown): void {
    const document = parseDocument(readFileSync(this.configFile, "utf8"));
    document.setIn(["config", ...path], value);
    writeFileSync(this.configFile, document.toString());
  }

  up(env: NodeJS.ProcessEnv = {}) {
    return this.start(["up", ...this.at, "--yes", "--skip-preview"], env);
  }

  /** Everything a preview would do but leave as it is: `<operation> <type>::<name>`, sorted. */
  async changes(): Promise<string[]> {
    const { stdout } = await this.succeed(["preview", ...this.at, "--json"]);
    const steps = (JSON.parse(stdout) as { steps?: Step[] }).steps ?? [];
    return steps
      .filter((step) => step.op !== "same")
      .map((step) => `${step.op} ${step.urn.split("::").slice(2).join("::").split("$").pop() ?? ""}`)
      .sort();
  }

  /** Things in the world but the ones AWS makes by itself. */
  things() {
    return this.world("dejima", stack).things;
  }
}

function pidOfCli(launcher: number): number {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(launcher)], { encoding: "utf8" });
  const line = children.split("\n").find((text) => text.trim().endsWith("pulumi"));
  if (line === undefined) throw new Error(`no pulumi below ${launcher}:\n${children}`);
  return Number(line.trim().split(/\s+/)[0]);
}

describe("the dev stack on the embedded AWS, by the real CLI", function () {
  this.timeout(300_000);
  const dev = new DevStack();
  after(() => {
    dev.dispose();
  });

  for (const previewIds of ["true", "false"]) {
    it(`previews with the pack's verdict, preview ids ${previewIds} (M1, M4)`, async () => {
      const result = await dev.run(["preview", ...dev.at, ...pack], { DEJIMA_PREVIEW_IDS: previewIds });
      assert.equal(result.code, 0, result.output);
      assert.match(result.output, /✅ dejima@v[\d.]+ \(local: .*policies\)/);
      assert.doesNotMatch(result.output, /\[mandatory|warning:/);
    });
  }

  it("goes up under the pack, and a second up changes nothing", async () => {
    await dev.succeed(["up", ...dev.at, ...pack, "--yes", "--skip-preview"]);
    await dev.succeed(["up", ...dev.at, "--yes", "--expect-no-changes"]);
  });

  it("touches only what a changed setting must touch", async () => {
    const original = readFileSync(dev.configFile);
    dev.set(["dejima:sizes", "bastion", "instanceType"], "t4g.medium");
    assert.deepEqual(await dev.changes(), [
      "update aws:autoscaling/group:Group::main-bastion",
      "update aws:ec2/launchTemplate:LaunchTemplate::main-bastion",
    ]);
    writeFileSync(dev.configFile, original);
  });

  it("shows drift on refresh and mends it on the next up", async () => {
    const world = dev.world("dejima", stack);
    const vpc = world.things.find((thing) => thing.type === "aws:ec2/vpc:Vpc");
    assert.ok(vpc);
    vpc.inputs["enableDnsHostnames"] = false;
    vpc.outputs["enableDnsHostnames"] = false;
    dev.writeWorld("dejima", stack, world);
    const refresh = await dev.succeed(["refresh", ...dev.at, "--yes", "--diff"]);
    assert.match(refresh.output, /enableDnsHostnames/);
    assert.deepEqual(await dev.changes(), ["update aws:ec2/vpc:Vpc::main"]);
    await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview"]);
    assert.deepEqual(await dev.changes(), []);
  });

  it("comes down to nothing left", async () => {
    await dev.succeed(["destroy", ...dev.at, "--yes", "--skip-preview"]);
    assert.deepEqual(await dev.resources(stack), []);
    assert.deepEqual(dev.things(), []);
  });
});

describe("an up of the dev stack that is cut off", function () {
  this.timeout(300_000);

  it("finishes after a failed create in the middle", async () => {
    const dev = new DevStack();
    try {
      const failed = await dev.up({ DEJIMA_FAULTS: "create:aws:ec2/subnet:Subnet:3=InternalError" }).done;
      assert.notEqual(failed.code, 0);
      assert.match(failed.output, /InternalError/);
      await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview"]);
      assert.deepEqual(await dev.changes(), []);
    } finally {
      dev.dispose();
    }
  });

  it("finishes after kill -9 of the CLI, nothing made twice", async () => {
    const dev = new DevStack();
    try {
      const { child, done } = dev.up();
      await until(() => {
        try {
          return dev.things().length > 40;
        } catch {
          return false; // the world file isn't there yet
        }
      }, "40 things in the world");
      process.kill(pidOfCli(child.pid ?? 0), "SIGKILL");
      const killed = await done;
      assert.notEqual(killed.code, 0);
      await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview"]);
      assert.deepEqual(await dev.changes(), []);
      const state = (await dev.resources(stack)).filter((resource) => resource.id !== undefined).map((r) => r.id);
      const strangers = dev
        .things()
        .filter((thing) => (thing as { companion?: boolean }).companion !== true && !state.includes(thing.id));
      assert.deepEqual(strangers, []);
    } finally {
      dev.dispose();
    }
  });
});
