import type { Course } from "../../reachability/course";
import type { Party } from "../../reachability/parties";
import { describeHeaders } from "../../reachability/protocols";
import type { Verdict } from "../../verdict";
import type { Finding } from "../rule";
import { pathText } from "./witness-path";

/** What a rule says of a way that must not be. */
export interface Words {
  /** "it can't be told whether …" */
  readonly question: string;
  /** What is so where there is one: "the internet reaches database main". */
  readonly found: string;
  readonly fix: string;
}

/**
 * A finding on a way that must not be: none proves, a certain one violates, with the path hop by hop.
 *
 * @param doubts why it may be allowed after all; a way that is there is undetermined then.
 */
export function forbidden(party: Party, course: Course, words: Words, doubts: readonly string[] = []): Finding {
  return { verdict: verdictOn(course, words, doubts), urn: party.resource.urn };
}

function verdictOn({ traffic, path }: Course, { question, found, fix }: Words, doubts: readonly string[]): Verdict {
  if (traffic.may.isEmpty) return { kind: "proved" };
  if (!traffic.must.isEmpty && doubts.length === 0)
    return { kind: "violated", witness: `${found} by ${describeHeaders(traffic.must)}:\n${pathText(path)}`, fix };
  const unknowns = [...new Set([...doubts, ...(traffic.must.isEmpty ? traffic.unknowns : [])])];
  return { kind: "undetermined", question, unknowns };
}
