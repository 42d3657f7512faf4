import { tierOf, type Outsider, type Party, type Protocol } from "../communications";
import { cidrOf, containsCidr, overlaps } from "./cidr";
import { tierBlock } from "./cidr-plan";
import { numbered } from "./acl-numbers";
import type { Pair } from "./pairs";
import type { Direction } from "./security-group-rules";
import type { Tier } from "./tiers";

/** Whom an entry is about, as its name and its number say it. */
export type AclPeer = Tier | Outsider;

/** One entry of a tier's network ACL, still without its number. */
export interface AclMatch {
  readonly direction: Direction;
  readonly action: "allow" | "deny";
  readonly peer: AclPeer;
  readonly cidr: string;
  readonly protocol: Protocol | "all";
  readonly fromPort: number;
  readonly toPort: number;
}

export interface AclEntry extends AclMatch {
  /** Unique and stable within the ACL: says what the entry is, never its position. */
  readonly name: string;
  /** 1 to 32766, unique in its direction. */
  readonly number: number;
}

export interface AclSurroundings {
  readonly vpcCidr: string;
  /** The tiers that have subnets. */
  readonly tiers: readonly Tier[];
  readonly addresses: Readonly<Record<Outsider, readonly string[]>>;
}

/**
 * The ports that a reply goes to. Besides the machines' own (Linux: 32768 up) NAT gateways and load balancers use all from 1024:
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const REPLY_PORTS = { fromPort: 1024, toPort: 65535 } as const;

/** The first packet of a connection, passing the border of a tier. */
interface Crossing {
  readonly tier: Tier;
  readonly direction: Direction;
  readonly peer: AclPeer;
  readonly cidr: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/**
 * The entries of every tier's network ACL. ACLs are stateless, so each connection has an entry for its packets and one for
 * the replies. They are the coarse fence: they see addresses, so S3 (public addresses behind the gateway endpoint) and what the
 * NAT gateways carry are 0.0.0.0/0. Where that would also take in a tier that no row joins, an entry in front denies that tier.
 */
export function aclEntries(pairs: readonly Pair[], around: AclSurroundings): Map<Tier, AclEntry[]> {
  const crossings = pairs.flatMap((pair) => crossingsOf(pair, around));
  return new Map(
    around.tiers.map((tier) => {
      const own = crossings.filter((crossing) => crossing.tier === tier);
      const allowed = withoutCovered(own.flatMap(bothWays));
      return [tier, numbered([...denials(own, allowed, around), ...allowed])];
    }),
  );
}

function crossingsOf(pair: Pair, around: AclSurroundings): Crossing[] {
  const from = tierOf(pair.from);
  const to = tierOf(pair.to);
  const leaving = (tier: Tier, peer: Party): Crossing[] => cross(tier, "out", peer, pair, around);
  const entering = (tier: Tier, peer: Party): Crossing[] => cross(tier, "in", peer, pair, around);
  return [
    ...(from === undefined ? [] : leaving(from, pair.to)),
    // Where the client's address is kept, the target's subnet sees the client, though the packet comes from the balancer.
    ...(to === undefined ? [] : entering(to, pair.client ?? pair.from)),
    ...throughNat(pair, around),
  ];
}

/** What a tier without a public address sends to the internet passes the NAT gateway, whose interface is in a subnet of `edge`. */
function throughNat(pair: Pair, around: AclSurroundings): Crossing[] {
  const from = tierOf(pair.from);
  if (from === undefined || from === "edge" || (pair.to !== "internet" && pair.to !== "operators")) return [];
  return [...cross("edge", "in", pair.from, pair, around), ...cross("edge", "out", pair.to, pair, around)];
}

function cross(tier: Tier, direction: Direction, party: Party, pair: Pair, around: AclSurroundings): Crossing[] {
  const { protocol, port } = pair;
  return placesOf(party, around).map((place) => ({ tier, direction, ...place, protocol, port }));
}

function placesOf(party: Party, around: AclSurroundings): { peer: AclPeer; cidr: string }[] {
  const tier = tierOf(party);
  if (tier !== undefined) return [{ peer: tier, cidr: tierBlock(around.vpcCidr, tier) }];
  const outsider = party === "operators" ? "operators" : "internet";
  return around.addresses[outsider].map((cidr) => ({ peer: outsider, cidr }));
}

function bothWays(crossing: Crossing): AclMatch[] {
  const { direction, peer, cidr, protocol, port } = crossing;
  const back = direction === "in" ? "out" : "in";
  return [
    { direction, action: "allow", peer, cidr, protocol, fromPort: port, toPort: port },
    { direction: back, action: "allow", peer, cidr, protocol, ...REPLY_PORTS },
  ];
}

/** Leaves out what another entry allows anyway: there are only 20 entries each way. */
function withoutCovered(matches: readonly AclMatch[]): AclMatch[] {
  const distinct = [...new Map(matches.map((match) => [JSON.stringify(match), match])).values()];
  return distinct.filter((match) => !distinct.some((other) => other !== match && covers(other, match)));
}

function covers(outer: AclMatch, inner: AclMatch): boolean {
  return (
    outer.direction === inner.direction &&
    outer.protocol === inner.protocol &&
    outer.fromPort <= inner.fromPort &&
    outer.toPort >= inner.toPort &&
    containsCidr(cidrOf(outer.cidr), cidrOf(inner.cidr))
  );
}

function denials(own: readonly Crossing[], allowed: readonly AclMatch[], around: AclSurroundings): AclMatch[] {
  const joined = new Set<AclPeer>(own.map(({ peer }) => peer));
  const strangers = around.tiers.filter((tier) => !joined.has(tier));
  return (["in", "out"] as const).flatMap((direction) =>
    strangers
      .map((peer) => ({ peer, cidr: tierBlock(around.vpcCidr, peer) }))
      .filter(({ cidr }) =>
        allowed.some((entry) => entry.direction === direction && overlaps(cidrOf(entry.cidr), cidrOf(cidr))),
      )
      .map((stranger): AclMatch => ({
        direction,
        action: "deny",
        ...stranger,
        protocol: "all",
        fromPort: 0,
        toPort: 0,
      })),
  );
}
