import { z } from "zod";
import type { Certainty } from "../../reachability/certainty";
import { supposed, type Course } from "../../reachability/course";
import { exactly, subtract } from "../../reachability/estimate";
import { IntervalSet } from "../../reachability/interval-set";
import type { Network } from "../../reachability/network";
import type { Party, PartyKind } from "../../reachability/parties";
import { Traffic } from "../../reachability/traffic";
import type { Finding, Rule } from "../rule";
import { isChosen, namesParties } from "./chosen-parties";
import { toInternet } from "./internet-ways";
import { forbidden } from "./way-findings";

const settings = {
  proxies: z
    .array(z.string())
    .default(["proxy"])
    .describe(`The forward proxies, which alone may send to the internet. ${namesParties}.`),
  mailSenders: z
    .array(z.string())
    .default(["outbound"])
    .describe(`What may send mail to the internet itself: tcp/25, and nothing else. ${namesParties}.`),
};

interface Chosen {
  readonly proxies: readonly string[];
  readonly mailSenders: readonly string[];
}

/** Load balancers and endpoints begin nothing of their own towards the internet, nor do mount targets. */
export const egressThroughProxyOnly: Rule<typeof settings> = {
  id: "egress-through-proxy-only",
  title: "Only the proxies have a way to the internet",
  proves:
    "Proves that where a stack has forward proxies, nothing else gets anything out to the internet; but for mail on tcp/25 from what may send it.",
  why:
    "What is allowed out is a list on the proxies. A machine with a way past them takes part in no list: it can fetch what it likes, and send out what " +
    "it has.",
  sources: ["https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html"],
  fix: "Remove the route or the rule that lets it out, and send it through the proxies.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["network", "internet", "proxy"],
  settings,
  defers: false,
  notApplicable:
    'The stack has no forward proxy: nothing with the tag Role "proxy", nor what the setting `proxies` names.',
  judge: ({ network }, chosen) => judgeNetwork(network, chosen),
};

const silent: ReadonlySet<PartyKind> = new Set<PartyKind>(["balancer", "endpoint", "mountTarget"]);
const mail = Traffic.where({ protocol: IntervalSet.range(6, 6), ports: IntervalSet.range(25, 25) });

function judgeNetwork(network: Network, chosen: Chosen): readonly Finding[] {
  const senders = network.parties
    .filter(({ kind }) => !silent.has(kind))
    .map((party) => ({ party, isProxy: isChosen(network.links, party, chosen.proxies) }));
  if (senders.every(({ isProxy }) => isProxy === "no")) return [];
  return senders
    .filter(({ isProxy }) => isProxy !== "yes")
    .map(({ party, isProxy }) => judgeParty(network, party, isProxy, chosen));
}

function judgeParty(network: Network, party: Party, isProxy: Certainty, { mailSenders }: Chosen): Finding {
  const words = {
    question: `it can't be told whether ${party.label} has a way to the internet past the proxies`,
    found: `${party.label}, which is no proxy, reaches the internet`,
    fix: `close this way of ${party.label} to the internet and let it use the proxies, or name it in the setting \`proxies\` if it is one.`,
  };
  const doubts = isProxy === "perhaps" ? [`whether ${party.label} is a proxy`] : [];
  const course = toInternet(network, party);
  return forbidden(party, besidesMail(course, party, isChosen(network.links, party, mailSenders)), words, doubts);
}

function besidesMail(course: Course, { label }: Party, maySend: Certainty): Course {
  if (maySend === "no") return course;
  const others = { ...course, traffic: subtract(course.traffic, exactly(mail)) };
  if (maySend === "yes" || !others.traffic.must.isEmpty) return others;
  return supposed(course, `whether ${label} may send mail`);
}
