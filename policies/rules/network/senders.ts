import { allAddresses } from "../../reachability/addresses";
import { internet } from "../../reachability/axioms";
import { classNumbers } from "../../reachability/classes";
import { connectionsBetween } from "../../reachability/connections";
import { type Course, supposed } from "../../reachability/course";
import { endsOf } from "../../reachability/ends";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { passage } from "../../reachability/passage";
import { remembered } from "../../reachability/remembered";
import type { OutsideSite, SendingSite, Site } from "../../reachability/sites";
import { Traffic } from "../../reachability/traffic";
import { vpcAddresses } from "../../reachability/vpcs";
import { endpointOf, whole } from "./internet-ways";

/** What of a party's requests arrives at another, by any way; asked once for all senders that no answer tells apart, with the path of one of them. One target is asked about one set of headers. */
export function sentBy(network: Network, from: Party, to: Party, headers: Traffic): Course {
  const { urn } = from.resource;
  const [sender = urn, target] = [urn, to.resource.urn].map((each) => classNumbers(network).get(each) ?? each);
  return remembered(network.links, `sent by class ${sender} to ${target}`, () =>
    sentByItself(network, from, to, headers),
  );
}

/** The same with the sender's own path. */
export function sentByItself(network: Network, from: Party, to: Party, headers: Traffic): Course {
  const hasEach = isEverywhere(from) && isEverywhere(to);
  if (from.kind !== "unmodelled") {
    const ends = { from: endpointOf(from), to: endpointOf(to) };
    return whole(connectionsBetween(network, ends, headers), hasEach, `${from.label} or ${to.label}`);
  }
  // Its groups aren't read; but where it stands, no rule at the other end may let anything in.
  const groups = { certain: [], possible: [], outside: [`the security groups of ${from.label}`] };
  const senders = endsOf(network, from, "ipv4").flatMap((end) =>
    end.kind === "party" ? end.interfaces.map((site) => ({ ...site, groups })) : [],
  );
  const unknown = `the traffic of ${from.label} (${from.resource.type}), which isn't modelled`;
  return supposed(toEach(network, senders, to, hasEach, headers), unknown);
}

/** From private addresses of nobody in the network: what a VPN, a peering or a transit gateway joins to it. */
export function fromOtherNetworks(network: Network, to: Party): Course {
  const target = classNumbers(network).get(to.resource.urn) ?? to.resource.urn;
  return remembered(network.links, `from other networks to ${target}`, () => {
    const addresses = allAddresses.subtract(internet).subtract(vpcAddresses(network.links));
    const name = "another network";
    const site: OutsideSite = { kind: "outside", hop: { what: name }, label: name, addresses };
    return toEach(network, [site], to, isEverywhere(to), Traffic.all);
  });
}

function toEach(
  network: Network,
  senders: readonly SendingSite[],
  to: Party,
  hasEach: boolean,
  headers: Traffic,
): Course {
  const ways = (["ipv4", "ipv6"] as const).flatMap((family) =>
    endsOf(network, to, family).map((end) => {
      const targets: readonly Site[] = end.kind === "party" ? end.interfaces : [];
      return senders.flatMap((sender) => targets.map((target) => passage(network, headers, sender, target)));
    }),
  );
  return whole(ways, hasEach, to.label);
}

/** Has it an interface in each subnet that it names, or in the only one? */
function isEverywhere({ spread, subnets }: Party): boolean {
  return spread || (subnets.candidates.length === 1 && !subnets.external);
}
