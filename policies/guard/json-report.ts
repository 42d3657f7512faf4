import type { ExemptionUse } from "../exemptions";
import type { Reported } from "../rules/outcome";
import { countsOf, type Counts, type Report } from "./report";
import type { SourcePlace } from "./source-place";

/** One finding. Witness and fix are of a violation, question and unknowns of an undetermined one. */
export interface JsonFinding {
  readonly verdict: "violated" | "undetermined";
  /** What it does: it counts at the rule's level, may pass, or is exempted. */
  readonly counts: "mandatory" | "advisory" | "tolerated" | "exempted";
  readonly urn: string | null;
  readonly resource: { readonly type: string; readonly name: string } | null;
  readonly place: SourcePlace | null;
  readonly message: string;
  readonly witness?: string;
  readonly fix?: string;
  readonly question?: string;
  readonly unknowns?: readonly string[];
}

/** What `--format json` writes. Fields may be added; those that are there keep their meaning. */
export interface JsonReport {
  readonly source: string;
  readonly resources: number;
  /** Nothing mandatory was found. */
  readonly passed: boolean;
  readonly counts: Counts;
  readonly disabled: readonly string[];
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly level: "mandatory" | "advisory";
    readonly severity: string;
    readonly applicable: boolean;
    readonly findings: readonly JsonFinding[];
    readonly exemptions: readonly (ExemptionUse["exemption"] & Pick<ExemptionUse, "state" | "findings">)[];
  }[];
}

export function jsonReport(report: Report): JsonReport {
  const counts = countsOf(report);
  return {
    source: report.source,
    resources: report.resources,
    passed: counts.mandatory === 0,
    counts,
    disabled: report.disabled.map(({ id }) => id),
    rules: report.rules.map(({ rule: { id, title, severity }, level, outcome }) => ({
      id,
      title,
      level,
      severity,
      applicable: !outcome.notApplicable,
      findings: [
        ...outcome.violations.map((each) => finding(report, each, level)),
        ...outcome.tolerated.map((each) => finding(report, each, "tolerated")),
        ...outcome.exempted.map((each) => finding(report, each, "exempted")),
      ],
      exemptions: outcome.exemptions.map(({ exemption, state, findings }) => ({ ...exemption, state, findings })),
    })),
  };
}

function finding(
  { subjectOf }: Report,
  { finding: { verdict, urn }, message }: Reported,
  counts: JsonFinding["counts"],
): JsonFinding {
  const subject = subjectOf(urn);
  return {
    verdict: verdict.kind === "undetermined" ? "undetermined" : "violated",
    counts,
    urn: urn ?? null,
    resource: subject === undefined ? null : { type: subject.type, name: subject.name },
    place: subject?.place ?? null,
    message,
    ...(verdict.kind === "violated" ? { witness: verdict.witness, fix: verdict.fix } : {}),
    ...(verdict.kind === "undetermined" ? { question: verdict.question, unknowns: verdict.unknowns } : {}),
  };
}
