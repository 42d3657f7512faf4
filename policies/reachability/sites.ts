import type { IntervalSet } from "./interval-set";
import type { Certainty } from "./certainty";
import type { Service } from "./interface-endpoints";
import type { Groups } from "./security-groups";
import type { Subnet } from "./vpcs";
import type { Hop } from "./query";

/** A network interface, as routes and firewalls see it. */
export interface InterfaceSite {
  readonly kind: "interface";
  readonly hop: Hop;
  readonly label: string;
  readonly subnet: Subnet;
  /** Its private addresses (IPv6: its addresses); those it may have while they aren't known. */
  readonly addresses: IntervalSet;
  readonly exact: boolean;
  /** Undefined: no group watches over it (a NAT gateway, a balancer made without one). */
  readonly groups: Groups | undefined;
  readonly publicAddress: Certainty;
  /** Its public IPv4 addresses; those it may have while they aren't known. */
  readonly publicAddresses: IntervalSet;
  /** Rules of others may name its groups where its own address arrives. */
  readonly referable: boolean;
  /** What stands behind an interface endpoint, which begins nothing itself. Absent: it takes and answers what its groups let in. */
  readonly serves?: Service;
  /** All that stands in its subnet: whose interface it is isn't said. */
  readonly isWholeSubnet?: true;
}

/** Addresses on the internet, of nobody in the network. */
export interface InternetSite {
  readonly kind: "internet";
  readonly hop: Hop;
  readonly label: string;
  readonly addresses: IntervalSet;
}

/** An interface by its public address. */
export interface PublicSite {
  readonly kind: "public";
  readonly of: InterfaceSite;
}

/** A private address of nothing in the network: behind a VPN, in a VPC of others, or nowhere. */
export interface OutsideSite {
  readonly kind: "outside";
  readonly hop: Hop;
  readonly label: string;
  readonly addresses: IntervalSet;
}

export type Site = InterfaceSite | InternetSite | PublicSite | OutsideSite;
/** Who sends, as the receiver sees it. */
export type SendingSite = InterfaceSite | InternetSite | OutsideSite;

export function addressesOfSite(site: Site): IntervalSet {
  return site.kind === "public" ? site.of.publicAddresses : site.addresses;
}

export function labelOfSite(site: Site): string {
  return site.kind === "public" ? `the public address of ${site.of.label}` : site.label;
}
