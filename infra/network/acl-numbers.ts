import type { AclEntry, AclMatch, AclPeer } from "./acl-entries";

/** Denials stand in front of everything. A tier's own place in this list is part of its number: append only. */
const PEERS: readonly AclPeer[] = ["dmz", "edge", "proxy", "outbound", "service", "internal", "internet", "operators"];

/** Every peer has its own thousands, so that `5443` reads as "edge, 443". Eight peers of this width end below 32766. */
const FIRST = 1000;
const SPACING = 4000;
const WIDTH = 3700;

/**
 * Gives every entry a number that follows from what it allows, so that adding one renumbers no other. The order among entries
 * that allow is of no account; where two want the same number, the later by name takes the next free one.
 */
export function numbered(matches: readonly AclMatch[]): AclEntry[] {
  const taken = new Set<string>();
  return matches
    .map((match) => ({ ...match, name: nameOf(match) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const start = startOf(entry.peer);
      let offset = entry.action === "deny" ? 0 : wanted(entry);
      const at = (): number => (entry.action === "deny" ? 10 * (PEERS.indexOf(entry.peer) + 1) : start + offset);
      while (taken.has(`${entry.direction} ${at()}`)) offset = (offset + 1) % WIDTH;
      taken.add(`${entry.direction} ${at()}`);
      return { ...entry, number: at() };
    })
    .sort((a, b) => a.number - b.number);
}

function startOf(peer: AclPeer): number {
  return FIRST + SPACING * PEERS.indexOf(peer);
}

/** The port says it, but for operators, of whom there may be many on the same port: there the address does. */
function wanted(match: AclMatch): number {
  if (match.peer !== "operators") return match.fromPort % WIDTH;
  return Array.from(match.cidr).reduce(
    (hash, letter) => (hash * 31 + letter.charCodeAt(0)) % WIDTH,
    match.fromPort % WIDTH,
  );
}

function nameOf({ direction, action, peer, cidr, protocol, fromPort, toPort }: AclMatch): string {
  const who = peer === "operators" ? `${peer}-${cidr.replace("/", "-")}` : peer;
  if (action === "deny") return `${direction}-deny-${who}`;
  const ports = fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
  return `${direction}-${protocol}-${ports}-${direction === "in" ? "from" : "to"}-${who}`;
}
