import type { Paint } from "../command-line/paint";
import type { ExemptionUse } from "../exemptions";
import { termsOf } from "../rules/outcome";
import { type Counts, countsOf, type Report, type RuleReport, type Subject } from "./report";
import { placeText } from "./source-place";

/** The report for a person: what counts, rule by rule, what became of the exemptions, and the sum. */
export function textReport(report: Report, paint: Paint): string {
  const said = report.rules.filter(({ outcome }) =>
    Object.values(outcome).some((each) => Array.isArray(each) && each.length > 0),
  );
  return [
    paint.quiet(`In ${report.source}, ${plural(report.resources, "resource")}:`),
    ...said.map((each) => section(each, report, paint)),
    summary(report, paint),
  ].join("\n\n");
}

function section({ rule, level, outcome }: RuleReport, { subjectOf }: Report, paint: Paint): string {
  const mark = level === "mandatory" ? paint.bad("✗") : paint.unsure("!");
  const entry = (sign: string, urn: string | undefined, text: string) =>
    `  ${sign} ${titleOf(subjectOf(urn), paint)}\n${indented(text)}`;
  return [
    `${rule.id} ${paint.quiet(`(${level}, ${rule.severity})`)}: ${rule.title}`,
    ...outcome.violations.map(({ finding, message }) => entry(mark, finding.urn, message)),
    ...outcome.tolerated.map(({ finding, message }) => entry(paint.unsure("?"), finding.urn, message)),
    ...outcome.exempted.map(({ finding, message, exemption }) =>
      entry(paint.quiet("-"), finding.urn, `exempted ${termsOf(exemption)}: ${message}`),
    ),
    ...outcome.exemptions.map((use, at) => exemptionLine(use, at, paint)),
  ].join("\n");
}

function titleOf(subject: Subject | undefined, paint: Paint): string {
  if (subject === undefined) return "the stack";
  const { name, type, place } = subject;
  const where = place === undefined ? "" : ` ${paint.quiet(`at ${placeText(place)}`)}`;
  return `${name}${type === "" ? "" : ` (${type})`}${where}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "      ");
}

function exemptionLine({ exemption, state, findings }: ExemptionUse, at: number, paint: Paint): string {
  const words = {
    used: `used, for ${plural(findings, "finding")}`,
    unused: `${paint.unsure("unused")}: it covers nothing, remove it`,
    expired: `${paint.bad("expired")}: it exempts nothing any more${findings > 0 ? "" : ", remove it"}`,
  };
  return `    exemption ${at + 1}, of ${exemption.resource} ${termsOf(exemption)}: ${words[state]}`;
}

/** One line that says how it ended. */
export function summary(report: Report, paint: Paint): string {
  const counts = countsOf(report);
  const counting = counts.mandatory + counts.advisory;
  const verdict =
    counts.mandatory > 0
      ? paint.bad(plural(counts.mandatory, "mandatory finding"))
      : paint.good(counting === 0 ? "nothing found" : "nothing mandatory found");
  return [verdict, ...details(counts)].join(", ") + ".";
}

function details(counts: Counts): readonly string[] {
  const { advisory, tolerated, exempted } = counts;
  const rules = [
    [counts.rulesWithoutFindings, "passed"],
    [counts.rulesNotApplicable, "not applicable"],
    [counts.rulesDisabled, "disabled"],
  ] as const;
  return [
    ...(advisory === 0 ? [] : [`${advisory} advisory`]),
    ...(tolerated === 0 ? [] : [`${tolerated} undetermined that may pass`]),
    ...(exempted === 0 ? [] : [`${exempted} exempted`]),
    `rules: ${
      rules
        .filter(([count]) => count > 0)
        .map(([count, what]) => `${count} ${what}`)
        .join(", ") || "none passed"
    }`,
  ];
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
