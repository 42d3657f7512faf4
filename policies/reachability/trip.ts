import type { Course } from "./course";
import type { Network } from "./network";
import type { SendingSite, Site } from "./sites";
import type { Subnet } from "./vpcs";

/** Whose traffic goes where. */
export interface Trip {
  readonly network: Network;
  /** Who sends, as the receiver sees it: the last that translated the source. */
  readonly from: SendingSite;
  readonly to: Site;
  /** A reply: groups aren't asked, translations don't fit, and nothing answers it. */
  readonly isReply: boolean;
  /** URNs of gateways on the way so far; none carries the same traffic twice. */
  readonly passed: readonly string[];
}

/** Sends traffic on by the routes of a subnet, past its network ACL already. */
export type Forward = (trip: Trip, course: Course, at: Subnet) => Course;
