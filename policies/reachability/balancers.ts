import { type Family, hasFamily } from "./address-families";
import { type Certainty, certaintyOf } from "./certainty";
import { hopOf } from "./ends";
import { addressSetsOf } from "./interface-addresses";
import type { Network } from "./network";
import type { Party } from "./parties";
import { remembered } from "./remembered";
import { given, label, type Resource, UNKNOWN, type Value } from "./resources";
import { subnetsAmong } from "./subnets-among";
import type { InterfaceSite } from "./sites";

/** Application, network and gateway load balancers: two tokens for one resource. */
export const elasticBalancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;
export const classicBalancerType = "aws:elb/loadBalancer:LoadBalancer";

/** What a load balancer does with connections: "network" passes packets on, the others make connections of their own. */
export type BalancerKind = "application" | "network" | "classic";

export interface Balancer {
  readonly party: Party;
  /** Undefined: it isn't known. */
  readonly kind: BalancerKind | undefined;
  /** Do its nodes send to targets in other zones, where a target group doesn't say otherwise? */
  readonly crossZone: Certainty;
}

/** The load balancers of a network, without gateway load balancers, whose traffic isn't modelled. */
export function balancersOf({ links, parties }: Network): readonly Balancer[] {
  return remembered(links, "balancers", () =>
    parties
      .filter(({ kind }) => kind === "balancer")
      .map((party): Balancer => {
        const kind = kindOf(party.resource);
        return { party, kind, crossZone: crossZoneOf(party.resource, kind) };
      }),
  );
}

/** The one that a party is; undefined for gateway load balancers and whatever is none. */
export function balancerOf(network: Network, party: Party): Balancer | undefined {
  const byParty = remembered(
    network.links,
    "balancer by party",
    () => new Map(balancersOf(network).map((balancer) => [balancer.party, balancer])),
  );
  return byParty.get(party);
}

function kindOf(resource: Resource): BalancerKind | undefined {
  if (resource.type === classicBalancerType) return "classic";
  const type = given(resource, "loadBalancerType");
  if (type === UNKNOWN) return undefined;
  return type === "network" ? "network" : "application";
}

/**
 * "Cross-zone load balancing is always turned on at the load balancer level" for an ALB; for an NLB it "is disabled by default" (Elastic Load
 * Balancing user guide, "Cross-zone load balancing"); for a classic one the provider turns it on unless told otherwise.
 */
function crossZoneOf(resource: Resource, kind: BalancerKind | undefined): Certainty {
  if (kind === undefined) return "perhaps";
  if (kind === "application") return "yes";
  if (kind === "network") return certaintyOf(given(resource, "enableCrossZoneLoadBalancing"));
  return certaintyOf(given(resource, "crossZoneLoadBalancing") ?? true);
}

/** A node in each of its subnets: one interface with the balancer's groups, and a public address where it faces the internet. */
export interface BalancerNode {
  readonly site: InterfaceSite;
  /** Does it take connections over the family? */
  readonly answer: Certainty;
}

export function nodesOf(network: Network, balancer: Balancer, family: Family): readonly BalancerNode[] {
  const key = `nodes ${family} ${balancer.party.resource.urn}`;
  return remembered(network.links, key, () => readNodes(network, balancer, family));
}

function readNodes({ links, subnets }: Network, { party }: Balancer, family: Family): readonly BalancerNode[] {
  const { resource } = party;
  return subnetsAmong(subnets, party.subnets.candidates).flatMap((subnet) => {
    const answer = hasFamily(links, party, subnet, family);
    if (answer === "no") return [];
    return addressSetsOf(links, party, subnet, family).map(({ addresses, exact, ...outer }): BalancerNode => {
      const publicAddress = withoutPublic(outer.publicAddress, family, given(resource, "ipAddressType"));
      const { publicAddresses } = outer;
      const known = { subnet, addresses, exact, publicAddress, publicAddresses, referable: true };
      const site = {
        kind: "interface",
        hop: hopOf(party),
        label: party.label,
        groups: party.groups,
        ...known,
      } as const;
      return { site, answer };
    });
  });
}

/** `dualstack-without-public-ipv4`: clients on the internet come over IPv6 alone. */
function withoutPublic(facing: Certainty, family: Family, type: Value): Certainty {
  if (family === "ipv6") return facing;
  if (type === "dualstack-without-public-ipv4") return "no";
  return type === UNKNOWN && facing === "yes" ? "perhaps" : facing;
}

/** "load balancer \"web\"": how sentences name it. */
export function nameOf({ party }: Balancer): string {
  return `load balancer ${label(party.resource)}`;
}
