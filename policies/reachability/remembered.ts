import type { Links } from "./links";

const answers = new WeakMap<Links, Map<string, unknown>>();

/** What was found out about a network once; resources don't change under it. The key names the question and its subjects. */
export function remembered<T>(links: Links, key: string, find: () => T): T {
  const known = answers.get(links) ?? new Map<string, unknown>();
  answers.set(links, known);
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as T;
}

/** The same about two things of one network, for as long as both are there. */
export class RememberedPairs<A extends object, B extends object, T> {
  private readonly known = new WeakMap<A, WeakMap<B, { readonly value: T }>>();

  of(a: A, b: B, find: () => T): T {
    let others = this.known.get(a);
    if (others === undefined) this.known.set(a, (others = new WeakMap()));
    let found = others.get(b);
    if (found === undefined) others.set(b, (found = { value: find() }));
    return found.value;
  }
}
