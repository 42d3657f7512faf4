import assert from "node:assert/strict";
import { dbNoInternetEgress } from "../../../policies/rules/network/db-no-internet-egress";
import { BadConfiguration, configSchemaOf, settingsOf } from "../../../policies/rules/settings";
import { smallRule } from "./small-rule";

/** The problems of a configuration, one a line. */
function problemsOf(configuration: object, rule: Parameters<typeof settingsOf>[0] = smallRule): string {
  try {
    settingsOf(rule, configuration);
  } catch (error) {
    assert.ok(error instanceof BadConfiguration);
    assert.equal(error.stack, error.message);
    return error.message;
  }
  return "none";
}

const whole = { resource: "*", reason: "why", owner: "who", expires: "2027-03-31" };

describe("the settings of a rule", () => {
  it("have defaults", () => {
    assert.deepEqual(settingsOf(smallRule, {}), { colour: "green", onUndetermined: "fail", exemptions: [] });
  });

  it("may be given", () => {
    const given = { colour: "red", onUndetermined: "defer", exemptions: [whole] };
    assert.deepEqual(settingsOf(smallRule, given), given);
  });

  it("are refused by a name that none has, with what was meant, or the names there are", () => {
    assert.equal(
      problemsOf({ color: "red", zzz: 1 }),
      "right-colour.color: there is no such setting. Did you mean colour?\n" +
        "right-colour.zzz: there is no such setting. Its settings: colour, onUndetermined, exemptions.",
    );
    assert.match(problemsOf({ exemptions: [{ ...whole, expire: "x" }] }), /exemptions\.0\.expire: .* mean expires\?/);
  });

  it("are refused with every problem at once", () => {
    const problems = problemsOf({ colour: 1, onUndetermined: "maybe" }).split("\n");
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? "", /^right-colour\.colour: .*string/);
    assert.match(problems[1] ?? "", /^right-colour\.onUndetermined: .*"fail"\|"defer"\|"warn"/);
  });

  it("defer only where the rule can tell what the deployment will say", () => {
    assert.match(problemsOf({ onUndetermined: "defer" }, dbNoInternetEgress), /"fail"\|"warn"/);
  });

  it("defer unless told otherwise where a first preview never tells", () => {
    const deferring = { ...smallRule, defersByDefault: true as const };
    assert.equal(settingsOf(deferring, {}).onUndetermined, "defer");
    assert.equal(settingsOf(deferring, { onUndetermined: "fail" }).onUndetermined, "fail");
    assert.equal(configSchemaOf(deferring).properties["onUndetermined"]?.default, "defer");
  });

  for (const [field, words] of Object.entries({
    resource: /names no resource: give its URN/,
    reason: /gives no reason: say why/,
    owner: /has no owner: name who/,
    expires: /has no expiry date: give the last day/,
  })) {
    it(`refuse an exemption without ${field}, and say which and what to do`, () => {
      const { [field as keyof typeof whole]: _, ...rest } = whole;
      const problems = problemsOf({ exemptions: [whole, rest] });
      assert.match(problems, new RegExp(`^right-colour\\.exemptions\\.1\\.${field}: ${words.source}`));
      assert.match(problemsOf({ exemptions: [{ ...whole, [field]: " " }] }), words);
    });
  }

  it("refuse a day that no calendar has", () => {
    assert.match(problemsOf({ exemptions: [{ ...whole, expires: "2027-02-30" }] }), /exemptions\.0\.expires: /);
  });

  it("are shown to the engine as a JSON schema of the SDK's form", () => {
    const { properties } = configSchemaOf(smallRule);
    assert.deepEqual(Object.keys(properties), ["colour", "onUndetermined", "exemptions"]);
    assert.deepEqual(properties["colour"], {
      type: "string",
      default: "green",
      description: "The colour that every thing must have.",
    });
    const item = properties["exemptions"]?.items;
    assert.ok(typeof item === "object" && !Array.isArray(item));
    assert.deepEqual(item.required, ["resource", "reason", "owner", "expires"]);
    assert.equal(item.additionalProperties, false);
    const expires = item.properties?.["expires"];
    assert.ok(typeof expires === "object");
    assert.deepEqual([expires.format, expires.pattern], ["date", undefined]);
  });
});
