import { clientPorts, firstClientPort, lastClientPort } from "../reachability/client-ports";
import { classNumbers } from "../reachability/classes";
import { connectionBetween } from "../reachability/connections";
import { IntervalSet } from "../reachability/interval-set";
import { scalingGroupType } from "../reachability/managed-parties";
import type { Network } from "../reachability/network";
import type { PartyEntry } from "../reachability/party-list";
import { describeHeaders } from "../reachability/protocols";
import type { Endpoint } from "../reachability/query";
import { Traffic } from "../reachability/traffic";

/** What works from one role to another, reply included. */
export interface Cell {
  readonly from: string;
  readonly to: string;
  /** For every machine of both, for certain: "tcp/25", "tcp/80,443", "icmp", "all traffic". */
  readonly works: readonly string[];
  /** For some machines or from some of a client's ports only, or what isn't known could make it work. */
  readonly perhaps: readonly string[];
}

interface Group {
  readonly name: string;
  readonly ends: readonly Endpoint[];
  /** It launches machines at will, so that there may be several. */
  readonly scales: boolean;
}

/**
 * Every pair of roles, and the internet. A party without a role stands by its name. A role with itself is asked about where it has several
 * machines: those of an Auto Scaling group can be two in each of its subnets.
 */
export function matrixOf(network: Network, parties: readonly PartyEntry[]): readonly Cell[] {
  const groups = groupsOf(network, parties);
  return groups.flatMap((from) =>
    groups.filter((to) => from !== to || hasSeveral(from)).map((to) => cellOf(network, from, to)),
  );
}

function groupsOf(network: Network, parties: readonly PartyEntry[]): readonly Group[] {
  const internet: Group = { name: "internet", ends: [{ kind: "internet" }], scales: false };
  const groups = new Map<string, Group>([[internet.name, internet]]);
  for (const entry of parties) {
    const name = entry.role ?? nameApart(entry, parties);
    const known = groups.get(name);
    const end: Endpoint = { kind: "party", urn: entry.urn };
    const scales = entry.type === scalingGroupType || known?.scales === true;
    groups.set(name, { name, ends: [...(known?.ends ?? []), end], scales });
  }
  return [...groups.values()];
}

/** The id, or else the URN, where the name alone could mean another party or a role. */
function nameApart({ urn, name, id }: PartyEntry, parties: readonly PartyEntry[]): string {
  const taken =
    name === "internet" || parties.some((each) => each.urn !== urn && (each.name === name || each.role === name));
  return taken ? (id ?? urn) : name;
}

function hasSeveral({ ends, scales }: Group): boolean {
  return ends.length > 1 || scales;
}

const ported = IntervalSet.range(6, 6).union(IntervalSet.range(17, 17));
const portless = IntervalSet.range(0, 255).subtract(ported);
/** What clients send. */
const sent = Traffic.where({ protocol: ported, sourcePorts: clientPorts }).union(Traffic.where({ protocol: portless }));

function cellOf(network: Network, from: Group, to: Group): Cell {
  const pairs = from.ends.flatMap((source) =>
    to.ends
      .filter((target) => source !== target || from.ends.length === 1)
      .map((target) => [classOf(network, source, target), { from: source, to: target }] as const),
  );
  const connections = [...new Map(pairs).values()].map((ends) => connectionBetween(network, ends, sent).works);
  const certain = connections
    .map(({ must }) => headersFromAll(must))
    .reduce((sum, each) => sum.intersect(each), Traffic.all);
  const possible = connections.map(({ may }) => headersOf(may)).reduce((sum, each) => sum.union(each), Traffic.none);
  return {
    from: from.name,
    to: to.name,
    works: connections.length === 0 ? [] : describe(certain),
    perhaps: describe(possible.subtract(certain)),
  };
}

/** Pairs of machines of the same two classes have the same connections, so that one of them is enough. */
function classOf(network: Network, ...ends: readonly Endpoint[]): string {
  const numbers = classNumbers(network);
  return ends.map((end) => (end.kind === "party" ? (numbers.get(end.urn) ?? end.urn) : end.kind)).join(" ");
}

/** Protocols and destination ports alone, of what a client can send whichever port it takes: a connection that needs a certain one works by luck. */
function headersFromAll(traffic: Traffic): Traffic {
  const { boxes } = traffic.intersect(Traffic.where({ protocol: ported }));
  const borders = boxes.flatMap(({ sourcePorts }) =>
    sourcePorts.intervals.flatMap(({ low, high }) => [Number(low), Number(high) + 1]),
  );
  // Between two borders all ports fare alike, so the first of each stretch stands for it.
  const stretches = [firstClientPort, ...borders.filter((port) => port > firstClientPort && port <= lastClientPort)];
  const always = [...new Set(stretches)]
    .map((port) => headersOf(traffic.intersect(clientPort(port))))
    .reduce((sum, each) => sum.intersect(each), Traffic.all);
  return always.union(headersOf(traffic.intersect(Traffic.where({ protocol: portless }))));
}

function clientPort(port: number): Traffic {
  return Traffic.where({ protocol: ported, sourcePorts: IntervalSet.range(port, port) });
}

function headersOf({ boxes }: Traffic): Traffic {
  return boxes.reduce((sum, { protocol, ports }) => sum.union(Traffic.where({ protocol, ports })), Traffic.none);
}

/** ICMP, TCP, UDP and ICMPv6. */
const named = [1, 6, 17, 58];

/** One text a protocol, ports together. */
function describe(traffic: Traffic): readonly string[] {
  if (Traffic.all.isSubsetOf(traffic)) return ["all traffic"];
  const one = (number: number): string[] => {
    const protocol = IntervalSet.range(number, number);
    const { boxes } = traffic.intersect(Traffic.where({ protocol }));
    if (boxes.length === 0) return [];
    const ports = boxes.reduce((sum, box) => sum.union(box.ports), IntervalSet.empty);
    return [describeHeaders(Traffic.where({ protocol, ports }))];
  };
  const others = traffic.boxes
    .reduce((sum, { protocol }) => sum.union(protocol), IntervalSet.empty)
    .subtract(named.reduce((sum, each) => sum.union(IntervalSet.range(each, each)), IntervalSet.empty));
  return [
    ...named.flatMap(one),
    ...others.intervals.map(({ low, high }) => (low === high ? `protocol ${low}` : `protocols ${low}-${high}`)),
  ];
}
