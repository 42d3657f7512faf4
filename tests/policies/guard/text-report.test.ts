import assert from "node:assert/strict";
import { paintFor } from "../../../policies/command-line/paint";
import { textReport } from "../../../policies/guard/text-report";
import { cleanReport, smallReport, urnOf } from "./small-report";

const plain = paintFor(false, {});

describe("the guard's report for people", () => {
  it("has rule by rule what fails, what may pass, what is exempted, and the sum", () => {
    const text = textReport(smallReport(), plain);
    assert.equal(
      text.split("\n\n").find((part) => part.startsWith("right-colour")),
      `right-colour (mandatory, low): Things have the right colour
  ✗ a (aws:thing/thing:Thing) at project/infra/things.ts:12:4
      thing-a is "red"
      Fix: paint it
  ✗ over (aws:thing/thing:Thing)
      thing-over is "blue"
      Fix: paint it
      It was exempted until 2026-12-31 by team-shop ("moves in March"), which is over: mend it, or give the exemption a new date.
  ? c (aws:thing/thing:Thing) at project/infra/things.ts:12:4
      undetermined: the colour can't be told, because it isn't known the colour of thing-c.
      A mandatory rule doesn't pass on what it can't see. Fix: make the value known (deploy it first, or give it as a literal), or set the rule's \`onUndetermined\` to "warn".
  - old (aws:thing/thing:Thing)
      exempted until 2027-03-31 by team-shop ("moves in March"): thing-old is "blue"
      Fix: paint it
    exemption 1, of ${urnOf("old")} until 2027-03-31 by team-shop ("moves in March"): used, for 1 finding
    exemption 2, of urn:none until 2027-03-31 by team-shop ("moves in March"): unused: it covers nothing, remove it
    exemption 3, of ${urnOf("over")} until 2026-12-31 by team-shop ("moves in March"): expired: it exempts nothing any more`,
    );
    assert.match(text, /^In stack small, 5 resources:\n\n/);
    assert.match(
      text,
      /\n\n2 mandatory findings, 4 advisory, 1 undetermined that may pass, 1 exempted, rules: 1 not applicable, 1 disabled\.$/,
    );
  });

  it("is two lines where there is nothing to say", () => {
    assert.equal(textReport(cleanReport(), plain), "In state.json, 1 resource:\n\nnothing found, rules: 1 passed.");
  });

  it("is coloured only where it is told to", () => {
    assert.ok(!textReport(smallReport(), plain).includes("\u001b"));
    assert.ok(textReport(smallReport(), paintFor(true, {})).includes("\u001b[31m✗\u001b[0m a"));
  });
});
