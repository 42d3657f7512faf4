import { classesOf, type PartyClass } from "./classes";
import { type Alternatives, connectionsBetween } from "./connections";
import { lost } from "./course";
import { areBarred, barrable } from "./group-barriers";
import type { Network } from "./network";
import type { Endpoint } from "./query";
import type { Traffic } from "./traffic";

export type ClassEnd = PartyClass | "internet";

/** What connects any member of one class with any other of another. */
export interface ClassPair {
  readonly from: ClassEnd;
  readonly to: ClassEnd;
  readonly alternatives: Alternatives;
}

/**
 * Every ordered pair of classes, and each with the internet, one by one. A class with itself is two of its members, or its only one with itself.
 * Where the target's groups alone keep the sender out, no way is followed: the path of such a pair is empty. By default all classes
 * are senders.
 */
export function* classPairs(
  network: Network,
  headers: Traffic,
  senders: readonly ClassEnd[] = classEnds(network),
): Generator<ClassPair> {
  const ends = classEnds(network);
  const known = new Map(ends.map((end) => [end, end === "internet" ? undefined : barrable(network, end.members[0])]));
  for (const from of senders) {
    const sender = known.get(from);
    for (const to of ends) {
      if (from === "internet" && to === "internet") continue;
      const target = known.get(to);
      if (from !== to && sender !== undefined && target !== undefined && areBarred(network, sender, target)) {
        yield {
          from,
          to,
          alternatives: [[lost({ what: "no rule of the target's security groups lets the sender in" })]],
        };
        continue;
      }
      const asked = { from: endpointOf(from, 0), to: endpointOf(to, from === to ? 1 : 0) };
      yield { from, to, alternatives: connectionsBetween(network, asked, headers) };
    }
  }
}

export function classEnds(network: Network): readonly ClassEnd[] {
  return ["internet", ...classesOf(network)];
}

/** A member that stands for the class. */
function endpointOf(end: ClassEnd, at: number): Endpoint {
  if (end === "internet") return { kind: "internet" };
  return { kind: "party", urn: (end.members[at] ?? end.members[0]).resource.urn };
}
