import { internet } from "../../reachability/axioms";
import { type Estimate, exactly, intersect } from "../../reachability/estimate";
import type { Network } from "../../reachability/network";
import { publicAddressesIn } from "../../reachability/public-addresses";
import { Traffic } from "../../reachability/traffic";
import type { Subnet } from "../../reachability/vpcs";
import { type Sender, type Way, waysFrom } from "../../reachability/ways";
import { egressFirewalls } from "./egress-firewalls";

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
  const isPublic = addresses.answer === "yes" && way.hops.some(isInternetGateway);
  const firewalls = egressFirewalls(network, subnet, intersect(border, way.traffic));
  const [table = "its route table", target = "a gateway"] = way.hops;
  return {
    answer: "yes",
    witness: [
      [path, ...(isPublic ? [`public by ${addresses.because[0] ?? ""}`] : []), firewalls.groups].join("; "),
      firewalls.acl,
    ].join("\n"),
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
