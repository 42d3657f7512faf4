import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log, Result } from "sarif";
import { sarifReport } from "../../../policies/guard/sarif-report";
import { cleanReport, smallReport, urnOf } from "./small-report";

/** The schema that OASIS publishes for SARIF 2.1.0. */
const schema = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as object;

function faults(log: Log): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return validate(JSON.parse(JSON.stringify(log))) ? [] : validate.errors;
}

const log = sarifReport(smallReport(), "1.2.3");
const results = (of: Log): readonly Result[] => of.runs[0]?.results ?? [];
const nameOf = ({ locations }: Result) => locations?.[0]?.logicalLocations?.[0]?.name;

describe("the guard's report as SARIF", () => {
  it("is valid by the standard's schema, with findings and without", () => {
    assert.deepEqual(faults(log), []);
    assert.deepEqual(faults(sarifReport(cleanReport(), "1.2.3")), []);
    assert.notDeepEqual(faults({ ...log, runs: [{} as never] }), []);
  });

  it("has each rule with its help, source, level and GitHub's severity", () => {
    const [rule] = log.runs[0]?.tool.driver.rules ?? [];
    assert.equal(rule?.id, "right-colour");
    assert.equal(rule.helpUri, "https://example.org/colours");
    assert.equal(rule.defaultConfiguration?.level, "error");
    assert.match(
      rule.help?.markdown ?? "",
      /^\*\*Things have .*\n\n.*mistaken.*\n\n\*\*Fix:\*\* Set the colour\.\n\n- AWS Found/,
    );
    assert.equal(rule.properties?.["security-severity"], "2.0");
    assert.deepEqual(rule.properties?.tags, ["security", "things"]);
    assert.equal(log.runs[0]?.tool.driver.semanticVersion, "1.2.3");
  });

  it("counts what is mandatory as errors, advisory as warnings, and neither what may pass", () => {
    assert.deepEqual(
      results(log)
        .slice(0, 5)
        .map((result) => [nameOf(result), result.ruleId, result.kind, result.level]),
      [
        ["a", "right-colour", "fail", "error"],
        ["over", "right-colour", "fail", "error"],
        ["c", "right-colour", "open", "none"],
        ["old", "right-colour", "fail", "error"],
        ["a", "nice-colour", "fail", "warning"],
      ],
    );
    for (const { ruleId, ruleIndex = -1 } of results(log))
      assert.equal(log.runs[0]?.tool.driver.rules?.[ruleIndex]?.id, ruleId);
  });

  it("points at the program's line, else at the file that stands for the stack", () => {
    const [a, over] = results(log).map(({ locations }) => locations?.[0]?.physicalLocation);
    assert.deepEqual(a, {
      artifactLocation: { uri: "project/infra/things.ts" },
      region: { startLine: 12, startColumn: 4 },
    });
    assert.deepEqual(over, { artifactLocation: { uri: "project/Pulumi.yaml" }, region: { startLine: 1 } });
    assert.equal(results(log)[0]?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName, urnOf("a"));
  });

  it("suppresses what is exempted, with the reason, and notes the exemptions without use", () => {
    const suppressed = results(log).filter(({ suppressions }) => suppressions !== undefined);
    assert.deepEqual(suppressed.map(nameOf), ["old"]);
    assert.match(
      suppressed[0]?.suppressions?.[0]?.justification ?? "",
      /until 2027-03-31 by team-shop \("moves in March"\)/,
    );
    const notes = log.runs[0]?.invocations?.[0]?.toolConfigurationNotifications ?? [];
    assert.deepEqual(
      notes.map(({ message }) => /is (\w+)$/.exec(message.text ?? "")?.[1]),
      ["unused", "expired"],
    );
  });

  it("keeps a finding's fingerprint wherever its line moves, and gives no two the same", () => {
    const fingerprints = (of: Log) => results(of).map((each) => each.partialFingerprints?.["primaryLocationLineHash"]);
    const moved = smallReport();
    const elsewhere = {
      ...moved,
      subjectOf: (urn: string | undefined) => {
        const subject = moved.subjectOf(urn);
        return subject === undefined ? undefined : { ...subject, place: { file: "x.ts", line: 1, column: 1 } };
      },
    };
    assert.deepEqual(fingerprints(sarifReport(elsewhere, "1.2.3")), fingerprints(log));
    assert.equal(new Set(fingerprints(log)).size, results(log).length);
  });
});
