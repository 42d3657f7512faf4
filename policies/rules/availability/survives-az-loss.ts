import { communicationsSetting } from "../../communications/declaration";
import { rowText } from "../../communications/row-answer";
import { type Survival, survivalOf } from "../../communications/zone-survival";
import { judgeByMatrix, noMatrix } from "../network/declared-matrix";
import type { Finding, Rule } from "../rule";

const settings = { communications: communicationsSetting };

/**
 * A row's `survives` is about a VPC that is lost; a zone isn't waited for, so that every row has to outlive one. What is promoted within a VPC (the standby
 * of a Multi-AZ database, another machine of a cluster) AWS promotes by itself.
 */
export const survivesAzLoss: Rule<typeof settings> = {
  id: "survives-az-loss",
  title: "Every declared communication outlives any Availability Zone",
  proves:
    "Proves that every row of the communications matrix, its reply included, still works between those who are left whichever Availability Zone is " +
    "lost with its subnets, NAT gateways, load balancer nodes and endpoints.",
  why:
    "Two of everything in two zones help nothing while the second one's way leads through the first: " +
    "a route to the other zone's NAT gateway, an endpoint in one subnet, a database without a standby.",
  sources: [
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/use-fault-isolation-to-protect-your-workload.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
  ],
  fix: "Give what the witness misses a second place in another zone: a subnet, a NAT gateway with a route of its own zone, a standby.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["availability", "communications"],
  settings,
  defers: true,
  defersByDefault: true,
  notApplicable: noMatrix,
  judge: (stack, { communications }) =>
    judgeByMatrix(
      stack,
      communications,
      "it can't be told whether the declared communications outlive a zone",
      (declaration) =>
        survivalOf(stack.network, stack.resources, declaration).map((each) => findingOfRow(each, stack.isIncomplete)),
    ),
};

function findingOfRow({ row, answer }: Survival, isPending: boolean): Finding {
  switch (answer.kind) {
    case "works":
      return { verdict: { kind: "proved" }, urn: undefined };
    case "broken": {
      const witness = `the declared row ${rowText(row)} doesn't outlive a zone:\n${answer.witness}`;
      const fix = "give what is missing a second place in another zone";
      return { verdict: { kind: "violated", witness, fix }, urn: answer.urn };
    }
    case "open": {
      const question = `it can't be told whether the declared row ${rowText(row)} outlives each zone`;
      return {
        verdict: { kind: "undetermined", question, unknowns: [...answer.unknowns] },
        urn: answer.urn,
        isPending,
      };
    }
  }
}
