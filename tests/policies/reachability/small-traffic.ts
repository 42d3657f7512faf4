import fc from "fast-check";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { Traffic } from "../../../policies/reachability/traffic";

const corner = fc
  .array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 2 })
  .map((pairs) =>
    IntervalSet.of(...pairs.map(([a, b]) => ({ low: BigInt(Math.min(a, b)), high: BigInt(Math.max(a, b)) }))),
  );
const box = fc.record({ source: corner, destination: corner, protocol: corner, sourcePorts: corner, ports: corner });
/** Any set of packets of a universe of three values a field. */
export const traffic = fc
  .array(box, { maxLength: 3 })
  .map((boxes) => boxes.reduce((sum, fields) => sum.union(Traffic.where(fields)), Traffic.none));

const three = [0n, 1n, 2n];
/** Every packet of that universe: the brute-force model. */
export const packets = three.flatMap((source) =>
  three.flatMap((destination) =>
    three.flatMap((protocol) =>
      three.flatMap((sourcePorts) => three.map((ports) => ({ source, destination, protocol, sourcePorts, ports }))),
    ),
  ),
);
type Packet = (typeof packets)[number];

export function has(set: Traffic, packet: Packet): boolean {
  return set.boxes.some(
    (each) =>
      each.source.has(packet.source) &&
      each.destination.has(packet.destination) &&
      each.protocol.has(packet.protocol) &&
      each.sourcePorts.has(packet.sourcePorts) &&
      each.ports.has(packet.ports),
  );
}
