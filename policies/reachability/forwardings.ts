import { type Balancer, balancersOf } from "./balancers";
import { classicListenersOf } from "./classic-balancers";
import { type Listener, listenersOf } from "./listeners";
import type { Network } from "./network";
import { instancesWith } from "./network-interfaces";
import type { Party } from "./parties";
import type { Pool, PoolTarget } from "./pools";
import { remembered } from "./remembered";
import { poolOf } from "./target-groups";

/** A listener of a balancer with something that it forwards to. */
export interface Forwarding {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly pool: Pool;
  /** Does it forward there for certain? */
  readonly certain: boolean;
}

/** A forwarding to one of its targets. */
export interface Link {
  readonly forwarding: Forwarding;
  readonly target: PoolTarget;
}

/** The way from a balancer to a party: one link, or two where a network load balancer has an application load balancer as its target. */
export type Chain = readonly [Link, ...Link[]];

/** So many load balancers stand in a row. */
export const longestChain = 2;

/** A listener, and all that it forwards to. */
export interface Entrance {
  readonly listener: Listener;
  readonly forwardings: readonly Forwarding[];
}

export function entrancesOf(network: Network, balancer: Balancer): readonly Entrance[] {
  return remembered(network.links, `entrances ${balancer.party.resource.urn}`, () => {
    if (balancer.kind === "classic")
      return classicListenersOf(network, balancer).map(({ listener, pool }) => ({
        listener,
        forwardings: [{ balancer, listener, pool, certain: true }],
      }));
    return listenersOf(network.links, balancer).map((listener) => ({
      listener,
      forwardings: listener.groups.map(({ group, certain }) => ({
        balancer,
        listener,
        pool: poolOf(network, group, balancer),
        certain: certain && listener.certain,
      })),
    }));
  });
}

/** Every way from a balancer to a party, that is certain or possible. */
export function chainsTo(network: Network, party: Party): readonly Chain[] {
  const known = remembered(network.links, "chains", () => new Map<Party, readonly Chain[]>());
  const chains = known.get(party) ?? findChains(network, party);
  known.set(party, chains);
  return chains;
}

function findChains(network: Network, party: Party): readonly Chain[] {
  const index = remembered(network.links, "links by target", () => linksByTarget(network));
  const last = [...namesOf(network, party)].flatMap((urn) => index.get(urn) ?? []);
  return last.flatMap((link): Chain[] => {
    const { kind, party: middle } = link.forwarding.balancer;
    const before = kind === "classic" ? [] : (index.get(middle.resource.urn) ?? []);
    const chained = before.filter(({ forwarding }) => forwarding.balancer.party !== middle);
    return [[link], ...chained.map((each): Chain => [each, link])];
  });
}

/** What may be registered for a party: itself, its interfaces, or the machine whose interface it is. */
function namesOf({ links }: Network, { resource, interfaces }: Party): ReadonlySet<string> {
  return new Set([
    resource.urn,
    ...(interfaces ?? []).map((own) => own.party.resource.urn),
    ...instancesWith(links, resource).map(({ instance }) => instance.urn),
  ]);
}

function linksByTarget(network: Network): ReadonlyMap<string, readonly Link[]> {
  const found = new Map<string, Link[]>();
  for (const balancer of balancersOf(network)) {
    for (const forwarding of entrancesOf(network, balancer).flatMap(({ forwardings }) => forwardings)) {
      for (const target of forwarding.pool.targets) {
        const { urn } = target.party.resource;
        found.set(urn, [...(found.get(urn) ?? []), { forwarding, target }]);
      }
    }
  }
  return found;
}
