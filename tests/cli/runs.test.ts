import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, Sandbox, type StateResource, until } from "./sandbox";

const program = join(root, "tests/cli/programs/small");
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Stacks of the small program; their configuration lies in the sandbox. */
class SmallStacks extends Sandbox {
  at(stack: string, settings: Record<string, string | number> = {}): string[] {
    const file = join(this.home, `${stack}.yaml`);
    const lines = Object.entries({ "aws:region": "ap-northeast-1", ...settings }).map(
      ([key, value]) => `  ${key}: ${value}\n`,
    );
    writeFileSync(file, `config:\n${lines.join("")}`);
    return ["-C", program, "-s", stack, "--config-file", file, "--non-interactive"];
  }

  up(stack: string, settings: Record<string, string | number> = {}): string[] {
    return ["up", ...this.at(stack, settings), "--yes", "--skip-preview"];
  }

  /** Ids of what AWS has, and of what the state remembers, of the types of the program. */
  both(stack: string): { world: string[]; state: string[] } {
    const types = [VPC, SUBNET];
    const ids = (things: readonly { type: string; id?: string }[]): string[] =>
      things.flatMap(({ type, id }) => (types.includes(type) && id !== undefined ? [id] : [])).sort();
    return { world: ids(this.world("small", stack).things), state: ids(this.recorded(stack)) };
  }

  /** The backend's own file, without a run of the CLI. */
  recorded(stack: string): StateResource[] {
    const file = join(this.home, "backend", ".pulumi", "stacks", "small", `${stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest: { resources?: StateResource[] } };
    };
    return checkpoint.latest.resources ?? [];
  }

  /** Somebody makes a VPC by hand: a thing in the world that no stack knows. */
  makeByHand(stack: string, id: string): void {
    const world = this.world("small", stack);
    const vpc = world.things.find(({ type }) => type === VPC);
    assert.ok(vpc);
    const tags = { Owner: "somebody" };
    const byHand = { cidrBlock: "10.9.0.0/16", tags };
    const thing = {
      ...vpc,
      id,
      urn: "",
      inputs: { ...vpc.inputs, ...byHand },
      outputs: { ...vpc.outputs, ...byHand, tagsAll: tags, id },
    };
    this.writeWorld("small", stack, { ...world, things: [...world.things, thing] });
  }
}

describe("runs of the real CLI that are disturbed", function () {
  this.timeout(120_000);
  const sandbox = new SmallStacks();
  after(() => {
    sandbox.dispose();
  });

  it("Ctrl-C at a terminal lets the running operation end, and state and world agree", async function () {
    if (spawnSync("script", ["--version"]).error !== undefined) this.skip(); // The terminal comes from util-linux.
    const words = [process.execPath, join(root, "offline/dist/main.js"), ...sandbox.up("one", { "small:subnets": 3 })];
    const terminal = spawn("script", ["-qefc", words.map((word) => `'${word}'`).join(" "), "/dev/null"], {
      env: { ...process.env, DEJIMA_HOME: sandbox.home, NO_COLOR: "1", DEJIMA_FAULTS: `slow:${SUBNET}:800` },
    });
    let output = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = new Promise<number | null>((resolve) => terminal.on("close", resolve));
    await until(() => /subnet-0 +creating/.test(output), "the first subnet");
    terminal.stdin.write("\x03");
    assert.notEqual(await ended, 0, output);
    assert.match(output, /\^C received; cancelling/);
    const { world, state } = sandbox.both("one");
    assert.equal(state.length, 2, `the VPC and the subnet that was being made:\n${output}`);
    assert.deepEqual(world, state);
  });

  it("without a terminal, SIGINT to the whole process group is one Ctrl-C, not two", async () => {
    const { child, done } = sandbox.start(
      sandbox.up("one", { "small:subnets": 3 }),
      { DEJIMA_FAULTS: `slow:${SUBNET}:800` },
      true,
    );
    let output = "";
    child.stdout?.on("data", (text: string) => (output += text));
    await until(() => /subnet-\d +creating/.test(output), "a subnet");
    process.kill(-(child.pid ?? 0), "SIGINT");
    const { code } = await done;
    assert.notEqual(code, 0, output);
    const { world, state } = sandbox.both("one");
    assert.equal(state.length, 3, output);
    assert.deepEqual(world, state);
  });

  it("the next up finishes, throttled or not", async () => {
    const { output } = await sandbox.succeed(sandbox.up("one", { "small:subnets": 3 }), {
      DEJIMA_FAULTS: `throttle:${SUBNET}:3`,
    });
    assert.match(output, /RequestLimitExceeded, attempt 3, trying again/);
    const { world, state } = sandbox.both("one");
    assert.equal(state.length, 4);
    assert.deepEqual(world, state);
  });

  it("of two runs on one stack the second is refused with Pulumi's advice; on another stack both work", async () => {
    const first = sandbox.start(sandbox.up("one", { "small:subnets": 4 }), { DEJIMA_FAULTS: `slow:${SUBNET}:3000` });
    const elsewhere = sandbox.start(sandbox.up("two"));
    let output = "";
    first.child.stdout?.on("data", (text: string) => (output += text));
    await until(() => /subnet-3 +creating/.test(output), "the fourth subnet");
    const second = await sandbox.run(sandbox.up("one", { "small:subnets": 4 }));
    assert.notEqual(second.code, 0, second.output);
    assert.match(second.output, /currently locked by 1 lock/);
    assert.match(second.output, /pulumi cancel/);
    assert.equal((await first.done).code, 0, output);
    assert.equal((await elsewhere.done).code, 0);
    for (const [stack, count] of [
      ["one", 5],
      ["two", 3],
    ] as const) {
      const { world, state } = sandbox.both(stack);
      assert.equal(state.length, count, stack);
      assert.deepEqual(world, state);
    }
  });
});

describe("import from the world of the embedded AWS, by the real CLI", function () {
  this.timeout(120_000);
  const sandbox = new SmallStacks();
  const id = "vpc-0aaaaaaaaaaaaaaaa";
  before(async () => {
    await sandbox.succeed(sandbox.up("one", { "small:subnets": 0 }));
    sandbox.makeByHand("one", id);
  });
  after(() => {
    sandbox.dispose();
  });

  it("the resource option `import` takes it over, and the next preview has nothing to do", async () => {
    const settings = { "small:subnets": 0, "small:adopted": id };
    const { output } = await sandbox.succeed(["up", ...sandbox.at("one", settings), "--yes"]);
    assert.match(output, /1 imported/);
    await sandbox.succeed(["preview", ...sandbox.at("one", settings), "--expect-no-changes"]);
  });

  it("`pulumi import` reads it, and refuses what isn't there", async () => {
    const urn = sandbox.recorded("one").find((resource) => resource.id === id)?.urn ?? "";
    await sandbox.succeed(["state", "delete", "-C", program, "-s", "one", "--yes", urn]);
    const words = ["import", ...sandbox.at("one"), "--yes", "--protect=false", "--skip-preview"];
    const missing = await sandbox.run([...words, VPC, "missing", "vpc-0bbbbbbbbbbbbbbbb"]);
    assert.notEqual(missing.code, 0, missing.output);
    assert.match(missing.output, /does not exist/);
    const { output } = await sandbox.succeed([...words, VPC, "adopted", id]);
    assert.match(output, /The embedded AWS writes no code for imports/);
    const adopted = sandbox.recorded("one").find((resource) => resource.id === id);
    assert.equal(adopted?.inputs?.["cidrBlock"], "10.9.0.0/16");
  });
});
