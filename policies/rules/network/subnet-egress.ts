import { internet } from "../../reachability/axioms";
import { type Estimate, exactly, intersect } from "../../reachability/estimate";
import { permittedByAcl } from "../../reachability/network-acls";
import type { Network } from "../../reachability/network";
import { describeHeaders } from "../../reachability/protocols";
import { publicAddressesIn } from "../../reachability/public-addresses";
import { label } from "../../reachability/resources";
import { rulesOf } from "../../reachability/security-groups";
import { Traffic } from "../../reachability/traffic";
import type { Subnet } from "../../reachability/vpcs";
import { type Sender, type Way, waysFrom } from "../../reachability/ways";

/** Whether routes and gateways carry something from a subnet to the internet. */
export type Egress =
  | { readonly answer: "no" }
  | { readonly answer: "perhaps"; readonly unknowns: readonly string[] }
  /** `witness` is the path, `fix` what to change. */
  | { readonly answer: "yes"; readonly witness: string; readonly fix: string };

export function egressOf(network: Network, subnet: Subnet): Egress {
  const addresses = publicAddressesIn(network.links, subnet, network.parties);
  const unknown = addresses.because.join(", ");
  const sender: Sender = { publicAddress: addresses.answer, unknown, acls: "ignored" };
  const { traffic, ways } = waysFrom(network, subnet, "internet", sender);
  const border = intersect(subnet.senders, exactly(Traffic.where({ destination: internet })));
  const leaving = intersect(border, traffic);
  if (leaving.may.isEmpty) return { answer: "no" };
  if (leaving.must.isEmpty) return { answer: "perhaps", unknowns: leaving.unknowns };
  const way = mostCertain(ways, border);
  const path = [`db subnet ${subnet.label}`, ...way.hops, "internet"].join(" → ");
  const because =
    addresses.answer === "yes" && way.hops.some(isInternetGateway) ? `; public by ${addresses.because[0] ?? ""}` : "";
  const [table = "its route table", target = "a gateway"] = way.hops;
  return {
    answer: "yes",
    witness: `${path}${because}; ${firewallsOf(network, subnet, intersect(border, way.traffic))}`,
    fix: `remove the route to ${target} from ${table}, or associate subnet ${subnet.label} with a route table without it.`,
  };
}

function isInternetGateway(hop: string): boolean {
  return hop.startsWith("igw-") || hop.startsWith("internet gateway ");
}

function mostCertain(ways: readonly Way[], border: Estimate): Way {
  const open = ways.filter(({ traffic }) => !traffic.may.intersect(border.may).isEmpty);
  const certain = open.find(({ traffic }) => !traffic.must.intersect(border.must).isEmpty);
  return certain ?? open[0] ?? { traffic: border, hops: [] };
}

/** What the firewalls say of it today: the ACL where it blocks everything, else a group that lets something out, of those known in the subnet. */
function firewallsOf(network: Network, subnet: Subnet, leaving: Estimate): string {
  const passing = intersect(permittedByAcl(network.links, subnet, "egress"), leaving);
  if (passing.may.isEmpty) return "its network ACL blocks it today, but routes decide";
  const inside = network.parties.filter(({ subnets }) => subnets.candidates.includes(subnet.resource));
  for (const { groups } of inside) {
    for (const group of [...groups.certain, ...groups.possible]) {
      for (const { traffic, peers } of rulesOf(network.links, group, "egress", undefined)) {
        const out = traffic.must.intersect(passing.must);
        if (!out.isEmpty) return `security group ${label(group)} allows ${describeHeaders(traffic.must)} to ${peers}`;
      }
    }
  }
  return "no security group known here lets it out today, but routes decide";
}
