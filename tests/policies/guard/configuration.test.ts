import assert from "node:assert/strict";
import { configuredRules } from "../../../policies/guard/configuration";
import { BadConfiguration } from "../../../policies/rules/settings";
import { smallRule } from "../rules/small-rule";
import { quietRule } from "./small-report";

const rules = [smallRule, quietRule];
const levels = (json: unknown) => configuredRules(rules, json).map(({ level }) => level);

function problems(json: unknown): readonly string[] {
  try {
    configuredRules(rules, json);
  } catch (error) {
    if (error instanceof BadConfiguration) return error.problems;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("the guard's configuration", () => {
  it("leaves each rule its own level where it says nothing", () => {
    assert.deepEqual(levels({}), ["mandatory", "advisory"]);
  });

  it("gives levels by name, in short or among the settings; a rule's own goes before that of all", () => {
    assert.deepEqual(levels({ "right-colour": "disabled" }), ["disabled", "advisory"]);
    assert.deepEqual(levels({ all: "disabled", "nice-colour": "mandatory" }), ["disabled", "mandatory"]);
    assert.deepEqual(levels({ all: { enforcementLevel: "advisory" } }), ["advisory", "advisory"]);
    assert.deepEqual(levels({ "nice-colour": { enforcementLevel: "remediate" } }), ["mandatory", "mandatory"]);
    assert.deepEqual(levels({ all: "mandatory", "nice-colour": { colour: "red" } }), ["mandatory", "mandatory"]);
  });

  it("gives settings without the level", () => {
    const [first] = configuredRules(rules, { "right-colour": { enforcementLevel: "advisory", colour: "red" } });
    assert.deepEqual(first?.settings, { colour: "red" });
  });

  const bad: readonly (readonly [unknown, readonly string[]])[] = [
    [[], ['an object {"<rule>": level | settings} is wanted, here a list']],
    [{ "right-color": "disabled" }, ["right-color: there is no such rule. Did you mean right-colour?"]],
    [{ xyz: {} }, ["xyz: there is no such rule."]],
    [
      { all: "mandatry" },
      ['all: advisory, mandatory, remediate, disabled is wanted, here "mandatry". Did you mean mandatory?'],
    ],
    [
      { "right-colour": { enforcementLevel: 3 } },
      ["right-colour.enforcementLevel: advisory, mandatory, remediate, disabled is wanted, here 3."],
    ],
    [{ "right-colour": true }, ["right-colour: a level or an object of settings is wanted, here true"]],
    [{ all: { colour: "red" } }, ["all.colour: only enforcementLevel can be set for all rules at once"]],
    [{ "right-colour": { color: "red" } }, ["right-colour.color: there is no such setting. Did you mean colour?"]],
    [
      { "right-colour": { exemptions: [{ resource: "*", owner: "me", expires: "2027-03-31" }] } },
      ["right-colour.exemptions.0.reason: gives no reason: say why the finding is accepted"],
    ],
    [
      { "right-colour": { colour: 1 }, "nice-colour": { onUndetermined: "no" } },
      [
        "right-colour.colour: Invalid input: expected string, received number",
        'nice-colour.onUndetermined: Invalid option: expected one of "fail"|"defer"|"warn"',
      ],
    ],
  ];
  for (const [json, expected] of bad) {
    it(`is refused, with rule and setting: ${JSON.stringify(json)}`, () => {
      assert.deepEqual(problems(json), expected);
    });
  }
});
