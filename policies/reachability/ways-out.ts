import { allIpv4, allIpv6 } from "./addresses";
import { internet } from "./axioms";
import { type Course, fork, lost, supposed } from "./course";
import { exactly, intersect, nothing } from "./estimate";
import { blockOf, type Family } from "./interface-addresses";
import type { Network } from "./network";
import type { PublicAddresses } from "./public-addresses";
import { travel } from "./routing";
import { given } from "./resources";
import type { InterfaceSite, InternetSite } from "./sites";
import { Traffic } from "./traffic";
import { noGuessYet } from "./trip";
import type { Subnet } from "./vpcs";

const everything = { ipv4: allIpv4, ipv6: allIpv6 } as const;

/**
 * What routes and gateways carry from a subnet to the internet, whatever firewalls say: the course of a sender of any of its addresses, in no
 * security group, that no network ACL stops. Nothing is asked of replies.
 *
 * @param addresses whether the sender has a public IPv4 address; while that isn't known it may be either.
 */
export function wayOut(network: Network, subnet: Subnet, addresses: PublicAddresses): Course {
  const unknown = addresses.because.join(", ");
  const perhapsPublic = (): Course => supposed(leaving(network, subnet, "ipv4", "yes"), unknown);
  const ways = [
    leaving(network, subnet, "ipv4", addresses.answer === "yes" ? "yes" : "no"),
    ...(addresses.answer === "perhaps" ? [perhapsPublic()] : []),
    leaving(network, subnet, "ipv6", "no"),
  ];
  return fork(ways) ?? lost({ what: `subnet ${subnet.label} has no addresses` });
}

function leaving(network: Network, subnet: Subnet, family: Family, publicAddress: "yes" | "no"): Course {
  const from: InterfaceSite = {
    kind: "interface",
    hop: { what: `subnet ${subnet.label}`, urn: subnet.resource.urn },
    label: `whatever stands in subnet ${subnet.label}`,
    subnet,
    addresses: blockOf(network.links, subnet, family),
    // Not one address that isn't known is asked about, but all; while the block isn't known they may be public ones.
    exact: typeof given(subnet.resource, family === "ipv4" ? "cidrBlock" : "ipv6CidrBlock") === "string",
    groups: undefined,
    publicAddress,
    publicAddresses: internet,
    referable: false,
  };
  const addresses = internet.intersect(everything[family]);
  const to: InternetSite = { kind: "internet", hop: { what: "internet" }, label: "the internet", addresses };
  const traffic = intersect(subnet.senders, exactly(Traffic.where({ destination: addresses })));
  const course: Course = {
    traffic,
    works: nothing,
    path: [from.hop],
    blockedBy: undefined,
    replyBlockedBy: undefined,
    each: [],
    seenAs: [],
    isTold: true,
  };
  return travel({ network, from, to, isReply: false, passed: [], ...noGuessYet(), ignoresFirewalls: true }, course);
}
