import type { Certainty } from "./certainty";
import type { Family } from "./interface-addresses";
import type { Party } from "./parties";
import type { Value } from "./resources";

/** One registered target. */
export interface PoolTarget {
  readonly party: Party;
  /** The address that it is registered by; undefined: its own primary one. */
  readonly address: string | undefined;
  /** The port where it differs from the pool's; undefined: it doesn't. */
  readonly port: Value;
  /** Registered for all zones, as targets outside the VPC are. */
  readonly everyZone: boolean;
  readonly certain: boolean;
}

/** Where health checks go: a port, or "traffic-port". Not known: UNKNOWN. */
export type CheckPort = Value;

/** What a listener forwards to: a target group, or the instances of a classic load balancer. */
export interface Pool {
  /** Tells pools of one network apart. */
  readonly key: string;
  readonly label: string;
  readonly port: Value;
  /** Do its targets see the client's own address (where it is of their family)? */
  readonly keepsClient: Certainty;
  /** Undefined: it isn't known. */
  readonly family: Family | undefined;
  readonly crossZone: Certainty;
  readonly checkPort: CheckPort;
  readonly targets: readonly PoolTarget[];
  /** Targets that aren't among the parties, in words. */
  readonly outside: readonly string[];
  /** Its targets have no place in the network (functions): they answer through the balancer whatever the network does. */
  readonly isPlaceless: Certainty;
}
