import type { Answer, Hop } from "../reachability/answer";
import { inWords, type JointAnswer } from "./joint-answer";
import type { Paint } from "./paint";
import type { Question } from "./queries";

/** One question and its answer for a person: the verdict, then the way hop by hop, or the hop and rule that block. */
export function explain(question: Question, answer: JointAnswer, paint: Paint): string {
  return [
    `${titleOf(question)}: ${verdictLine(answer, paint)}`,
    ...membersLine(answer),
    ...answer.path.map((hop, at) => `  ${String(at + 1).padStart(2)}  ${hopLine(hop, paint)}`),
    ...(answer.blockedBy === undefined ? [] : [blockLine(answer, answer.blockedBy, paint)]),
    ...(answer.unknowns ?? []).map((unknown) => `   ${paint.unsure("?")}  it isn't known ${unknown}`),
  ].join("\n");
}

/** "web → internet, tcp/443" */
export function titleOf({ from, to, fromIp, toIp, protocol, srcPort, dstPort }: Question): string {
  const at = (name: string, ip: string | undefined) => (ip === undefined ? name : `${name} at ${ip}`);
  const named = typeof protocol === "number" ? `protocol ${protocol}` : protocol === "any" ? "anything" : protocol;
  const what = dstPort === undefined ? named : `${named}/${dstPort}`;
  return `${at(from, fromIp)} → ${at(to, toIp)}, ${what}${srcPort === undefined ? "" : ` from port ${srcPort}`}`;
}

function verdictLine(answer: Answer, paint: Paint): string {
  switch (inWords(answer)) {
    case "reachable":
      return `${paint.good("reachable")}, and the reply gets back`;
    case "blocked":
      return paint.bad("blocked");
    case "one-way":
      return `${paint.bad("one-way")}: the request arrives, the reply doesn't get back`;
    default:
      return answer.request === "reachable"
        ? `${paint.unsure("undetermined")}: the request arrives, but it can't be told whether the reply gets back`
        : paint.unsure("undetermined");
  }
}

function membersLine({ pairs }: JointAnswer): readonly string[] {
  const [first] = pairs;
  if (first === undefined || pairs.length === 1) return [];
  const verdicts = new Set(pairs.map(({ answer }) => inWords(answer)));
  if (verdicts.size > 1)
    return pairs.map(({ from, to, answer }) => `  ${from.label} → ${to.label}: ${inWords(answer)}`);
  return [`  the same for all ${pairs.length} pairs of machines; shown: ${first.from.label} → ${first.to.label}`];
}

function hopLine({ what, id, rule }: Hop, paint: Paint): string {
  const named = id === undefined || what.includes(id) ? what : `${what} (${id})`;
  return rule === undefined || what.includes(rule) ? named : `${named} ${paint.quiet(`by ${rule}`)}`;
}

function blockLine({ request }: Answer, hop: Hop, paint: Paint): string {
  const what = request === "reachable" ? "the reply is stopped: " : "";
  return `   ${paint.bad("✗")}  ${what}${hopLine(hop, paint)}`;
}
