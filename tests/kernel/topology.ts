// A cloud network as plain data: what both sides of the comparison are made from. It knows nothing of the library, and nothing of namespaces.
// Places are indices into the lists of the topology.

/** What a rule or an entry matches besides the remote end. Of ICMP, `low` is the type and `high` the code; -1 is any. */
export interface Match {
  readonly protocol: "-1" | "tcp" | "udp" | "icmp" | "253";
  readonly low: number;
  readonly high: number;
}

export type Peer =
  | { readonly kind: "block"; readonly block: string }
  /** Whoever has that group, by its private address, in the same or a peered VPC. */
  | { readonly kind: "group"; readonly group: number };

export interface GroupRule {
  readonly direction: "ingress" | "egress";
  readonly match: Match;
  readonly peer: Peer;
}

export interface Group {
  readonly vpc: number;
  readonly rules: readonly GroupRule[];
}

export interface AclEntry {
  readonly direction: "ingress" | "egress";
  readonly action: "allow" | "deny";
  readonly match: Match;
  readonly block: string;
}

/** Entries in the order of their numbers; what none matches is dropped. */
export interface Acl {
  readonly vpc: number;
  readonly entries: readonly AclEntry[];
}

export type RouteTarget =
  | { readonly kind: "internetGateway" }
  | { readonly kind: "nat"; readonly nat: number }
  | { readonly kind: "peering"; readonly peering: number }
  | { readonly kind: "blackhole" };

export interface Route {
  readonly block: string;
  readonly target: RouteTarget;
}

/** Without the local routes, which every table has. */
export interface Table {
  readonly vpc: number;
  readonly routes: readonly Route[];
}

export interface Subnet {
  readonly vpc: number;
  readonly block: string;
  readonly table: number;
  /** Undefined: the ACL that AWS makes with the VPC, which lets everything pass. */
  readonly acl: number | undefined;
}

export interface Nat {
  readonly subnet: number;
  readonly address: string;
  /** Undefined: a private NAT gateway. */
  readonly publicAddress: string | undefined;
}

export interface Machine {
  readonly subnet: number;
  readonly address: string;
  readonly publicAddress: string | undefined;
  /** None: the group that AWS makes with the VPC: everything out, and in from its own members. */
  readonly groups: readonly number[];
}

export interface Vpc {
  readonly blocks: readonly string[];
  readonly internetGateway: boolean;
}

export interface Peering {
  readonly ends: readonly [number, number];
  readonly accepted: boolean;
}

/** How the resources are written down: AWS has several spellings for one network, which must not matter. */
export interface Spelling {
  /** Routes, entries and rules inside their owner, or as resources of their own (groups have two kinds of those). */
  readonly routes: "inline" | "standalone";
  readonly entries: "inline" | "standalone";
  readonly rules: "inline" | "securityGroupRule" | "vpcRule";
  /** The first table of each VPC is its main table: adopted, or associated as main. */
  readonly mainTable: "adopted" | "associated";
  readonly publicAddress: "attribute" | "elastic";
}

export interface Topology {
  readonly vpcs: readonly Vpc[];
  readonly peerings: readonly Peering[];
  readonly tables: readonly Table[];
  readonly acls: readonly Acl[];
  readonly groups: readonly Group[];
  readonly subnets: readonly Subnet[];
  readonly nats: readonly Nat[];
  readonly machines: readonly Machine[];
  readonly spelling: Spelling;
}

/** Hosts on the internet, in no VPC. */
export const internetHosts = ["8.8.8.8", "9.9.9.9"] as const;

/** What every pair is asked. Ports that rules name, some that only ranges of rules reach, and one that no rule names. */
export const services = [
  { protocol: "tcp", port: 22 },
  { protocol: "tcp", port: 443 },
  { protocol: "tcp", port: 8080 },
  { protocol: "udp", port: 53 },
  { protocol: "udp", port: 514 },
  /** Echo: the port is the type. */
  { protocol: "icmp", port: 8 },
  /** A protocol without ports, which NAT gateways don't carry ("use for experimentation and testing", RFC 3692). */
  { protocol: "253", port: 0 },
] as const;
export type Service = (typeof services)[number];

/** At most so many of each, since the namespaces are made once and used for all topologies. */
export const most = { vpcs: 3, machines: 6, nats: 3 } as const;
