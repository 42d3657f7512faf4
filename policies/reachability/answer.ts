import { allIpv4, allIpv6 } from "./addresses";
import { type Alternative, connectionsBetween, whichInterface } from "./connections";
import { IntervalSet } from "./interval-set";
import type { Network } from "./network";
import { parseProtocol } from "./protocols";
import type { Answer, Query } from "./query";
import { allPorts, Traffic } from "./traffic";
import { bestOf, eachOf, judged } from "./verdicts";

export type { Answer, Endpoint, Hop, Query, Verdict } from "./query";

/**
 * Does the request arrive, and does the reply get back?
 *
 * @throws RangeError naming what is wrong with the question: an address that is none, a party that the network doesn't have.
 */
export function answer(network: Network, query: Query): Answer {
  const [first, ...others] = connectionsBetween(network, query, headersOf(query));
  return bestOf([onAlternative(first), ...others.map(onAlternative)]);
}

function onAlternative([first, ...others]: Alternative): Answer {
  return eachOf([judged(first), ...others.map(judged)], whichInterface);
}

/** Ports of clients: "your client's ephemeral port range", 1024 on at the widest (VPC guide, "Ephemeral ports"). */
const clientPorts = IntervalSet.range(1024, 65535);

/** ICMP and ICMPv6 are each of one family (RFC 792, RFC 4443). */
const icmpOf = [
  [1, allIpv4],
  [58, allIpv6],
] as const;

/** What a question asks about, between any addresses. "icmp" is that of the family, but a type is one of ICMP for IPv4. */
export function headersOf(asked: Pick<Query, "protocol" | "srcPort" | "dstPort">): Traffic {
  const { protocol, srcPort, dstPort } = asked;
  if (protocol === "icmp" && srcPort === undefined && dstPort === undefined)
    return headersOf({ protocol: 1 }).union(headersOf({ protocol: 58 }));
  const protocols = parseProtocol(protocol) ?? IntervalSet.empty;
  const isPorted = protocols.has(6n) || protocols.has(17n);
  const one = (port: number) => IntervalSet.range(port, port);
  const ofOneFamily = icmpOf.find(([number]) => protocols.equals(IntervalSet.range(number, number)));
  return Traffic.where({
    ...(ofOneFamily === undefined ? {} : { source: ofOneFamily[1] }),
    protocol: protocols,
    sourcePorts: srcPort === undefined ? (isPorted ? clientPorts : allPorts) : one(srcPort),
    ports: dstPort === undefined ? allPorts : one(dstPort),
  });
}
