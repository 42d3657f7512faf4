import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rules } from "../../../policies/rules/catalogue";
import { configSchemaOf, settingsOf } from "../../../policies/rules/settings";
import { StackModel } from "../../../policies/stack-model";
import { catalogueFile, catalogueText } from "./catalogue-file";

describe("the catalogue of rules", () => {
  it("stands in docs/rules.md as the rules say it (else: npm run rules)", async () => {
    assert.equal(readFileSync(catalogueFile, "utf8"), await catalogueText());
  });

  it("has no id twice", () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      it("is written in full", () => {
        assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.match(rule.proves, /^Proves that .*\.$/);
        assert.match(rule.notApplicable, /^The stack has no .*\.$/);
        for (const text of [rule.title, rule.why, rule.fix]) assert.notEqual(text.trim(), "");
        assert.ok(rule.sources.length > 0 && rule.sources.every((source) => URL.canParse(source)));
        assert.doesNotMatch(rule.title, /\.$/);
      });

      it("can do without configuration, and explains every setting", () => {
        const defaults = settingsOf(rule, {});
        const { properties, required } = configSchemaOf(rule);
        assert.equal(required, undefined);
        for (const [name, schema] of Object.entries(properties)) {
          assert.match(schema.description ?? "", /\.$/, name);
          assert.deepEqual(schema.default, (defaults as Record<string, unknown>)[name], name);
        }
      });

      it("has nothing to say on a stack without resources", () => {
        assert.deepEqual(rule.judge(new StackModel([]), settingsOf(rule, {})), []);
      });
    });
  }
});
