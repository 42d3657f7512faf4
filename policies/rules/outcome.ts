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
  /** What is undetermined and may pass. */
  readonly tolerated: readonly Reported[];
  readonly exempted: readonly (Reported & { readonly exemption: Exemption })[];
  /** What became of each exemption, in their order. */
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
    tolerated: standing.filter(({ finding: { finding } }) => mayPass(finding)).map(({ finding }) => finding),
    exempted: exempted.map(({ finding: { finding, message }, exemption }) => ({ finding, message, exemption })),
    exemptions: uses,
  };
}

/** What is said without counting: undetermined ones that may pass, exempted ones, exemptions without use. */
export function notesOf({ id }: Rule, { tolerated, exempted, exemptions }: Outcome): readonly string[] {
  return [
    ...noteOnTolerated(id, tolerated),
    ...exempted.map(({ message, exemption }) => `${id}: exempted ${termsOf(exemption)}: ${message}`),
    ...exemptions.flatMap((use, at) => noteOn(id, use, at)),
  ];
}

/** On a first preview they are many, and all say the same: that nothing is deployed yet. */
function noteOnTolerated(rule: string, [first, ...others]: readonly Reported[]): readonly string[] {
  if (first === undefined) return [];
  if (others.length === 0) return [`${rule}: ${first.message}`];
  const [question] = first.message.split("\n");
  return [
    `${rule}: ${others.length + 1} findings are undetermined and may pass until more is known, such as\n${question ?? ""}`,
  ];
}

/** "until 2027-03-31 by team-shop ("moves in March")" */
export function termsOf({ expires, owner, reason }: Exemption): string {
  return `until ${expires} by ${owner} ("${reason}")`;
}

function overOf(expired: Exemption | undefined): string {
  if (expired === undefined) return "";
  return `\nIt was exempted ${termsOf(expired)}, which is over: mend it, or give the exemption a new date.`;
}

function noteOn(rule: string, { exemption, state, findings }: ExemptionUse, at: number): readonly string[] {
  if (findings > 0) return [];
  const which = `${rule}: exemption ${at + 1}, of ${exemption.resource} ${termsOf(exemption)}`;
  return [
    state === "expired" ? `${which}, is over and covers nothing: remove it.` : `${which}, covers nothing: remove it.`,
  ];
}
