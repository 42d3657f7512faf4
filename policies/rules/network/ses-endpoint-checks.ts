import { partyEnd } from "../../communications/ends";
import { trafficBetween, trafficByPlace } from "../../communications/pair-traffic";
import { wayOf } from "../../communications/witness";
import { any, type Certainty } from "../../reachability/certainty";
import { classNumbers } from "../../reachability/classes";
import { IntervalSet } from "../../reachability/interval-set";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { subnetsAmong } from "../../reachability/subnets-among";
import { Traffic } from "../../reachability/traffic";
import { sameVpc, type Subnet } from "../../reachability/vpcs";
import { sameZone } from "../../reachability/zones";
import { bad, type Check, good, outside, pending } from "../check";
import { toInternet } from "./internet-ways";
import { pathText } from "./witness-path";

/** A machine that may be a relay. */
export interface Sender {
  readonly party: Party;
  readonly isRelay: Certainty;
}

/** Ports at which SES takes mail (SES guide, "Connecting to an Amazon SES SMTP endpoint"). */
export const submissionPorts = [25, 465, 587, 2465, 2587] as const;

/** Zones without `email-smtp` endpoints (SES guide, "Setting up VPC endpoints with Amazon SES"). */
const withoutService = new Set([
  ...["use1-az2", "use1-az3", "use1-az5", "usw1-az2", "usw2-az4"],
  ...["apne2-az4", "cac1-az3", "cac1-az4"],
]);

const tcp = Traffic.where({
  protocol: IntervalSet.range(6, 6),
  sourcePorts: IntervalSet.range(1024, 65535),
});
const submission = tcp.intersect(
  Traffic.where({
    ports: IntervalSet.of(...submissionPorts.map((port) => ({ low: BigInt(port), high: BigInt(port) }))),
  }),
);

/** Without private DNS the name that mail programs know leads to SES's public addresses (PrivateLink guide, "Private DNS"). */
export function privateDns(endpoint: Resource): Check {
  const enabled = given(endpoint, "privateDnsEnabled");
  if (enabled === UNKNOWN) return pending("whether it has private DNS");
  if (enabled === true || enabled === "true") return good;
  return bad(
    `endpoint ${label(endpoint)} has no private DNS: SES's name leads to its public addresses`,
    "set privateDnsEnabled: true",
  );
}

/** In every zone with relays that offers the service, so that mail doesn't wait for another zone. */
export function inZonesOfRelays(
  { subnets }: Network,
  { party: endpoint }: { party: Party },
  relays: readonly Sender[],
): readonly Check[] {
  const own = subnetsAmong(subnets, endpoint.subnets.candidates);
  if (endpoint.subnets.external) return [pending(`which subnets ${endpoint.label} is in`)];
  const places = relays
    .filter(({ isRelay }) => isRelay === "yes")
    .flatMap(({ party }) => subnetsAmong(subnets, party.subnets.candidates))
    .filter((subnet) => own.some((each) => sameVpc(each.vpc, subnet.vpc) !== "no"));
  return [...new Set(places)].map((subnet) => inZoneOf(endpoint, own, subnet));
}

function inZoneOf(endpoint: Party, own: readonly Subnet[], subnet: Subnet): Check {
  const found = any(...own.map((each) => sameZone(each, subnet)));
  const id = given(subnet.resource, "availabilityZoneId");
  if (found === "yes" || (typeof id === "string" && withoutService.has(id))) return good;
  if (found === "perhaps" || typeof id !== "string")
    return pending(`in which zone subnet ${subnet.label} of the relays is`);
  return bad(
    `endpoint ${endpoint.label} isn't in zone ${id}, where relays are (subnet ${subnet.label})`,
    `add a subnet of zone ${id} to its subnetIds`,
  );
}

/** Nobody but relays, and they by SES's ports alone. One of a class stands for all that no answer tells apart. */
export function onlyForRelays(network: Network, endpoint: Party, senders: readonly Sender[]): readonly Check[] {
  const numbers = classNumbers(network);
  const sorts = new Map(
    senders.map((sender) => [`${numbers.get(sender.party.resource.urn) ?? ""} ${sender.isRelay}`, sender]),
  );
  return [...sorts.values()].map((sender) => onlyAsRelay(network, endpoint, sender));
}

function onlyAsRelay(network: Network, endpoint: Party, { party, isRelay }: Sender): Check {
  const [from, to] = [partyEnd(network, party.resource.urn), partyEnd(network, endpoint.resource.urn)];
  if (from === undefined || to === undefined) return good;
  const { works } = trafficBetween(network, { from, to }, tcp);
  const allowed = isRelay === "no" ? Traffic.none : submission;
  const extra = { must: works.must.subtract(allowed), may: works.may.subtract(allowed) };
  if (!extra.must.isEmpty) {
    const who = isRelay === "yes" ? "more than mail gets" : `${party.label}, which is no relay, gets`;
    return bad(
      `${who} to endpoint ${endpoint.label}: ${wayOf(network, { from, to }, extra.must)}`,
      "narrow the endpoint's security groups to the relays and SES's ports",
    );
  }
  if (!extra.may.isEmpty) return outside(works.unknowns[0] ?? `what ${party.label} reaches`);
  return isRelay === "perhaps" && !works.may.isEmpty ? outside(`whether ${party.label} is a relay`) : good;
}

/** From each of its places a relay gets to one of the endpoints by one of SES's ports. */
export function reachesEndpoint(network: Network, { party }: Sender, endpoints: readonly Party[]): Check {
  const from = partyEnd(network, party.resource.urn);
  const answers = endpoints.flatMap((endpoint) => {
    const to = partyEnd(network, endpoint.resource.urn);
    return from === undefined || to === undefined
      ? []
      : [{ to, places: trafficByPlace(network, { from, to }, submission) }];
  });
  if (answers.some(({ places }) => places.every(({ works }) => !works.must.isEmpty))) return good;
  const possible = answers.find(({ places }) => places.every(({ works }) => !works.may.isEmpty));
  if (possible !== undefined) {
    const unknowns = possible.places.flatMap(({ works }) => works.unknowns);
    return outside(unknowns[0] ?? `what relay ${party.label} reaches`);
  }
  const [first] = answers;
  if (first === undefined || from === undefined)
    return bad(
      `relay ${party.label} has no endpoint of SES: its mail leaves by the internet or not at all`,
      'add an interface endpoint of "email-smtp" with private DNS to its VPC',
    );
  return bad(
    `relay ${party.label} doesn't reach the endpoint of SES: ${wayOf(network, { from, to: first.to }, submission)}`,
    "let the relays through to the endpoint on port 587",
  );
}

/** A way to the internet on SES's ports is one to SES's public endpoint, and to any other mail server. */
export function noPublicWay(network: Network, { party }: Sender): Check {
  const { traffic, path } = toInternet(network, party);
  const out = { must: traffic.must.intersect(submission), may: traffic.may.intersect(submission) };
  if (!out.must.isEmpty)
    return bad(
      `relay ${party.label} has a way to SES's public endpoint:\n${pathText(path)}`,
      "remove its way to the internet: mail leaves by the interface endpoint",
    );
  return out.may.isEmpty ? good : outside(traffic.unknowns[0] ?? `whether ${party.label} has a way to the internet`);
}
