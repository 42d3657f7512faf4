import type { Resource } from "../reachability/resources";
import { type Outcome, outcomeOf } from "../rules/outcome";
import type { Rule } from "../rules/rule";
import { StackModel } from "../stack-model";
import type { Configured } from "./configuration";
import type { Level } from "./levels";
import { type SourcePlace, sourcePlaceOf } from "./source-place";

/** What one rule has to say. */
export interface RuleReport {
  readonly rule: Rule;
  readonly level: Exclude<Level, "disabled">;
  readonly outcome: Outcome;
}

/** A resource as reports name it. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Where the program makes it, where that is told. */
  readonly place: SourcePlace | undefined;
}

/** What all rules have to say on one stack; every format is made of it. */
export interface Report {
  /** Where the resources came from, in the reader's words. */
  readonly source: string;
  /** A file that stands for the whole stack, by the folder where the command runs. */
  readonly file: string;
  readonly resources: number;
  readonly rules: readonly RuleReport[];
  readonly disabled: readonly Rule[];
  /** The resource that a finding is about; undefined for the stack as a whole. */
  readonly subjectOf: (urn: string | undefined) => Subject | undefined;
}

export interface Judged {
  readonly resources: readonly Resource[];
  readonly source: string;
  readonly file: string;
  /** The project's folder by the one where the command runs, "" where that is the same: source places are told by it. */
  readonly project: string;
}

/**
 * Judges a stack by every rule that isn't disabled.
 *
 * @param today as 2027-03-31, in UTC: exemptions end.
 */
export function judge(
  { resources, source, file, project }: Judged,
  rules: readonly Configured[],
  today: string,
): Report {
  const stack = new StackModel(resources);
  const known = new Map(resources.map((resource) => [resource.urn, resource]));
  return {
    source,
    file,
    resources: resources.length,
    rules: rules.flatMap(({ rule, level, settings }) =>
      level === "disabled" ? [] : [{ rule, level, outcome: outcomeOf(rule, stack, settings, today) }],
    ),
    disabled: rules.filter(({ level }) => level === "disabled").map(({ rule }) => rule),
    subjectOf: (urn) => {
      if (urn === undefined) return undefined;
      const { type, name, sourcePosition } = known.get(urn) ?? { type: "", name: urn, sourcePosition: undefined };
      return { urn, type, name, place: sourcePlaceOf(sourcePosition, project) };
    },
  };
}

/** How much counts, and how much doesn't. */
export interface Counts {
  readonly mandatory: number;
  readonly advisory: number;
  /** Undetermined ones that may pass. */
  readonly tolerated: number;
  readonly exempted: number;
  readonly rulesWithoutFindings: number;
  readonly rulesNotApplicable: number;
  readonly rulesDisabled: number;
}

export function countsOf({ rules, disabled }: Report): Counts {
  const sum = (count: (each: RuleReport) => number) => rules.reduce((total, each) => total + count(each), 0);
  const atLevel = (wanted: Level) => sum(({ level, outcome }) => (level === wanted ? outcome.violations.length : 0));
  const isSilent = ({ outcome: { violations, tolerated, exempted, notApplicable } }: RuleReport) =>
    !notApplicable && violations.length + tolerated.length + exempted.length === 0;
  return {
    mandatory: atLevel("mandatory"),
    advisory: atLevel("advisory"),
    tolerated: sum(({ outcome }) => outcome.tolerated.length),
    exempted: sum(({ outcome }) => outcome.exempted.length),
    rulesWithoutFindings: rules.filter(isSilent).length,
    rulesNotApplicable: rules.filter(({ outcome }) => outcome.notApplicable).length,
    rulesDisabled: disabled.length,
  };
}
