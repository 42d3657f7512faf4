/** What a rule found out about one subject. */
export type Verdict =
  | { kind: "proved" }
  /** `witness` is the path that shows it, `fix` what to change. */
  | { kind: "violated"; witness: string; fix: string }
  /** `unknowns` names every value that would have to be known, in words a person can act on. */
  | { kind: "undetermined"; question: string; unknowns: string[] }
  /** There is nothing the rule speaks about. */
  | { kind: "notApplicable"; reason: string };

/** The text under which a verdict is reported; undefined when there is nothing to report. */
export function report(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case "proved":
    case "notApplicable":
      return undefined;
    case "violated":
      return `${verdict.witness}\nFix: ${verdict.fix}`;
    case "undetermined":
      return (
        `undetermined: ${verdict.question}, because it isn't known ${verdict.unknowns.join("; nor ")}.\n` +
        "A mandatory rule doesn't pass on what it can't see. Fix: make the value known " +
        '(deploy it first, or give it as a literal), or set the rule\'s `onUndetermined` to "warn".'
      );
  }
}
