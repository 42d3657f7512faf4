/**
 * Protocol names as EC2's firewalls take them, with their IANA numbers.
 * Source: https://www.iana.org/assignments/protocol-numbers; `all` is EC2's own word for every protocol.
 */
const numbers: Record<string, number> = {
  all: -1,
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ggp: 3,
  ipv4: 4,
  st: 5,
  tcp: 6,
  cbt: 7,
  egp: 8,
  igp: 9,
  pup: 12,
  udp: 17,
  hmp: 20,
  dccp: 33,
  ipv6: 41,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  "ipv6-icmp": 58,
  eigrp: 88,
  ospf: 89,
  ipip: 94,
  etherip: 97,
  encap: 98,
  pim: 103,
  vrrp: 112,
  l2tp: 115,
  sctp: 132,
  "udp-lite": 136,
  udplite: 136,
};

export const ALL_PROTOCOLS = -1;

/** The number of a protocol given by name or number, -1 for all; undefined for what EC2 doesn't know. */
export function protocolNumber(protocol: string): number | undefined {
  const lower = protocol.toLowerCase();
  if (/^-?\d+$/.test(lower)) {
    const number = Number(lower);
    return number >= ALL_PROTOCOLS && number <= 255 ? number : undefined;
  }
  return numbers[lower];
}

/** Security groups keep the four names that have ports or types, numbers for the rest. */
export function securityGroupProtocol(protocol: string): string {
  const number = protocolNumber(protocol);
  const names: Record<number, string> = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };
  return number === undefined ? protocol : (names[number] ?? String(number));
}

export const hasPorts = (number: number): boolean => number === 6 || number === 17;
export const isIcmp = (number: number): boolean => number === 1 || number === 58;
