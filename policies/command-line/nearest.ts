import { distance } from "fastest-levenshtein";

/**
 * The name most like the given one, if any is like enough to be what was meant: it begins with it, has the same letters in another order,
 * or differs in at most a third of them.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const given = name.toLowerCase();
  let best: { readonly candidate: string; readonly changes: number } | undefined;
  for (const candidate of names) {
    const other = candidate.toLowerCase();
    if (given.length >= 3 && other.startsWith(given)) return candidate;
    const changes = sortedLetters(given) === sortedLetters(other) ? 1 : distance(given, other);
    const limit = Math.ceil(Math.max(other.length, given.length) / 3);
    if (changes <= limit && (best === undefined || changes < best.changes)) best = { candidate, changes };
  }
  return best?.candidate;
}

function sortedLetters(text: string): string {
  return Array.from(text).sort().join("");
}
