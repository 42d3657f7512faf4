import { parseBlock } from "./addresses";
import { internet } from "./axioms";
import type { Estimate } from "./estimate";
import { type End, flow } from "./flow";
import { IntervalSet } from "./interval-set";
import type { Network } from "./network";
import { parseProtocol } from "./protocols";
import type { Answer, Endpoint, Query, Verdict } from "./query";
import { Traffic } from "./traffic";

export type { Answer, Endpoint, Hop, Query, Verdict } from "./query";

/**
 * Does the request arrive, and does the reply get back?
 *
 * @throws RangeError naming what is wrong with the question: an address that is none, a party that the network doesn't have.
 */
export function answer(network: Network, query: Query): Answer {
  const [from, to] = [endOf(network, query.from), endOf(network, query.to)];
  if (from === undefined || to === undefined) {
    const address = [query.from, query.to].find(({ kind }) => kind === "address");
    const what = address?.kind === "address" ? address.address : "";
    return {
      request: "undetermined",
      connection: "undetermined",
      path: [],
      unknowns: [`what has the address ${what}`],
    };
  }
  const asked = Traffic.where({
    source: addressesOf(query.fromIp, query.from),
    destination: addressesOf(query.toIp, query.to),
    protocol: parseProtocol(query.protocol) ?? IntervalSet.empty,
    ...(query.srcPort === undefined ? {} : { sourcePorts: IntervalSet.range(query.srcPort, query.srcPort) }),
    ...(query.dstPort === undefined ? {} : { ports: IntervalSet.range(query.dstPort, query.dstPort) }),
  });
  const { request, connection } = flow(network, from, to);
  const [arrives, works] = [verdictOn(asked, request), verdictOn(asked, connection)];
  const unknowns = arrives === "undetermined" ? request.unknowns : works === "undetermined" ? connection.unknowns : [];
  return {
    request: arrives,
    connection: works,
    path: [{ what: from === "internet" ? "the internet" : from.label }],
    ...(arrives === "undetermined" || works === "undetermined" ? { unknowns } : {}),
  };
}

function endOf({ parties }: Network, endpoint: Endpoint): End | undefined {
  if (endpoint.kind === "address") return undefined;
  if (endpoint.kind === "internet") return "internet";
  const party = parties.find(({ resource }) => resource.urn === endpoint.urn);
  if (party === undefined) throw new RangeError(`the network has no party ${endpoint.urn}`);
  return party;
}

function addressesOf(text: string | undefined, { kind }: Endpoint): IntervalSet {
  if (text === undefined) return kind === "internet" ? internet : IntervalSet.range(0n, (1n << 130n) - 1n);
  const block = parseBlock(text);
  if (block === undefined) throw new RangeError(`not an address: ${text}`);
  return block.addresses;
}

function verdictOn(asked: Traffic, { must, may }: Estimate): Verdict {
  if (asked.intersect(may).isEmpty) return "blocked";
  return asked.intersect(must).isEmpty ? "undetermined" : "reachable";
}
