import { IPv4 } from "ipaddr.js";

/** A block of IPv4 addresses; `first` is its lowest address as an unsigned number. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.prefix);
}

/** Reads `a.b.c.d/n`; undefined when the text is no IPv4 CIDR block, or has bits set after its prefix (AWS refuses both). */
export function parseCidr(text: string): Cidr | undefined {
  const [address, prefix, ...rest] = text.split("/");
  if (address === undefined || prefix === undefined || rest.length > 0) return undefined;
  if (!IPv4.isValidFourPartDecimal(address) || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return undefined;
  const cidr = { first: numberOf(IPv4.parse(address)), prefix: Number(prefix) };
  return cidr.first % sizeOf(cidr) === 0 ? cidr : undefined;
}

/** The same for text that has been checked before; throws a RangeError that names it otherwise. */
export function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new RangeError(`"${text}" isn't an IPv4 CIDR block`);
  return cidr;
}

export function formatCidr(cidr: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(cidr.first / 2 ** shift) % 256);
  return `${octets.join(".")}/${cidr.prefix}`;
}

export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return inner.prefix >= outer.prefix && inner.first - (inner.first % sizeOf(outer)) === outer.first;
}

/** Blocks of addresses overlap exactly when one contains the other. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}

/** The `index`th of the equal parts that `bits` more bits of prefix make; throws a RangeError when there is no such part. */
export function partOf(cidr: Cidr, bits: number, index: number): Cidr {
  const prefix = cidr.prefix + bits;
  if (prefix > 32 || index < 0 || index >= 2 ** bits) {
    throw new RangeError(`${formatCidr(cidr)} has no part ${index} of /${prefix}`);
  }
  return { first: cidr.first + index * 2 ** (32 - prefix), prefix };
}

function numberOf(address: IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
