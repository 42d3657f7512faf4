import { type Estimate, anything, intersect, nothing, perhaps, subtract, union } from "./estimate";
import { UNKNOWN, type Value } from "./resources";

/** A rule of a network ACL, in one direction. */
export interface AclRule {
  /** Its place; undefined when that isn't known. */
  readonly number: number | undefined;
  /** "allow", "deny", or not known. */
  readonly action: Value;
  readonly match: Estimate;
  /** Whether the ACL has it for certain. */
  readonly certain: boolean;
}

/** The traffic that a rule decides: it matches, and no rule before it did. */
export interface AclDecision {
  /** "100", or "*" as AWS writes the last rule, which denies what no other matches. */
  readonly rule: string;
  readonly action: Value;
  readonly traffic: Estimate;
}

/** In order of their numbers, the first match decides. Rules whose place isn't known aren't among them. */
export function decisionsOf(rules: readonly AclRule[]): readonly AclDecision[] {
  let remaining = anything;
  const decisions = rules
    .filter(isPlaced)
    .sort((a, b) => a.number - b.number)
    .map(({ number, action, match }): AclDecision => {
      const traffic = intersect(remaining, match);
      remaining = subtract(remaining, match);
      return { rule: String(number), action, traffic };
    });
  return [...decisions, { rule: "*", action: "deny", traffic: remaining }];
}

/** What the rules of an ACL let through. */
export function allowedBy(rules: readonly AclRule[]): Estimate {
  let allowed = nothing;
  for (const { action, traffic } of decisionsOf(rules)) {
    if (action === "allow") allowed = union(allowed, traffic);
    else if (action === UNKNOWN) allowed = union(allowed, perhaps(traffic, "the action of an ACL rule"));
  }
  // A rule whose place isn't known may stand before or after any other.
  for (const { action, match } of rules.filter((rule) => !isPlaced(rule))) {
    const effect = perhaps(match, "the place of an ACL rule");
    if (action !== "deny") allowed = union(allowed, effect);
    if (action !== "allow") allowed = subtract(allowed, effect);
  }
  return allowed;
}

function isPlaced(rule: AclRule): rule is AclRule & { number: number } {
  return rule.certain && rule.number !== undefined;
}
