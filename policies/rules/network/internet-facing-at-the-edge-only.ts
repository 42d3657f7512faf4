import { z } from "zod";
import type { StackModel } from "../../stack-model";
import type { Finding, Rule } from "../rule";
import { isChosen, namesParties } from "./chosen-parties";
import { straightFromInternet } from "./internet-ways";
import { forbidden } from "./way-findings";

const settings = {
  internetFacing: z
    .array(z.string())
    .default([])
    .describe(`What may be reached from the internet besides load balancers. ${namesParties}.`),
};

/** What stands behind a load balancer is reached by it alone, and what it lets in is the balancer's to decide. */
export const internetFacingAtTheEdgeOnly: Rule<typeof settings> = {
  id: "internet-facing-at-the-edge-only",
  title: "Only load balancers face the internet",
  proves:
    "Proves that from the internet nothing arrives at any network interface straight, but at load balancers and what the settings name.",
  why:
    "A machine that the internet reaches is scanned within minutes, and whatever listens on it is attacked. Behind a load balancer only the ports " +
    "of its listeners are, and the machine can be replaced without a change of address.",
  sources: ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html"],
  fix: "Take the public address away from what the witness names, or narrow the rules that let the internet in; publish it by a load balancer.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["network", "internet"],
  settings,
  defers: false,
  notApplicable: "The stack has no network interface but those of load balancers.",
  judge: (stack, { internetFacing }) => judgeNetwork(stack, internetFacing),
};

function judgeNetwork({ network }: StackModel, named: readonly string[]): readonly Finding[] {
  return network.parties
    .filter(({ kind }) => kind !== "balancer")
    .flatMap((party) => {
      const isAllowed = isChosen(network.links, party, named);
      if (isAllowed === "yes") return [];
      const words = {
        question: `it can't be told whether the internet reaches ${party.label}`,
        found: `the internet reaches ${party.label} straight`,
        fix:
          `take the public address of ${party.label} away, or close the rule that lets the internet in; ` +
          "where it is meant to face the internet, name it in the setting `internetFacing`.",
      };
      const doubts = isAllowed === "perhaps" ? [`whether the setting internetFacing names ${party.label}`] : [];
      return [forbidden(party, straightFromInternet(network, party), words, doubts)];
    });
}
