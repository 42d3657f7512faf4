import assert from "node:assert/strict";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { notesOf, outcomeOf } from "../../../policies/rules/outcome";
import { StackModel } from "../../../policies/stack-model";
import { smallRule } from "./small-rule";

const thing = (name: string, colour: Value): Resource => ({
  type: "aws:thing/thing:Thing",
  name,
  urn: `urn:thing::${name}`,
  props: { id: `thing-${name}`, colour },
  propertyDependencies: { colour: [] },
});

const outcome = (things: readonly Resource[], configuration: object = {}) => {
  const said = outcomeOf(smallRule, new StackModel(things), configuration, "2027-01-01");
  return { ...said, notes: notesOf(smallRule, said) };
};
const exempting = (resource: string, expires: string) => ({
  exemptions: [{ resource, expires, reason: "why", owner: "who" }],
});

describe("what one rule has to say on a stack", () => {
  it("is nothing where everything is proved", () => {
    const said = outcome([thing("a", "green")]);
    assert.deepEqual(said, {
      notApplicable: false,
      violations: [],
      tolerated: [],
      exempted: [],
      exemptions: [],
      notes: [],
    });
  });

  it("is that it doesn't apply where there is nothing of the kind", () => {
    assert.equal(outcome([]).notApplicable, true);
  });

  it("is the witness and the fix of a violation, with its resource", () => {
    const [violation] = outcome([thing("a", "red")]).violations;
    assert.equal(violation?.message, 'thing-a is "red"\nFix: paint it');
    assert.equal(violation.finding.urn, "urn:thing::a");
  });

  it("follows the configuration, and falls back to the defaults", () => {
    assert.equal(outcome([thing("a", "red")], { colour: "red" }).violations.length, 0);
    assert.equal(outcome([thing("a", "red")], { onUndetermined: "warn" }).violations.length, 1);
  });

  it("lets the undetermined pass as configured: all on warn, what the deployment tells on defer, none else", () => {
    const things = [thing("own", UNKNOWN), thing("foreign", UNKNOWN), thing("bad", "red")];
    const counts = (configuration: object) => {
      const { violations, tolerated } = outcome(things, configuration);
      return [violations.length, tolerated.length];
    };
    assert.deepEqual(counts({}), [3, 0]);
    assert.deepEqual(counts({ onUndetermined: "fail" }), [3, 0]);
    assert.deepEqual(counts({ onUndetermined: "defer" }), [2, 1]);
    assert.deepEqual(counts({ onUndetermined: "warn" }), [1, 2]);
  });

  it("notes in one line what may pass though it is undetermined, however much it is", () => {
    const unclear = ["a", "b", "c"].map((name) => thing(name, UNKNOWN));
    const { notes } = outcome(unclear, { onUndetermined: "warn" });
    assert.equal(notes.length, 1);
    assert.match(
      notes[0] ?? "",
      /^[\w-]+: 3 findings are undetermined and may pass until more is known, such as\nundetermined: /,
    );
    assert.match(outcome(unclear.slice(1, 2), { onUndetermined: "warn" }).notes[0] ?? "", /^[\w-]+: undetermined: /);
  });

  it("notes what is exempted, by whom, how long and why", () => {
    const { violations, notes } = outcome([thing("a", "red")], exempting("*::a", "2027-03-31"));
    assert.deepEqual(violations, []);
    assert.deepEqual(notes, [
      'right-colour: exempted until 2027-03-31 by who ("why"): thing-a is "red"\nFix: paint it',
    ]);
  });

  it("fails again when the exemption is over, and says so", () => {
    const { violations, notes } = outcome([thing("a", "red")], exempting("*::a", "2026-12-31"));
    assert.match(violations[0]?.message ?? "", /Fix: paint it\nIt was exempted until 2026-12-31 by who .* over/);
    assert.deepEqual(notes, []);
  });

  it("notes exemptions that cover nothing", () => {
    const unused = outcome([thing("a", "green")], exempting("*::a", "2027-03-31"));
    assert.match(unused.notes.join(), /^right-colour: exemption 1, of \*::a .*, covers nothing: remove it\.$/);
    const over = outcome([thing("a", "green")], exempting("*::a", "2026-12-31"));
    assert.match(over.notes.join(), /^right-colour: exemption 1, .*, is over and covers nothing: remove it\.$/);
  });
});
