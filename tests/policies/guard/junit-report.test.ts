import assert from "node:assert/strict";
import { create } from "xmlbuilder2";
import { junitReport } from "../../../policies/guard/junit-report";
import { configuredRules } from "../../../policies/guard/configuration";
import { judge } from "../../../policies/guard/report";
import { smallRule } from "../rules/small-rule";
import { cleanReport, smallReport, thing, urnOf } from "./small-report";

/** The elements of a name with their attributes and texts. */
function elements(xml: string, name: string): readonly Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = [];
  create(xml).each(
    ({ node }) => {
      if (node.nodeName !== name || !("attributes" in node)) return;
      const attributes = [...(node.attributes as Iterable<{ name: string; value: string }>)];
      found.push({
        ...Object.fromEntries(attributes.map((each) => [each.name, each.value])),
        text: node.textContent ?? "",
      });
    },
    true,
    true,
  );
  return found;
}

describe("the guard's report as JUnit XML", () => {
  const xml = junitReport(smallReport());

  it("has a suite for each rule, with true counts", () => {
    const counts = elements(xml, "testsuite").map(({ name, tests, failures, skipped }) => [
      name,
      tests,
      failures,
      skipped,
    ]);
    assert.deepEqual(counts, [
      ["right-colour", "4", "2", "2"],
      ["nice-colour", "4", "0", "4"],
      ["absent", "1", "0", "1"],
    ]);
    const { text: _, ...all } = elements(xml, "testsuites")[0] ?? {};
    assert.deepEqual(all, { name: "dejima", tests: "9", failures: "2", errors: "0", skipped: "7" });
    assert.equal(elements(xml, "testcase").length, 9);
    assert.equal(elements(xml, "failure").length, 2);
    assert.equal(elements(xml, "skipped").length, 7);
  });

  it("fails what is mandatory, with the whole message and the program's line", () => {
    assert.deepEqual(elements(xml, "failure")[0], {
      type: "violated",
      message: 'thing-a is "red"',
      text: 'thing-a is "red"\nFix: paint it',
    });
    const [first] = elements(xml, "testcase");
    assert.deepEqual(
      [first?.["name"], first?.["file"], first?.["line"]],
      [urnOf("a"), "project/infra/things.ts", "12"],
    );
  });

  it("skips what doesn't fail, and says why", () => {
    const why = elements(xml, "skipped").map(({ message = "" }) => message.split(":")[0]);
    assert.deepEqual(why, [
      "undetermined",
      'exempted until 2027-03-31 by team-shop ("moves in March")',
      "advisory",
      "advisory",
      "advisory",
      "advisory",
      "The stack has no thing.",
    ]);
  });

  it("has one case that passes for a rule without findings", () => {
    const clean = junitReport(cleanReport());
    assert.deepEqual(
      elements(clean, "testcase").map(({ name, text }) => [name, text]),
      [["Things have the right colour", ""]],
    );
  });

  it("stays XML whatever a value holds", () => {
    const judged = { resources: [thing("<&\"'", "\u0000\u001b]]>")], source: "", file: "", project: "" };
    const hostile = junitReport(judge(judged, configuredRules([smallRule], {}), "2027-01-01"));
    assert.equal(elements(hostile, "testcase")[0]?.["name"], urnOf("<&\"'"));
  });
});
