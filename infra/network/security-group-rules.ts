import {
  isHolder,
  isOutsider,
  type GatewayEndpoint,
  type Holder,
  type Outsider,
  type Party,
  type Protocol,
} from "../communications";
import type { Pair } from "./pairs";

export type Direction = "in" | "out";

export type Peer =
  | { readonly kind: "group"; readonly holder: Holder }
  | { readonly kind: "cidr"; readonly cidr: string }
  | { readonly kind: "prefix-list"; readonly endpoint: GatewayEndpoint };

/** One rule of the group of `holder`: one protocol, one port, one peer. */
export interface SecurityGroupRule {
  /** Unique and stable: says what the rule is, never its position. */
  readonly name: string;
  readonly holder: Holder;
  readonly direction: Direction;
  readonly peer: Peer;
  readonly protocol: Protocol;
  readonly port: number;
  /** At most 255 of the characters AWS allows in a rule's description. */
  readonly description: string;
}

/**
 * Both directions of every pair: out at the one who opens the connection, in at the one who accepts it. Groups are stateful,
 * so replies need no rule. Behind a load balancer the target admits the balancer's group: AWS matches that also where the
 * client's address is kept (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html),
 * so nobody gets round the balancer. Pairs that differ only in why they exist share a rule: AWS refuses duplicates.
 */
export function securityGroupRules(
  pairs: readonly Pair[],
  addresses: Readonly<Record<Outsider, readonly string[]>>,
): SecurityGroupRule[] {
  const rules = new Map<string, SecurityGroupRule>();
  for (const pair of pairs) {
    for (const rule of rulesOf(pair, addresses)) if (!rules.has(rule.name)) rules.set(rule.name, rule);
  }
  return [...rules.values()];
}

function rulesOf(pair: Pair, addresses: Readonly<Record<Outsider, readonly string[]>>): SecurityGroupRule[] {
  const { from, to, protocol, port } = pair;
  const side = (holder: Party, direction: Direction, other: Party): SecurityGroupRule[] => {
    if (!isHolder(holder)) return [];
    return peersOf(other, addresses).map(({ label, peer }) => ({
      name: `${holder}-${direction}-${protocol}-${port}-${direction === "in" ? "from" : "to"}-${label}`,
      holder,
      direction,
      peer,
      protocol,
      port,
      description: described(pair.purpose),
    }));
  };
  return [...side(from, "out", to), ...side(to, "in", from)];
}

function peersOf(
  party: Party,
  addresses: Readonly<Record<Outsider, readonly string[]>>,
): { label: string; peer: Peer }[] {
  if (party === "s3") return [{ label: party, peer: { kind: "prefix-list", endpoint: party } }];
  if (!isOutsider(party)) return [{ label: party, peer: { kind: "group", holder: party } }];
  return addresses[party].map((cidr) => ({
    label: party === "internet" ? party : `${party}-${cidr.replace("/", "-")}`,
    peer: { kind: "cidr", cidr },
  }));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
function described(purpose: string): string {
  return purpose.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ").slice(0, 255);
}
