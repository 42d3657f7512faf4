import { elements, field, given, type Resource, UNKNOWN, type Value } from "../reachability/resources";
import type { Finding } from "./rule";

/** Whether one thing holds of a resource, as far as its properties tell. */
export type Check =
  | { readonly answer: "good" }
  | { readonly answer: "bad"; readonly witness: string; readonly fix: string }
  /** `pending`: the deployment will tell. */
  | { readonly answer: "unknown"; readonly what: string; readonly pending: boolean };

export const good: Check = { answer: "good" };

export function bad(witness: string, fix: string): Check {
  return { answer: "bad", witness, fix };
}

/** Unknown in a preview, known once it is deployed. */
export function pending(what: string): Check {
  return { answer: "unknown", what, pending: true };
}

/** Known to nobody who sees this stack alone. */
export function outside(what: string): Check {
  return { answer: "unknown", what, pending: false };
}

/**
 * One finding of all checks: one that is bad is a violation, whatever isn't known; else one unknown makes it undetermined.
 *
 * @param question what can't be told then, as "it can't be told whether …".
 */
export function findingOf({ urn }: Resource, question: string, checks: readonly Check[]): Finding {
  const wrong = checks.filter((check) => check.answer === "bad");
  if (wrong.length > 0) {
    const [witness, fix] = [wrong.map((each) => each.witness), wrong.map((each) => each.fix)].map((texts) => [
      ...new Set(texts),
    ]);
    return { verdict: { kind: "violated", witness: (witness ?? []).join("\n"), fix: (fix ?? []).join("; ") }, urn };
  }
  const unknown = checks.filter((check) => check.answer === "unknown");
  if (unknown.length === 0) return { verdict: { kind: "proved" }, urn };
  const unknowns = [...new Set(unknown.map(({ what }) => what))];
  return {
    verdict: { kind: "undetermined", question, unknowns },
    urn,
    isPending: unknown.every((each) => each.pending),
  };
}

/** A setting that is on or off; "default" where the program leaves it to AWS. Launch templates write booleans as texts. */
export function switchOf(value: Value): "on" | "off" | "default" | "unknown" {
  if (value === UNKNOWN) return "unknown";
  if (value === undefined || value === null || value === "") return "default";
  return value === true || value === "true" ? "on" : "off";
}

/** A property of a block that a resource has at most once, such as `metadataOptions`. */
export function inBlock(resource: Resource, block: string, key: string): Value {
  const [only] = elements(given(resource, block));
  return field(only, key);
}
