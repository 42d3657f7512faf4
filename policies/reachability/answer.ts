import { type Alternative, connectionsBetween } from "./connections";
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
  return eachOf([judged(first), ...others.map(judged)], "in which of its subnets a party is");
}

/** Ports of clients: "your client's ephemeral port range", 1024 on at the widest (VPC guide, "Ephemeral ports"). */
const clientPorts = IntervalSet.range(1024, 65535);

/** What a question asks about, between any addresses. */
export function headersOf({ protocol, srcPort, dstPort }: Pick<Query, "protocol" | "srcPort" | "dstPort">): Traffic {
  const protocols = parseProtocol(protocol) ?? IntervalSet.empty;
  const isPorted = protocols.has(6n) || protocols.has(17n);
  const one = (port: number) => IntervalSet.range(port, port);
  return Traffic.where({
    protocol: protocols,
    sourcePorts: srcPort === undefined ? (isPorted ? clientPorts : allPorts) : one(srcPort),
    ports: dstPort === undefined ? allPorts : one(dstPort),
  });
}
