import { intersect } from "../../reachability/estimate";
import type { Network } from "../../reachability/network";
import { publicAddressesIn } from "../../reachability/public-addresses";
import type { Subnet } from "../../reachability/vpcs";
import { wayOut } from "../../reachability/ways-out";
import { egressFirewalls } from "./egress-firewalls";
import { stepsOf } from "./witness-path";

/** Whether routes and gateways carry something from a subnet to the internet. */
export type Egress =
  | { readonly answer: "no" }
  | { readonly answer: "perhaps"; readonly unknowns: readonly string[] }
  /** `witness` is the path, `fix` what to change. */
  | { readonly answer: "yes"; readonly witness: string; readonly fix: string };

export function egressOf(network: Network, subnet: Subnet): Egress {
  const addresses = publicAddressesIn(network.links, subnet, network.parties);
  const { traffic, path } = wayOut(network, subnet, addresses);
  if (traffic.may.isEmpty) return { answer: "no" };
  if (traffic.must.isEmpty) return { answer: "perhaps", unknowns: traffic.unknowns };
  const [from = "", table = "its route table", gateway = "a gateway", ...onward] = stepsOf(path);
  const isPublic = addresses.answer === "yes" && isInternetGateway(gateway);
  const firewalls = egressFirewalls(network, subnet, intersect(subnet.senders, traffic));
  return {
    answer: "yes",
    witness: [
      [
        [`db ${from}`, table, gateway, ...onward].join(" → "),
        ...(isPublic ? [`public by ${addresses.because[0] ?? ""}`] : []),
        firewalls.groups,
      ].join("; "),
      firewalls.acl,
    ].join("\n"),
    fix: `remove the route to ${gateway} from ${table}, or associate subnet ${subnet.label} with a route table without it.`,
  };
}

function isInternetGateway(hop: string): boolean {
  return hop.startsWith("igw-") || hop.startsWith("internet gateway ");
}
