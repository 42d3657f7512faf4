import { all, any, type Certainty, not } from "../../reachability/certainty";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { tablesOfSubnet } from "../../reachability/route-tables";
import { routesOf } from "../../reachability/routes";
import type { Subnet } from "../../reachability/vpcs";

/** Whether a subnet is at the edge, and what speaks against it (or would have to be known). */
export interface Edge {
  readonly answer: Certainty;
  readonly because: string;
}

/**
 * A subnet at the edge has a route to an internet gateway and holds load balancers and NAT gateways only.
 *
 * @param mayStand what may stand there besides.
 */
export function edgeOf(network: Network, subnet: Subnet, mayStand: (party: Party) => Certainty): Edge {
  const routed = leadsOut(network, subnet);
  const others = network.parties
    .filter((party) => party.kind !== "balancer")
    .map((party) => ({ party, answer: all(standsIn(party, subnet), not(mayStand(party))) }))
    .filter(({ answer }) => answer !== "no");
  const empty = not(any(...others.map(({ answer }) => answer)));
  const answer = all(routed, empty);
  const [other] = others.filter((each) => answer !== "no" || each.answer === "yes");
  const noRoute = routed === "no" || (routed === "perhaps" && empty !== "no");
  return {
    answer,
    because:
      noRoute || other === undefined
        ? "its route table has no route to an internet gateway"
        : `${other.party.label} stands there, which is no load balancer or NAT gateway`,
  };
}

function leadsOut({ links }: Network, subnet: Subnet): Certainty {
  const tables = tablesOfSubnet(links, subnet);
  const answers = tables.map((table): Certainty => {
    if (table.resource === undefined) return "perhaps";
    return any(
      "no",
      ...routesOf(links, table).map(({ targets, certain }): Certainty => {
        const kinds = targets.map(({ kind }) => kind);
        if (certain && kinds.every((kind) => kind === "internetGateway")) return "yes";
        return kinds.includes("internetGateway") || (!certain && kinds.includes("undecided")) ? "perhaps" : "no";
      }),
    );
  });
  const [first = "perhaps"] = answers;
  return answers.every((answer) => answer === first) ? first : "perhaps";
}

function standsIn({ subnets, spread }: Party, subnet: Subnet): Certainty {
  if (!subnets.candidates.includes(subnet.resource)) return "no";
  return spread || (subnets.candidates.length === 1 && !subnets.external) ? "yes" : "perhaps";
}
