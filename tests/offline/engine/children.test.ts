import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { Children } from "../../../offline/engine/children";

/** A child that says when it is ready. */
async function child(code: string): Promise<ChildProcess> {
  const started = spawn(process.execPath, ["-e", `${code}; console.log("ready"); setInterval(() => {}, 1000)`]);
  await new Promise((resolve) => started.stdout.once("data", resolve));
  return started;
}

describe("the language host's children", () => {
  it("are asked to end, and killed when they don't", async function () {
    this.timeout(10_000);
    const children = new Children();
    const polite = children.add(await child(""));
    const deaf = children.add(await child(`process.on("SIGTERM", () => {})`));
    await children.stop();
    assert.deepEqual([polite.signalCode, deaf.signalCode], ["SIGTERM", "SIGKILL"]);
  });

  it("are forgotten once they have ended", async () => {
    const children = new Children();
    const ended = children.add(spawn(process.execPath, ["-e", ""]));
    await new Promise((resolve) => ended.once("close", resolve));
    await children.stop();
    assert.equal(ended.exitCode, 0);
  });
});
