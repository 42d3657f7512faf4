/**
 * A tier is one block of addresses per VPC with a subnet in every Availability Zone:
 *
 * - `edge`: route to the internet gateway; load balancers that face the internet, and NAT gateways
 * - `dmz`: relay, mailbox, web, bastion; no public address, no default route
 * - `proxy`: default route to the NAT gateway
 * - `outbound`: only with direct delivery; relays that send on port 25
 * - `service`: interface endpoints and internal load balancers; no route out
 * - `internal`: database and mail store; no route out
 */
export type Tier = "edge" | "dmz" | "proxy" | "outbound" | "service" | "internal";

/** Every tier that has a block in the plan of addresses, in the order of the blocks. Appending is safe, reordering isn't. */
export const ALL_TIERS: readonly Tier[] = ["dmz", "edge", "proxy", "outbound", "service", "internal"];

/** The tiers of a platform that delivers through SES: `outbound` keeps its block, but has no subnets. */
export const TIERS: readonly Tier[] = ALL_TIERS.filter((tier) => tier !== "outbound");
