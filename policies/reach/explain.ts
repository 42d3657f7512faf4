import type { Answer, Hop } from "../reachability/answer";
import type { Naming } from "./hop-names";
import { inWords, type JointAnswer } from "./joint-answer";
import type { Paint } from "../command-line/paint";
import { isIcmp, type Question } from "./queries";

/**
 * One question and its answer for a person: the verdict, then the way hop by hop, or the hop and rule that block.
 *
 * @param name gives ids their names; asked in the order of the text.
 */
export function explain(question: Question, answer: JointAnswer, paint: Paint, name: Naming): string {
  return [
    `${titleOf(question)}: ${verdictLine(answer, paint)}`,
    ...membersLine(answer),
    ...wayBefore(answer).map((hop, at) => `  ${String(at + 1).padStart(2)}  ${hopLine(hop, paint, name)}`),
    ...(answer.blockedBy === undefined ? [] : [blockLine(answer, answer.blockedBy, paint, name)]),
    ...(answer.unknowns ?? []).map((unknown) => `   ${paint.unsure("?")}  it isn't known ${name(unknown)}`),
  ].join("\n");
}

/** The path without its last hop where that one blocks, which has a line of its own. */
function wayBefore({ path, blockedBy }: Answer): readonly Hop[] {
  return blockedBy !== undefined && path.at(-1)?.what === blockedBy.what ? path.slice(0, -1) : path;
}

/** "web → internet, tcp/443" */
export function titleOf({ from, to, fromIp, toIp, protocol, srcPort, dstPort }: Question): string {
  const at = (name: string, ip: string | undefined) => (ip === undefined ? name : `${name} at ${ip}`);
  return `${at(from, fromIp)} → ${at(to, toIp)}, ${headersText(protocol, srcPort, dstPort)}`;
}

function headersText(protocol: Question["protocol"], srcPort?: number, dstPort?: number): string {
  const word = protocol === 58 ? "icmpv6" : `protocol ${protocol}`;
  const named = typeof protocol === "number" ? word : protocol === "any" ? "anything" : protocol;
  const [ofTarget, ofSender] = isIcmp(protocol) ? [" type ", " code "] : ["/", " from port "];
  const part = (before: string, number: number | undefined) => (number === undefined ? "" : `${before}${number}`);
  return `${named}${part(ofTarget, dstPort)}${part(ofSender, srcPort)}`;
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

function hopLine({ what, id, rule }: Hop, paint: Paint, name: Naming): string {
  const named = name(id === undefined || what.includes(id) ? what : `${what} (${id})`);
  return rule === undefined || what.includes(rule) ? named : `${named} ${paint.quiet(`by ${name(rule)}`)}`;
}

function blockLine({ request }: Answer, hop: Hop, paint: Paint, name: Naming): string {
  const what = request === "reachable" ? "the reply is stopped: " : "";
  return `   ${paint.bad("✗")}  ${what}${hopLine(hop, paint, name)}`;
}
