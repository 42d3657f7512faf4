import assert from "node:assert/strict";
import { jsonReport } from "../../../policies/guard/json-report";
import { cleanReport, smallReport, urnOf } from "./small-report";

describe("the guard's report as JSON", () => {
  it("sums up", () => {
    const { source, resources, passed, counts, disabled } = jsonReport(smallReport());
    assert.deepEqual([source, resources, passed, disabled], ["stack small", 5, false, ["off"]]);
    assert.deepEqual(counts, {
      mandatory: 2,
      advisory: 4,
      tolerated: 1,
      exempted: 1,
      rulesWithoutFindings: 0,
      rulesNotApplicable: 1,
      rulesDisabled: 1,
    });
    assert.equal(jsonReport(cleanReport()).passed, true);
  });

  it("has each finding with what it does, its place, witness and fix", () => {
    const [rule] = jsonReport(smallReport()).rules;
    assert.deepEqual(rule?.findings[0], {
      verdict: "violated",
      counts: "mandatory",
      urn: urnOf("a"),
      resource: { type: "aws:thing/thing:Thing", name: "a" },
      place: { file: "project/infra/things.ts", line: 12, column: 4 },
      message: 'thing-a is "red"\nFix: paint it',
      witness: 'thing-a is "red"',
      fix: "paint it",
    });
    assert.deepEqual(
      rule.findings.map(({ verdict, counts, place }) => [verdict, counts, place?.line]),
      [
        ["violated", "mandatory", 12],
        ["violated", "mandatory", undefined],
        ["undetermined", "tolerated", 12],
        ["violated", "exempted", undefined],
      ],
    );
    assert.deepEqual(rule.findings[2]?.unknowns, ["the colour of thing-c"]);
  });

  it("tells what became of each exemption, and which rules didn't apply", () => {
    const { rules } = jsonReport(smallReport());
    assert.deepEqual(
      rules[0]?.exemptions.map(({ state, findings, owner }) => [state, findings, owner]),
      [
        ["used", 1, "team-shop"],
        ["unused", 0, "team-shop"],
        ["expired", 1, "team-shop"],
      ],
    );
    assert.deepEqual(
      rules.map(({ id, level, applicable }) => [id, level, applicable]),
      [
        ["right-colour", "mandatory", true],
        ["nice-colour", "advisory", true],
        ["absent", "mandatory", false],
      ],
    );
  });
});
