import { distance } from "fastest-levenshtein";

/** The name most like the given one, if any is like enough to be what was meant: at most a third of it is different. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, changes: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, changes }) => changes <= Math.ceil(Math.max(candidate.length, name.length) / 3))
    .sort((a, b) => a.changes - b.changes);
  return best?.candidate;
}
