import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CommandFailed, run } from "../../../offline/engine/command";
import { temporaryFolder } from "../../temporary-folder";

const { signal } = new AbortController();
const { env } = process;

function gone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return true;
  }
}

describe("running a tool", () => {
  const root = temporaryFolder();
  after(() => {
    rmSync(root, { recursive: true });
  });

  it("returns standard output and reports the lines of both outputs", async () => {
    const lines: string[] = [];
    const output = await run("sh", ["-c", "echo one; sleep 0.1; echo two >&2"], {
      env,
      signal,
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual([output, lines], ["one\n", ["one", "two"]]);
  });

  it("says what failed with the last lines that it wrote", async () => {
    const failing = run("sh", ["-c", "for n in 1 2 3 4 5 6; do echo line $n; done; exit 4"], { env, signal });
    await assert.rejects(failing, { message: "sh -c failed (exit code 4): line 2\nline 3\nline 4\nline 5\nline 6" });
  });

  it("knows a missing program from a failing one", async () => {
    await assert.rejects(run("no-such-program", [], { env, signal }), (error) => {
      assert.ok(error instanceof CommandFailed && error.missing);
      assert.equal(error.message, "no-such-program is not installed");
      return true;
    });
  });

  for (const [what, options] of [
    ["aborted", { abort: true }],
    ["out of time", { abort: false, timeoutMs: 300 }],
  ] as const) {
    it(`ends what the tool started too when it is ${what}`, async () => {
      const file = join(root, `pid-${what}`);
      const stop = new AbortController();
      const { abort, ...timeout } = options;
      const running = run("sh", ["-c", `sleep 60 & echo $! > '${file}.new'; mv '${file}.new' '${file}'; wait`], {
        env,
        signal: stop.signal,
        ...timeout,
      });
      if (abort) {
        while (!existsSync(file)) await pause(10);
        stop.abort(new Error("given up"));
      }
      await assert.rejects(running, abort ? /^Error: given up$/ : /took longer than 0.3 s/);
      const grandchild = Number(readFileSync(file, "utf8"));
      for (let tries = 0; tries < 100 && !gone(grandchild); tries++) await pause(10);
      assert.ok(gone(grandchild), "the grandchild lives on");
    });
  }
});
