import * as ipaddr from "ipaddr.js";
import { IntervalSet } from "./interval-set";

/**
 * Addresses of both families lie on one line, so that one set holds both: IPv4 from 0, IPv6 from 2^32 on.
 */
const ipv6Origin = 1n << 32n;

export const allIpv4 = IntervalSet.range(0n, ipv6Origin - 1n);
export const allIpv6 = IntervalSet.range(ipv6Origin, ipv6Origin + (1n << 128n) - 1n);
export const allAddresses = allIpv4.union(allIpv6);
export const noAddresses = IntervalSet.empty;

/** A block of addresses and the length of its prefix, by which routes are ranked. */
export interface Block {
  readonly text: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
  readonly addresses: IntervalSet;
}

/** "10.0.0.0/16", "2001:db8::/32", or a lone address; undefined when it is neither. Host bits are ignored, as AWS does. */
export function parseBlock(text: string): Block | undefined {
  if (parsed.has(text)) return parsed.get(text);
  // Texts come again and again; those of one network fit in.
  if (parsed.size >= 50_000) parsed.clear();
  const block = parse(text);
  parsed.set(text, block);
  return block;
}

const parsed = new Map<string, Block | undefined>();

function parse(text: string): Block | undefined {
  const withPrefix = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(withPrefix)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(withPrefix);
  const bits = address.kind() === "ipv4" ? 32 : 128;
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const origin = bits === 32 ? 0n : ipv6Origin;
  const low = origin + (value / size) * size;
  return { text, prefix, family: address.kind(), addresses: IntervalSet.range(low, low + size - 1n) };
}

/** The addresses of blocks that are known to be well-formed (constants of this library). */
export function blocks(...texts: string[]): IntervalSet {
  return texts.reduce((sum, text) => {
    const block = parseBlock(text);
    if (block === undefined) throw new RangeError(`not a block of addresses: ${text}`);
    return sum.union(block.addresses);
  }, noAddresses);
}
