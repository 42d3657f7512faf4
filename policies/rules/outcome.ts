import type { z } from "zod";
import { type Exemption, type ExemptionUse, sortByExemptions } from "../exemptions";
import type { StackModel } from "../stack-model";
import { report } from "../verdict";
import type { Finding, Rule } from "./rule";
import { settingsOf } from "./settings";

/** A finding in words. */
export interface Reported {
  readonly finding: Finding;
  readonly message: string;
}

/** What one rule has to say on one stack, ready for the engine or a command line. */
export interface Outcome {
  /** There is nothing the rule speaks about. */
  readonly notApplicable: boolean;
  /** What counts against the stack, at the rule's level. */
  readonly violations: readonly Reported[];
  /** What is said without counting: undetermined ones that may pass, exempted ones, exemptions without use. */
  readonly notes: readonly string[];
  readonly exemptions: readonly ExemptionUse[];
}

/**
 * Judges a stack by one rule as configured.
 *
 * @param configuration as `--policy-pack-config` gives it for this rule, without the level.
 * @param today as 2027-03-31, in UTC: exemptions end.
 * @throws BadConfiguration
 */
export function outcomeOf<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  stack: StackModel,
  configuration: object,
  today: string,
): Outcome {
  const settings = settingsOf(rule, configuration);
  const findings = rule.judge(stack, settings);
  const said = findings.flatMap((finding) => {
    const message = report(finding.verdict);
    return message === undefined ? [] : [{ finding, message, urn: finding.urn }];
  });
  const { standing, exempted, uses } = sortByExemptions(said, settings.exemptions, today);
  const mayPass = ({ verdict, isPending }: Finding) =>
    verdict.kind === "undetermined" &&
    (settings.onUndetermined === "warn" || (settings.onUndetermined === "defer" && isPending === true));
  return {
    notApplicable: findings.length === 0,
    violations: standing
      .filter(({ finding: { finding } }) => !mayPass(finding))
      .map(({ finding: { finding, message }, expired }) => ({ finding, message: message + overOf(expired) })),
    notes: [
      ...standing.filter(({ finding: { finding } }) => mayPass(finding)).map(({ finding: { message } }) => message),
      ...exempted.map(
        ({ finding: { message }, exemption }) => `${rule.id}: exempted ${wordsOf(exemption)}: ${message}`,
      ),
      ...uses.flatMap((use, at) => noteOn(rule.id, use, at)),
    ],
    exemptions: uses,
  };
}

function wordsOf({ expires, owner, reason }: Exemption): string {
  return `until ${expires} by ${owner} ("${reason}")`;
}

function overOf(expired: Exemption | undefined): string {
  if (expired === undefined) return "";
  return `\nIt was exempted ${wordsOf(expired)}, which is over: mend it, or give the exemption a new date.`;
}

function noteOn(rule: string, { exemption, state, findings }: ExemptionUse, at: number): readonly string[] {
  if (findings > 0) return [];
  const which = `${rule}: exemption ${at + 1}, of ${exemption.resource} ${wordsOf(exemption)}`;
  return [
    state === "expired" ? `${which}, is over and covers nothing: remove it.` : `${which}, covers nothing: remove it.`,
  ];
}
