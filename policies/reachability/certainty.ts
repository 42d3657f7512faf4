import { UNKNOWN, type Value } from "./resources";

/** An answer that may have to be left open. */
export type Certainty = "yes" | "no" | "perhaps";

/** A switch as programs write it: what isn't set is off. */
export function certaintyOf(value: Value): Certainty {
  if (value === UNKNOWN) return "perhaps";
  return value === true || value === "true" ? "yes" : "no";
}

export function any(...answers: readonly Certainty[]): Certainty {
  if (answers.includes("yes")) return "yes";
  return answers.includes("perhaps") ? "perhaps" : "no";
}

export function all(...answers: readonly Certainty[]): Certainty {
  if (answers.includes("no")) return "no";
  return answers.includes("perhaps") ? "perhaps" : "yes";
}

/** One of the answers holds, it isn't known which: certain is only what all of them say; of none nothing is known. */
export function whichever(answers: readonly Certainty[]): Certainty {
  const [first = "perhaps", ...others] = answers;
  return others.every((answer) => answer === first) ? first : "perhaps";
}

export function not(answer: Certainty): Certainty {
  if (answer === "perhaps") return "perhaps";
  return answer === "yes" ? "no" : "yes";
}
