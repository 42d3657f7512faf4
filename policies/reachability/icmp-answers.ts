import { IntervalSet } from "./interval-set";

/**
 * Types of ICMP that answer one another: echo, timestamp, information and address mask (RFC 792, RFC 950), and of ICMPv6 echo and node
 * information (RFC 4443, RFC 4620). By protocol number.
 */
const pairs = new Map<bigint, readonly (readonly [number, number])[]>([
  [
    1n,
    [
      [8, 0],
      [13, 14],
      [15, 16],
      [17, 18],
    ],
  ],
  [
    58n,
    [
      [128, 129],
      [139, 140],
    ],
  ],
]);

const one = (type: number) => IntervalSet.range(type, type);

/** The types of the answers to messages of these types, of ICMP (1) or ICMPv6 (58). What is never answered stands for itself. */
export function answeringTypes(protocol: 1n | 58n, types: IntervalSet): IntervalSet {
  return (pairs.get(protocol) ?? []).reduce((turned, [request, reply]) => {
    const [asks, answers] = [types.has(BigInt(request)), types.has(BigInt(reply))];
    if (asks === answers) return turned;
    return asks ? turned.subtract(one(request)).union(one(reply)) : turned.subtract(one(reply)).union(one(request));
  }, types);
}
