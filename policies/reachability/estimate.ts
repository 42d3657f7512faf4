import type { Certainty } from "./certainty";
import { Traffic } from "./traffic";

/**
 * What is known of a set of traffic when some values are unknown: `must` is certainly in it, nothing outside `may` is.
 * Hiding a value can only shrink `must` and grow `may`; so a certain answer never turns into the opposite one.
 */
export interface Estimate {
  readonly must: Traffic;
  readonly may: Traffic;
  /** Why the two differ: the values that aren't known, in words. */
  readonly unknowns: readonly string[];
}

export const nothing: Estimate = exactly(Traffic.none);
export const anything: Estimate = exactly(Traffic.all);

export function exactly(traffic: Traffic): Estimate {
  return { must: traffic, may: traffic, unknowns: [] };
}

/** Perhaps all of it, perhaps nothing. */
export function perhaps(estimate: Estimate, ...unknowns: string[]): Estimate {
  return { must: Traffic.none, may: estimate.may, unknowns: merge(estimate.unknowns, unknowns) };
}

/** All of it or nothing, as the answer says. */
export function when(answer: Certainty, unknown: string): Estimate {
  if (answer === "no") return nothing;
  return answer === "yes" ? anything : perhaps(anything, unknown);
}

export function union(...estimates: readonly Estimate[]): Estimate {
  return estimates.reduce(
    (a, b) => ({ must: a.must.union(b.must), may: a.may.union(b.may), unknowns: merge(a.unknowns, b.unknowns) }),
    nothing,
  );
}

export function intersect(...estimates: readonly Estimate[]): Estimate {
  return estimates.reduce(
    (a, b) => ({
      must: a.must.intersect(b.must),
      may: a.may.intersect(b.may),
      unknowns: merge(a.unknowns, b.unknowns),
    }),
    anything,
  );
}

export function subtract(a: Estimate, b: Estimate): Estimate {
  return { must: a.must.subtract(b.may), may: a.may.subtract(b.must), unknowns: merge(a.unknowns, b.unknowns) };
}

/** One of the alternatives holds, it isn't known which: certain is only what all of them have. */
export function oneOf(alternatives: readonly Estimate[], ...unknowns: string[]): Estimate {
  const [first, ...others] = alternatives;
  if (first === undefined) return nothing;
  if (others.length === 0) return first;
  const any = union(...alternatives);
  const every = intersect(...alternatives);
  return { must: every.must, may: any.may, unknowns: merge(any.unknowns, unknowns) };
}

function merge(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])];
}
