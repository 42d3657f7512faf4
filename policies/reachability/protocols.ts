import { type Estimate, exactly } from "./estimate";
import { IntervalSet } from "./interval-set";
import { UNKNOWN, type Value } from "./resources";
import { allPorts, allProtocols, type Box, icmpProtocols, Traffic } from "./traffic";

const numbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
const names: Readonly<Record<number, string>> = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };

/** "tcp", "6", 6, "-1", "all"; undefined when it is no protocol that AWS takes. */
export function parseProtocol(value: Value): IntervalSet | undefined {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.toLowerCase() : undefined;
  if (text === undefined) return undefined;
  if (text === "-1" || text === "all" || text === "any") return allProtocols;
  const number = numbers[text] ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  return number === undefined || number > 255 ? undefined : IntervalSet.range(number, number);
}

/**
 * The headers a rule matches, addresses aside. `low` and `high` are ports, or ICMP type and code (-1: any), both of which protocols
 * without ports ignore. Unknown parts match perhaps.
 */
export function headers(protocol: Value, low: Value, high: Value, unknown: string): Estimate {
  const parsed = parseProtocol(protocol);
  if (parsed === undefined) return { must: Traffic.none, may: Traffic.all, unknowns: [unknown] };
  const fields = (ports: Partial<Box>) => Traffic.where({ protocol: parsed, ...ports });
  const icmp = !parsed.intersect(icmpProtocols).isEmpty;
  const ported = parsed.has(6n) || parsed.has(17n);
  if (parsed === allProtocols || (!icmp && !ported)) return exactly(fields({}));
  if (low === UNKNOWN || high === UNKNOWN) return { must: Traffic.none, may: fields({}), unknowns: [unknown] };
  const from = portNumber(low);
  const to = portNumber(high);
  if (!icmp) return exactly(fields({ ports: IntervalSet.range(from ?? 0, to ?? 65535) }));
  return exactly(
    fields({
      ports: from === undefined || from < 0 ? allPorts : IntervalSet.range(from, from),
      sourcePorts: to === undefined || to < 0 ? allPorts : IntervalSet.range(to, to),
    }),
  );
}

function portNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** "tcp/443", "tcp/1024-65535", "udp", "all traffic": how a person would write the first box of the traffic. */
export function describeHeaders(traffic: Traffic): string {
  const box = traffic.boxes[0];
  const protocol = box?.protocol.intervals[0];
  if (box === undefined || protocol === undefined) return "nothing";
  if (protocol.low !== protocol.high) return "all traffic";
  const name = names[Number(protocol.low)] ?? `protocol ${protocol.low}`;
  const ports = box.ports.equals(allPorts)
    ? ""
    : box.ports.intervals.map(({ low, high }) => (low === high ? String(low) : `${low}-${high}`)).join(",");
  return ports === "" ? name : `${name}/${ports}`;
}
