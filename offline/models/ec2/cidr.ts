import ipaddr from "ipaddr.js";

/** An IPv4 block: `first` is its network address as a 32-bit unsigned integer. */
export interface Block {
  first: number;
  prefix: number;
  /** How many addresses it holds. */
  size: number;
}

/** Parses `a.b.c.d/n`; host bits may be set, `first` is then the network's. Undefined for anything else. */
export function parseBlock(cidr: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const size = 2 ** (32 - prefix);
  return { first: address - (address % size), prefix, size };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

export function formatBlock(block: Block): string {
  return `${formatAddress(block.first)}/${block.prefix}`;
}

export function parseAddress(address: string): number | undefined {
  return /^[\d.]+$/.test(address) ? parseBlock(`${address}/32`)?.first : undefined;
}

export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlaps(one: Block, other: Block): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

/** What is wrong with an IPv4 network address in CIDR notation, in the Terraform provider's words; undefined when it is right. */
export function ipv4Problem(cidr: string): string | undefined {
  const block = parseBlock(cidr);
  if (block === undefined) {
    return cidr.includes(":")
      ? `"${cidr}" is not a valid IPv4 CIDR block`
      : `"${cidr}" is not a valid CIDR block: invalid CIDR address: ${cidr}`;
  }
  const canonical = formatBlock(block);
  return canonical === cidr ? undefined : `"${cidr}" is not a valid IPv4 CIDR block; did you mean "${canonical}"?`;
}

/** The same for IPv6; any spelling of the network address is right. */
export function ipv6Problem(cidr: string): string | undefined {
  const invalid = `"${cidr}" is not a valid IPv6 CIDR block`;
  const [address = "", length = ""] = cidr.split("/");
  if (!/^\d{1,3}$/.test(length) || !ipaddr.IPv6.isValid(address)) return `${invalid}: invalid CIDR address: ${cidr}`;
  const prefix = Number(length);
  if (prefix > 128) return `${invalid}: invalid CIDR address: ${cidr}`;
  const network = ipaddr.IPv6.networkAddressFromCIDR(cidr);
  if (ipaddr.IPv6.parse(address).toString() === network.toString()) return undefined;
  return `${invalid}; did you mean "${network.toString()}/${prefix}"?`;
}

/** An IPv6 block's prefix length; undefined for what isn't one. */
export function ipv6Prefix(cidr: string): number | undefined {
  return ipv6Problem(cidr) === undefined ? Number(cidr.split("/")[1]) : undefined;
}

/** A spelling-independent key for equality of IPv4 and IPv6 blocks. */
export function canonicalCidr(cidr: string): string {
  const block = parseBlock(cidr);
  if (block !== undefined) return formatBlock(block);
  return ipv6Problem(cidr) === undefined
    ? ipaddr.IPv6.networkAddressFromCIDR(cidr).toNormalizedString() + `/${cidr.split("/")[1] ?? ""}`
    : cidr;
}
