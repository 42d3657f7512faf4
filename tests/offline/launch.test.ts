import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Stands in for the CLI: logs its arguments, behaves as Pulumi does about selected stacks, and for the command `up` does what
 * FAKE_UP says.
 */
const CLI = `#!/bin/sh
echo "$*" >> "$DEJIMA_HOME/log"
stacks="$DEJIMA_HOME/backend/.pulumi/stacks/tiny"
case "$*" in
  "stack --show-name"*) if [ -f "$DEJIMA_HOME/selected" ]; then cat "$DEJIMA_HOME/selected"; else exit 1; fi ;;
  "stack select"*) echo "$3" > "$DEJIMA_HOME/selected" ;;
  "stack init"*) mkdir -p "$stacks"; touch "$stacks/$3.json" ;;
  *up*) echo "providers $PULUMI_DEBUG_PROVIDERS"; eval "$FAKE_UP" ;;
esac
`;

describe("the launcher", function () {
  this.timeout(60_000);
  let home: string;
  let program: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "dejima-launch-"));
    program = join(home, "program");
    mkdirSync(program);
    writeFileSync(join(program, "Pulumi.yaml"), "name: tiny\nruntime: nodejs\n");
    writeFileSync(join(program, "Pulumi.dev.yaml"), "config:\n  a:b: c # kept\n");
    writeFileSync(join(home, "pulumi-fake"), CLI, { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  function start(args: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; done: Promise<Ended> } {
    const script = join(__dirname, "launch-process.ts");
    const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", script, ...args], {
      env: { ...process.env, DEJIMA_HOME: home, FAKE_CLI: join(home, "pulumi-fake"), FAKE_UP: "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const done = new Promise<Ended>((resolve) => {
      child.on("close", (code) => {
        resolve({ code, stdout, stderr });
      });
    });
    return { child, done };
  }
  const launched = (args: string[], env?: NodeJS.ProcessEnv): Promise<Ended> => start(args, env).done;
  const log = (): string[] => readFileSync(join(home, "log"), "utf8").trim().split("\n");
  const config = (stack = "dev"): string => join(home, "config/tiny", `Pulumi.${stack}.yaml`);

  it("attaches the providers, hands on the exit code and stops them", async () => {
    const { code, stdout, stderr } = await launched(["up", "-s", "dev", "-C", program], {
      FAKE_UP: "exit 7",
      DEJIMA_PREVIEW_IDS: "false",
      DEJIMA_FAULTS: "create:aws:ec2/subnet:Subnet:3=InternalError",
    });
    assert.deepEqual([code, stdout], [7, "providers aws:1111,awsx:2222\n"]);
    assert.equal(stderr, "previewIds false, faults 1\nproviders stopped\n");
  });

  it("makes the stack of -s, without a word in the user's files", async () => {
    await launched(["up", "-s", "dev", "--yes", "-C", program]);
    assert.deepEqual(log(), [
      `stack init dev --no-select --non-interactive -C ${join(home, "config/tiny")}`,
      `up --config-file ${config()} -s dev --yes -C ${program}`,
    ]);
    assert.equal(readFileSync(config(), "utf8"), "config:\n  a:b: c # kept\n");
    assert.equal(readFileSync(join(program, "Pulumi.dev.yaml"), "utf8"), "config:\n  a:b: c # kept\n");
  });

  it("makes and selects dev when no stack is named or selected, once", async () => {
    await launched(["-C", program, "up"]);
    await launched(["-C", program, "up"]);
    assert.deepEqual(log(), [
      `stack --show-name --non-interactive -C ${program}`,
      `stack init dev --no-select --non-interactive -C ${join(home, "config/tiny")}`,
      `stack select dev --non-interactive -C ${program}`,
      `-C ${program} up --config-file ${config()}`,
      `stack --show-name --non-interactive -C ${program}`,
      `-C ${program} up --config-file ${config()}`,
    ]);
  });

  it("leaves a given --config-file, other commands and a missing stack's destruction alone", async () => {
    await launched(["up", "-s", "dev", "-C", program, "--config-file", "mine.yaml"]);
    await launched(["policy", "analyze", "--file", "state.json", "-C", program]);
    await launched(["stack", "export", "-s", "dev", "-C", program]);
    await launched(["destroy", "-s", "gone", "-C", program]);
    assert.deepEqual(log().slice(1), [
      `up -s dev -C ${program} --config-file mine.yaml`,
      `policy analyze --file state.json -C ${program}`,
      `stack export -s dev -C ${program}`,
      `destroy --config-file ${config("gone")} -s gone -C ${program}`,
    ]);
  });

  it("shows its own lines before the CLI's help, without providers", async () => {
    const { stdout, stderr, code } = await launched(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /^npm run offline -- <any pulumi command>/);
    assert.deepEqual([log(), stderr], [["--help"], ""]);
  });

  it("exits as a shell does when the CLI is killed, and stops the providers", async () => {
    const { code, stderr } = await launched(["up", "-s", "dev", "-C", program], { FAKE_UP: "kill -9 $$" });
    assert.equal(code, 137);
    assert.match(stderr, /providers stopped/);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`without a terminal passes ${signal} on to the CLI once and waits for it`, async () => {
      const trap = `trap 'echo told >> "$DEJIMA_HOME/told"; sleep 0.3; exit 5' ${signal.slice(3)}`;
      const { child, done } = start(["up", "-s", "dev", "-C", program], {
        FAKE_UP: `${trap}; touch "$DEJIMA_HOME/ready"; while :; do sleep 0.05; done`,
      });
      while (!existsSync(join(home, "ready"))) await pause(20);
      child.kill(signal);
      const { code, stderr } = await done;
      assert.equal(code, 5);
      assert.equal(readFileSync(join(home, "told"), "utf8"), "told\n");
      assert.match(stderr, /providers stopped/);
    });
  }

  it("fails with the forms of a fault that it can't read", async () => {
    const { code, stderr } = await launched(["up"], { DEJIMA_FAULTS: "nonsense" });
    assert.equal(code, 99);
    assert.match(stderr, /nonsense/);
  });

  it("tells of a world file that people broke, and does nothing", async () => {
    mkdirSync(join(home, "world", "tiny"), { recursive: true });
    writeFileSync(join(home, "world", "tiny", "dev.json"), '{\n  "version": 1,\n  things: []\n}\n');
    const { code, stderr } = await start(["up", "-C", program, "-s", "dev"]).done;
    assert.equal(code, 99);
    assert.match(stderr, /The world file .*dev\.json isn't JSON: line 3: .*\nMend it, /);
    assert.equal(existsSync(join(home, "log")), false);
  });

  it("tells of a fault of a type that doesn't exist", async () => {
    const faults = { DEJIMA_FAULTS: "create:aws:ec2/subnet:Subnett:1=InternalError" };
    const { code, stderr } = await start(["up", "-C", program, "-s", "dev"], faults).done;
    assert.equal(code, 99);
    assert.match(stderr, /DEJIMA_FAULTS names aws:ec2\/subnet:Subnett, but .* Did you mean aws:ec2\/subnet:Subnet\?/);
  });
});
