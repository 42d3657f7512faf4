import { createHash } from "node:crypto";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Control, Rule } from "../rules/rule";
import { type Reported, termsOf } from "../rules/outcome";
import type { Report, RuleReport } from "./report";

/** Below it code scanning shows "low", and so on: the middle of GitHub's band for each severity. */
const securitySeverity: Readonly<Record<Rule["severity"], string>> = {
  low: "2.0",
  medium: "5.5",
  high: "8.0",
  critical: "9.5",
};

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for GitHub's code scanning too.
 *
 * @param version of the pack.
 */
export function sarifReport(report: Report, version: string): Log {
  const results = report.rules.flatMap((each, index) => resultsOf(each, index, report));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "dejima", semanticVersion: version, rules: report.rules.map(descriptorOf) } },
        invocations: [
          { executionSuccessful: true, toolConfigurationNotifications: report.rules.flatMap(notificationsOf) },
        ],
        columnKind: "utf16CodeUnits",
        results: withFingerprints(results),
      },
    ],
  };
}

function descriptorOf({ rule, level }: RuleReport): ReportingDescriptor {
  const [helpUri] = rule.sources;
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.proves },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: `${rule.why}\nFix: ${rule.fix}`, markdown: markdownOf(rule) },
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      tags: ["security", ...rule.tags],
      "security-severity": securitySeverity[rule.severity],
      precision: "very-high",
    },
  };
}

function markdownOf({ title, proves, why, fix, controls, sources }: Rule): string {
  return [
    `**${title}.** ${proves}`,
    why,
    `**Fix:** ${fix}`,
    [
      ...controls.map(({ framework, id }: Control) => `- ${framework}: ${id}`),
      ...sources.map((source) => `- <${source}>`),
    ].join("\n"),
  ].join("\n\n");
}

function resultsOf({ rule, level, outcome }: RuleReport, ruleIndex: number, report: Report): readonly Result[] {
  const result = ({ finding: { urn, verdict }, message }: Reported): Result => ({
    ruleId: rule.id,
    ruleIndex,
    message: { text: message },
    locations: [locationOf(urn, report)],
    properties: { verdict: verdict.kind },
  });
  const counting = { kind: "fail", level: level === "mandatory" ? "error" : "warning" } as const;
  return [
    ...outcome.violations.map((each) => ({ ...result(each), ...counting })),
    ...outcome.tolerated.map((each): Result => ({ ...result(each), kind: "open", level: "none" })),
    ...outcome.exempted.map((each): Result => ({
      ...result(each),
      ...counting,
      suppressions: [{ kind: "external", status: "accepted", justification: `Exempted ${termsOf(each.exemption)}` }],
    })),
  ];
}

/** The line that makes the resource, else the file that stands for the stack: viewers show nothing without a file. */
function locationOf(urn: string | undefined, { subjectOf, file }: Report): Location {
  const subject = subjectOf(urn);
  const place = subject?.place;
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(place?.file ?? file) },
      region: {
        startLine: place?.line ?? 1,
        ...(place?.column === undefined ? {} : { startColumn: place.column }),
      },
    },
    ...(subject === undefined
      ? {}
      : { logicalLocations: [{ name: subject.name, fullyQualifiedName: subject.urn, kind: "resource" }] }),
  };
}

/**
 * A result is the same one while rule and resource are, wherever the line moves. The name is the one that code scanning reads, which would otherwise
 * take all resources that a loop makes in one line for one result.
 */
function withFingerprints(results: readonly Result[]): Result[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const urn = result.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName ?? "";
    const hash = createHash("sha256")
      .update(`${result.ruleId ?? ""}\n${urn}`)
      .digest("hex")
      .slice(0, 16);
    const ordinal = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, ordinal);
    return { ...result, partialFingerprints: { primaryLocationLineHash: `${hash}:${ordinal}` } };
  });
}

/** What the reader of the configuration should know: exemptions without use. */
function notificationsOf({ rule, outcome }: RuleReport): readonly Notification[] {
  return outcome.exemptions.flatMap(({ exemption, state }, at): readonly Notification[] => {
    if (state === "used") return [];
    const text = `${rule.id}: exemption ${at + 1}, of ${exemption.resource} ${termsOf(exemption)}, is ${state}`;
    return [{ level: "warning", message: { text }, associatedRule: { id: rule.id } }];
  });
}
