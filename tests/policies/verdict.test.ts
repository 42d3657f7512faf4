import assert from "node:assert/strict";
import { report } from "../../policies/verdict";

describe("verdicts", () => {
  it("are silent when proved or not applicable", () => {
    assert.equal(report({ kind: "proved" }), undefined);
    assert.equal(report({ kind: "notApplicable", reason: "no database" }), undefined);
  });

  it("give a violation's witness and its fix", () => {
    assert.equal(report({ kind: "violated", witness: "a → b", fix: "remove b." }), "a → b\nFix: remove b.");
  });

  it("name every unknown, and how to go on", () => {
    const text = report({ kind: "undetermined", question: "it can't be told", unknowns: ["what a is", "what b is"] });
    assert.match(text ?? "", /^undetermined: it can't be told, because it isn't known what a is; nor what b is\.\n/);
    assert.match(text ?? "", /Fix: make the value known .* or set the rule's `onUndetermined` to "warn"\.$/);
  });
});
