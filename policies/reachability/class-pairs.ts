import { classesOf, type PartyClass } from "./classes";
import { type Alternatives, connectionsBetween } from "./connections";
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

/** Every ordered pair of classes, and each with the internet, one by one. A class with itself is two of its members, or its only one with itself. */
export function* classPairs(network: Network, headers: Traffic): Generator<ClassPair> {
  const ends: ClassEnd[] = ["internet", ...classesOf(network)];
  for (const from of ends) {
    for (const to of ends) {
      if (from === "internet" && to === "internet") continue;
      const asked = { from: endpointOf(from, 0), to: endpointOf(to, from === to ? 1 : 0) };
      yield { from, to, alternatives: connectionsBetween(network, asked, headers) };
    }
  }
}

/** A member that stands for the class. */
function endpointOf(end: ClassEnd, at: number): Endpoint {
  if (end === "internet") return { kind: "internet" };
  return { kind: "party", urn: (end.members[at] ?? end.members[0]).resource.urn };
}
