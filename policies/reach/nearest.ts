import { distance } from "fastest-levenshtein";

/**
 * The name most like the given one, if any is like enough to be what was meant: it begins with it, or at most a third of it is different.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly changes: number } | undefined;
  for (const candidate of names) {
    const changes = distance(name.toLowerCase(), candidate.toLowerCase());
    if (name.length >= 3 && candidate.toLowerCase().startsWith(name.toLowerCase())) return candidate;
    const limit = Math.ceil(Math.max(candidate.length, name.length) / 3);
    if (changes <= limit && (best === undefined || changes < best.changes)) best = { candidate, changes };
  }
  return best?.candidate;
}
