import { AllowedTraffic } from "../../communications/allowed-traffic";
import { communicationsSetting, type Declaration } from "../../communications/declaration";
import { type Extra, extraTraffic } from "../../communications/extra-traffic";
import { partiesOf } from "../../communications/parties";
import { wayOf } from "../../communications/witness";
import type { Network } from "../../reachability/network";
import type { StackModel } from "../../stack-model";
import type { Finding, Rule } from "../rule";
import { judgeByMatrix, noMatrix } from "./declared-matrix";

const settings = { communications: communicationsSetting };

export const communicationsExclusive: Rule<typeof settings> = {
  id: "communications-exclusive",
  title: "Nothing but the declared communications works",
  proves:
    "Proves that between any two parties of the stack, the internet and the services behind gateway endpoints nothing gets through but what a row " +
    "of the communications matrix allows, whichever address or load balancer it goes by.",
  why:
    "What nobody declared nobody watches: a rule that was opened for a test, or that means more than its author thought, is how an intruder gets " +
    "from one machine to the next.",
  sources: [
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html",
  ],
  fix: "Declare it as a row of the matrix if it is wanted; else narrow the rules that the witness names.",
  enforcementLevel: "mandatory",
  severity: "critical",
  controls: [],
  tags: ["network", "communications"],
  settings,
  defers: true,
  notApplicable: noMatrix,
  judge: (stack, { communications }) =>
    judgeByMatrix(stack, communications, "it can't be told whether nothing else works", (declaration) =>
      judgeStack(stack, declaration),
    ),
};

/** One finding for each resource that something reaches, or that reaches something outside; a proved one for the stack where nothing does. */
function judgeStack({ network, isIncomplete }: StackModel, declaration: Declaration): readonly Finding[] {
  const parties = partiesOf(network, declaration);
  const extras = extraTraffic(network, parties, new AllowedTraffic(network, parties, declaration), declaration);
  const bySubject = new Map<string | undefined, Extra[]>();
  for (const extra of extras) {
    const urn = subjectOf(extra);
    bySubject.set(urn, [...(bySubject.get(urn) ?? []), extra]);
  }
  if (bySubject.size === 0) return [{ verdict: { kind: "proved" }, urn: undefined }];
  return [...bySubject].map(([urn, found]) => findingOn(network, urn, found, isIncomplete));
}

function subjectOf({ from, to }: Extra): string | undefined {
  const own = [to, from].find(({ kind }) => kind === "party");
  return own?.kind === "party" ? own.party.resource.urn : undefined;
}

/** So many are told one by one. */
const told = 5;

function findingOn(network: Network, urn: string | undefined, extras: readonly Extra[], isPending: boolean): Finding {
  const certain = extras.filter(({ traffic }) => !traffic.must.isEmpty);
  if (certain.length === 0) {
    const pairs = extras.map(({ from, to }) => `${from.label} → ${to.label}`);
    const shown = [...new Set(pairs)].slice(0, told).join(", ");
    const question = `it can't be told whether more than what is declared gets through: ${shown}`;
    const unknowns = [...new Set(extras.flatMap(({ traffic }) => traffic.unknowns))];
    return { verdict: { kind: "undetermined", question, unknowns }, urn, isPending };
  }
  const lines = certain.slice(0, told).map(({ from, to, traffic }) => wayOf(network, { from, to }, traffic.must));
  const rest = certain.length > told ? [`and ${certain.length - told} more`] : [];
  const witness = ["no row of the communications matrix allows what gets through:", ...lines, ...rest].join("\n");
  const fix = "declare it as a row of the matrix if it is wanted, or narrow the rules that let it pass";
  return { verdict: { kind: "violated", witness, fix }, urn };
}
