import { answer, type Answer, type Verdict } from "../reachability/answer";
import type { Network } from "../reachability/network";
import type { Meaning, Member } from "./names";
import type { Question } from "./queries";

/** The answer between one machine and another. */
export interface PairAnswer {
  readonly from: Member;
  readonly to: Member;
  readonly answer: Answer;
}

/** The answer to a question whose ends may be roles, with those of each pair of their machines. */
export interface JointAnswer extends Answer {
  readonly pairs: readonly PairAnswer[];
}

/** One machine doesn't speak with itself. */
export function answerAll(network: Network, question: Question, from: Meaning, to: Meaning): JointAnswer {
  const several = from.members.length > 1 || to.members.length > 1;
  const pairs = from.members.flatMap((source) =>
    to.members
      .filter((target) => !(several && isSame(source, target)))
      .map((target) => ({
        from: source,
        to: target,
        answer: answer(network, { ...question, from: source.endpoint, to: target.endpoint }),
      })),
  );
  return join(pairs);
}

/**
 * Certain only where all pairs agree: a role is reachable when each of its machines is, blocked when none is. The path and what blocks are
 * those of the first pair that shows the joint verdict.
 */
export function join(pairs: readonly PairAnswer[]): JointAnswer {
  const request = agreed(pairs.map(({ answer: { request: each } }) => each));
  const connection = agreed(pairs.map(({ answer: { connection: each } }) => each));
  const shown =
    pairs.find(({ answer: each }) => each.request === request && each.connection === connection) ?? pairs[0];
  const unknowns = new Set(pairs.flatMap(({ answer: each }) => each.unknowns ?? []));
  for (const unknown of disagreement(pairs)) unknowns.add(unknown);
  return {
    request,
    connection,
    path: shown?.answer.path ?? [],
    ...(shown?.answer.blockedBy === undefined ? {} : { blockedBy: shown.answer.blockedBy }),
    ...(request === "undetermined" || connection === "undetermined" ? { unknowns: [...unknowns] } : {}),
    pairs,
  };
}

function agreed(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  return first !== undefined && verdicts.every((each) => each === first) ? first : "undetermined";
}

/** Which pairs have which certain verdict, where they don't agree. */
function disagreement(pairs: readonly PairAnswer[]): readonly string[] {
  const certain = pairs.filter(({ answer: each }) => each.connection !== "undetermined");
  const kinds = new Set(certain.map(({ answer: { request, connection } }) => `${request} ${connection}`));
  if (kinds.size < 2) return [];
  return certain.map(
    ({ from, to, answer: each }) => `which machines are meant: ${from.label} → ${to.label} is ${inWords(each)}`,
  );
}

/** The verdict on a question in one word, or two where only one direction works. */
export function inWords({ request, connection }: Pick<Answer, "request" | "connection">): string {
  return request === "reachable" && connection === "blocked" ? "one-way" : connection;
}

function isSame({ endpoint: one }: Member, { endpoint: other }: Member): boolean {
  return one.kind === "party" && other.kind === "party" && one.urn === other.urn;
}
