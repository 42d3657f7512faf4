import { communicationsSetting, type Row } from "../../communications/declaration";
import { partiesOf } from "../../communications/parties";
import { answerRow, type RowAnswer, rowText } from "../../communications/row-answer";
import type { Finding, Rule } from "../rule";
import { judgeByMatrix, noMatrix } from "./declared-matrix";

const settings = { communications: communicationsSetting };

export const communicationsImplemented: Rule<typeof settings> = {
  id: "communications-implemented",
  title: "Every declared communication works",
  proves:
    "Proves that every row of the communications matrix works, its reply included, from each member of the one party in each of its zones to " +
    "each member of the other, and through the load balancer that the row names.",
  why:
    "A requirement that a firewall, a route or a missing listener stops is an outage that is found when somebody needs it; " +
    "derived from routes, gateways, groups and network ACLs it is found before anything is deployed.",
  sources: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html",
  ],
  fix: "Open what the witness names as stopping it, or take the row out of the matrix.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["network", "communications"],
  settings,
  defers: true,
  defersByDefault: true,
  notApplicable: noMatrix,
  judge: (stack, { communications }) =>
    judgeByMatrix(stack, communications, "it can't be told whether the declared communications work", (declaration) => {
      const { network, isIncomplete } = stack;
      const parties = partiesOf(network, declaration);
      return declaration.rows.map((row) => findingOfRow(row, answerRow(network, parties, row), isIncomplete));
    }),
};

function findingOfRow(row: Row, answer: RowAnswer, isPending: boolean): Finding {
  const text = rowText(row);
  switch (answer.kind) {
    case "works":
      return { verdict: { kind: "proved" }, urn: undefined };
    case "broken": {
      const { witness, fix, urn } = answer;
      return { verdict: { kind: "violated", witness: `the declared row ${text} doesn't work:\n${witness}`, fix }, urn };
    }
    case "open": {
      const question = `it can't be told whether the declared row ${text} works`;
      return {
        verdict: { kind: "undetermined", question, unknowns: [...answer.unknowns] },
        urn: answer.urn,
        isPending,
      };
    }
  }
}
