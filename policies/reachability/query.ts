/** An end of a question. */
export type Endpoint =
  | { readonly kind: "internet" }
  | { readonly kind: "address"; readonly address: string }
  /** A party of the network, by the URN of its resource. */
  | { readonly kind: "party"; readonly urn: string };

/** A question. Ports that it leaves open are any: something that gets through is enough (of source ports, those of clients, 1024 on). */
export interface Query {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Which address of the sender is meant, where it has several; of the internet, which one. */
  readonly fromIp?: string;
  /** Which address of the target is meant, public or private; left open, any way to it counts. */
  readonly toIp?: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "any" | number;
  /** Of ICMP, the code. */
  readonly srcPort?: number;
  /** Of ICMP, the type. */
  readonly dstPort?: number;
}

/** "undetermined": what isn't known, or isn't modelled, could decide either way. */
export type Verdict = "reachable" | "blocked" | "undetermined";

/** A step of a path. */
export interface Hop {
  /** Part of a sentence for a person: "network ACL acl-1 lets it out". */
  readonly what: string;
  readonly urn?: string;
  readonly id?: string;
  /** The rule or route that decides, as its owner names it. */
  readonly rule?: string;
}

export interface Answer {
  /** Does the request arrive? */
  readonly request: Verdict;
  /** Does the reply get back too? */
  readonly connection: Verdict;
  /** The way of the request as far as it gets. */
  readonly path: readonly Hop[];
  /** Where the request is blocked; where it arrives, what blocks the reply. */
  readonly blockedBy?: Hop;
  /** What would have to be known, in words. Absent when both verdicts are certain. */
  readonly unknowns?: readonly string[];
}
