import type { Links } from "./links";

const answers = new WeakMap<Links, Map<string, unknown>>();

/** What was found out about a network once; resources don't change under it. The key names the question and its subjects. */
export function remembered<T>(links: Links, key: string, find: () => T): T {
  const known = answers.get(links) ?? new Map<string, unknown>();
  answers.set(links, known);
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as T;
}
