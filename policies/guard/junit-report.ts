import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces";
import { termsOf } from "../rules/outcome";
import type { Report, RuleReport, Subject } from "./report";

/** How one test case ended: it fails, it is skipped, or neither. `text`: what there is to read. */
interface Case {
  readonly subject: Subject | undefined;
  readonly name: string;
  readonly ending?: { readonly kind: "failure" | "skipped"; readonly type: string; readonly text: string };
}

/**
 * The report as JUnit XML, a suite for each rule. What is mandatory fails. What is advisory, may pass or is exempted counts as skipped and says why:
 * CI systems fail on any failure, and the command doesn't on those.
 */
export function junitReport(report: Report): string {
  const document = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" });
  const suites = report.rules.map((each) => ({ id: each.rule.id, cases: casesOf(each, report) }));
  const root = document.ele("testsuites", { name: "dejima", ...countsOf(suites.flatMap(({ cases }) => cases)) });
  for (const { id, cases } of suites) {
    const suite = root.ele("testsuite", { name: id, ...countsOf(cases) });
    for (const each of cases) write(suite, id, each);
  }
  return `${document.end({ prettyPrint: true })}\n`;
}

function casesOf({ rule, level, outcome }: RuleReport, { subjectOf }: Report): readonly Case[] {
  const one = (urn: string | undefined, kind: "failure" | "skipped", type: string, text: string): Case => {
    const subject = subjectOf(urn);
    return { subject, name: subject?.urn ?? "the stack", ending: { kind, type, text } };
  };
  const cases = [
    ...outcome.violations.map(({ finding, message }) =>
      level === "mandatory"
        ? one(finding.urn, "failure", finding.verdict.kind, message)
        : one(finding.urn, "skipped", "advisory", `advisory: ${message}`),
    ),
    ...outcome.tolerated.map(({ finding, message }) => one(finding.urn, "skipped", "tolerated", message)),
    ...outcome.exempted.map(({ finding, message, exemption }) =>
      one(finding.urn, "skipped", "exempted", `exempted ${termsOf(exemption)}: ${message}`),
    ),
  ];
  if (cases.length > 0) return cases;
  const quiet = { subject: undefined, name: rule.title };
  if (!outcome.notApplicable) return [quiet];
  return [{ ...quiet, ending: { kind: "skipped", type: "not applicable", text: rule.notApplicable } }];
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const ended = (kind: string) => cases.filter(({ ending }) => ending?.kind === kind).length;
  return { tests: cases.length, failures: ended("failure"), errors: 0, skipped: ended("skipped") };
}

function write(suite: XMLBuilder, rule: string, { subject, name, ending }: Case): void {
  const place = subject?.place;
  const where = place === undefined ? {} : { file: place.file, line: place.line };
  const testCase = suite.ele("testcase", { classname: rule, name, time: 0, ...where });
  if (ending === undefined) return;
  const [message = ""] = ending.text.split("\n");
  if (ending.kind === "failure") testCase.ele("failure", { type: ending.type, message }).txt(ending.text);
  else {
    testCase.ele("skipped", { message });
    testCase.ele("system-out").txt(ending.text);
  }
}
