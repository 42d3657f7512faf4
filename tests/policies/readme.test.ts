import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configuredRules } from "../../policies/guard/configuration";
import { rules } from "../../policies/rules/catalogue";

describe("the pack's README", () => {
  const text = readFileSync(join(__dirname, "../../policies/README.md"), "utf8");
  const examples = [...text.matchAll(/```json\n([^]*?)```/g)].map(([, json = ""]) => json);

  it("shows configurations that can be used", () => {
    assert.equal(examples.length, 2);
    for (const json of examples) configuredRules(rules, JSON.parse(json));
  });

  it("comes to the first verdict within ten lines", () => {
    const [, section = ""] = text.split("## The first verdict\n");
    const [, lines = ""] = /```sh\n([^]*?)```/.exec(section) ?? [];
    assert.match(lines, /pulumi preview --policy-pack node_modules\/@dejima\/policies/);
    assert.ok(section.slice(0, section.indexOf(lines) + lines.length).split("\n").length <= 10);
  });
});
