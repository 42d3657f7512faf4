import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { withProgress } from "../../../offline/engine/progress";

function recorder(isTTY: boolean): { isTTY: boolean; write: (text: string) => void; text: () => string } {
  let all = "";
  return {
    isTTY,
    write: (text) => {
      all += text;
    },
    text: () => all,
  };
}

describe("progress of long work", () => {
  it("is one rewritten line on a terminal, gone at the end", async () => {
    const terminal = recorder(true);
    const result = await withProgress(terminal, "Building", async (detail) => {
      detail("3 packages");
      await pause(700);
      return 7;
    });
    assert.equal(result, 7);
    const clear = "\r\u001b[K";
    assert.equal(terminal.text(), `${clear}Building  0:00${clear}Building  0:00  3 packages${clear}`);
  });

  it("is a line at the start in a log, not a flood", async () => {
    const log = recorder(false);
    await withProgress(log, "Building", () => pause(700));
    assert.equal(log.text(), "Building  0:00\n");
  });

  it("cleans the line when the work fails, and hands on the error", async () => {
    const terminal = recorder(true);
    await assert.rejects(
      withProgress(terminal, "Building", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.ok(terminal.text().endsWith("\r\u001b[K"));
  });
});
