/** A value that a proof lacks. */
export interface Unknown {
  /** In words a person can act on. */
  readonly what: string;
  /** The deployment itself tells it: at the end of `pulumi up` it is known. What lies outside the stack isn't. */
  readonly pending: boolean;
}

/** Whether a message gets through a part of its way. `hops` is what it passes, up to where it is stopped. */
export type Passage =
  | { readonly answer: "yes"; readonly hops: readonly string[] }
  | { readonly answer: "perhaps"; readonly hops: readonly string[]; readonly unknowns: readonly Unknown[] }
  | { readonly answer: "no"; readonly hops: readonly string[]; readonly why: string; readonly fix: string };

export function open(...hops: readonly string[]): Passage {
  return { answer: "yes", hops };
}

/** Known once everything is deployed. */
export function pending(what: string): Passage {
  return { answer: "perhaps", hops: [], unknowns: [{ what, pending: true }] };
}

/** Not to be seen from this stack. */
export function outside(what: string): Passage {
  return { answer: "perhaps", hops: [], unknowns: [{ what, pending: false }] };
}

export function stopped(why: string, fix: string): Passage {
  return { answer: "no", hops: [], why, fix };
}

/** One part after the other: the first certain stop decides, whatever isn't known before it. */
export function inTurn(...parts: readonly Passage[]): Passage {
  const hops: string[] = [];
  const unknowns: Unknown[] = [];
  for (const part of parts) {
    hops.push(...part.hops);
    if (part.answer === "no") return { ...part, hops };
    if (part.answer === "perhaps") unknowns.push(...part.unknowns);
  }
  return unknowns.length === 0 ? open(...hops) : { answer: "perhaps", hops, unknowns: distinct(unknowns) };
}

/** Any of these ways is enough. Of ways that are all stopped the one is told that leads furthest; of no way at all, `none`. */
export function anyOf(ways: readonly Passage[], none: Passage): Passage {
  const through = ways.find(({ answer }) => answer === "yes");
  if (through !== undefined) return through;
  return unclear(ways) ?? furthest(ways) ?? none;
}

/** It isn't known which of these ways is taken: certain is only what all of them say. */
export function whichever(ways: readonly Passage[], unknown: Passage): Passage {
  const [first, ...others] = ways;
  if (first !== undefined && others.every(({ answer }) => answer === first.answer)) return unclear(ways) ?? first;
  return unclear([...ways.filter(({ answer }) => answer === "perhaps"), unknown]) ?? unknown;
}

function unclear(ways: readonly Passage[]): Passage | undefined {
  const found = ways.flatMap((way) => (way.answer === "perhaps" ? [way] : []));
  const [first] = found;
  return first && { ...first, unknowns: distinct(found.flatMap(({ unknowns }) => unknowns)) };
}

function furthest(ways: readonly Passage[]): Passage | undefined {
  return ways.reduce<Passage | undefined>(
    (best, way) => (best === undefined || way.hops.length > best.hops.length ? way : best),
    undefined,
  );
}

function distinct(unknowns: readonly Unknown[]): readonly Unknown[] {
  return [...new Map(unknowns.map((each) => [each.what, each])).values()];
}
