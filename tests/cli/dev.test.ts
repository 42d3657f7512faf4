import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { changeOf } from "./change";
import { deployedDev, DevStack, pack, stack } from "./dev-stack";
import { until } from "./sandbox";

function pidOfCli(launcher: number): number {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(launcher)], { encoding: "utf8" });
  const line = children.split("\n").find((text) => text.trim().endsWith("pulumi"));
  if (line === undefined) throw new Error(`no pulumi below ${launcher}:\n${children}`);
  return Number(line.trim().split(/\s+/)[0]);
}

/** Kills the CLI, as the machine's memory shortage would, once the world has come this far. */
async function killOnce({ child, done }: ReturnType<DevStack["up"]>, there: () => boolean, what: string) {
  await until(() => {
    try {
      return there();
    } catch {
      return false; // The world file isn't there yet.
    }
  }, what);
  process.kill(pidOfCli(child.pid ?? 0), "SIGKILL");
  assert.notEqual((await done).code, 0);
}

describe("the dev stack on the embedded AWS, by the real CLI", function () {
  this.timeout(300_000);

  for (const previewIds of ["true", "false"]) {
    it(`previews with the pack's verdict, preview ids ${previewIds} (M1, M4)`, async () => {
      const dev = new DevStack();
      try {
        const result = await dev.run(["preview", ...dev.at, ...pack], { DEJIMA_PREVIEW_IDS: previewIds });
        assert.equal(result.code, 0, result.output);
        assert.match(result.output, /✅ dejima@v[\d.]+ \(local: .*policies\)/);
        assert.doesNotMatch(result.output, /\[mandatory|warning:/);
      } finally {
        dev.dispose();
      }
    });
  }
});

describe("the dev stack, once deployed", function () {
  this.timeout(300_000);
  let dev: DevStack;
  before(async () => {
    dev = await deployedDev();
  });
  after(() => {
    dev.dispose();
  });

  it("is left as it is by a second up", async () => {
    await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview", "--expect-no-changes"]);
  });

  it("shows drift on refresh and mends it on the next up", async () => {
    const world = dev.world("dejima", stack);
    const vpc = world.things.find((thing) => thing.type === "aws:ec2/vpc:Vpc");
    assert.ok(vpc);
    vpc.inputs["enableDnsHostnames"] = false;
    vpc.outputs["enableDnsHostnames"] = false;
    dev.writeWorld("dejima", stack, world);
    const refresh = await dev.succeed(["refresh", ...dev.at, "--yes", "--skip-preview", "--diff"]);
    assert.match(refresh.output, /enableDnsHostnames/);
    assert.deepEqual((await dev.steps()).map(changeOf), [
      "update aws:ec2/vpc:Vpc::main: ~enableDnsHostnames false → true",
    ]);
    await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview"]);
    assert.equal(dev.things().find((thing) => thing.type === "aws:ec2/vpc:Vpc")?.inputs["enableDnsHostnames"], true);
  });

  it("takes up many changed settings at once, a third zone and maintenance among them (M10)", async () => {
    dev.set([
      [["dejima:vpcs", 0, "azs"], 3],
      [["dejima:sizes"], { relay: { instanceType: "t4g.medium" } }],
      [["dejima:operators"], ["203.0.113.0/24", "198.51.100.7/32"]],
      [["dejima:maintenance"], true],
    ]);
    await dev.succeed(["up", ...dev.at, ...pack, "--yes", "--skip-preview"]);
    assert.deepEqual(await dev.changes(), []);
  });

  it("comes down to nothing left", async () => {
    const { code, output } = await dev.destroy().done;
    assert.equal(code, 0, output);
    assert.deepEqual(await dev.resources(stack), []);
    assert.deepEqual(dev.things(), []);
  });
});

describe("the dev stack when runs are cut off", function () {
  this.timeout(300_000);
  const dev = new DevStack();
  after(() => {
    dev.dispose();
  });

  it("an up that fails at one resource says so", async () => {
    const failed = await dev.up({ DEJIMA_FAULTS: "create:aws:ec2/subnet:Subnet:3=InternalError" }).done;
    assert.notEqual(failed.code, 0);
    assert.match(failed.output, /InternalError/);
    assert.ok(dev.things().length > 0);
  });

  it("the next, its CLI killed (-9) half-way, and the one after that finish it, nothing made twice", async () => {
    await killOnce(dev.up(), () => dev.things().length > 250, "250 things in the world");
    await dev.succeed(["up", ...dev.at, "--yes", "--skip-preview"]);
    assert.deepEqual(await dev.changes(), []);
    const state = (await dev.resources(stack)).filter((resource) => resource.id !== undefined).map((r) => r.id);
    const strangers = dev
      .things()
      .filter((thing) => (thing as { companion?: boolean }).companion !== true && !state.includes(thing.id));
    assert.deepEqual(strangers, []);
  });

  it("a destroy whose CLI is killed (-9) half-way is finished by the next", async () => {
    await killOnce(dev.destroy(), () => dev.things().length < 250, "fewer than 250 things in the world");
    const { code, output } = await dev.destroy().done;
    assert.equal(code, 0, output);
    assert.deepEqual(await dev.resources(stack), []);
    assert.deepEqual(dev.things(), []);
  });
});
