import type { Tier } from "./network/tiers";

/** A kind of machine (or managed service) of the platform. Resources that hold its firewall carry the tag `Role`. */
export type Role = "bastion" | "proxy" | "relay" | "mailbox" | "web" | "database" | "mailstore";

/** A load balancer between two parties. Its security group carries the tag `Role` with this name. */
export type Balancer = "mail-nlb" | "web-alb" | "bastion-nlb" | "proxy-nlb" | "internal-mail-nlb";

/** An interface endpoint: an AWS service with addresses of its own in the tier `service`, and a group of its own. */
export type InterfaceEndpoint =
  "email-smtp" | "secretsmanager" | "ssm" | "ssmmessages" | "logs" | "autoscaling" | "ec2";

/** S3 is reached by a gateway endpoint, which has no security group: rules name its prefix list. */
export type GatewayEndpoint = "s3";

export type EndpointName = InterfaceEndpoint | GatewayEndpoint;

/** Whoever has a security group. */
export type Holder = Role | Balancer | InterfaceEndpoint;

/** Whoever is outside of the VPC and known by addresses only. */
export type Outsider = "internet" | "operators";

export type Party = Holder | GatewayEndpoint | Outsider;

export type Protocol = "tcp" | "udp";

/** Does the row still work, without anybody's doing, when the VPC `primary` is lost (M11)? */
export type Survival = "automatic" | "after-promotion";

/** One requirement: `from` may open connections to `to` (through `via`) on these ports. Replies are implied. */
export interface Row {
  readonly from: Party;
  readonly to: Party;
  /** The load balancer in between; it listens on the same ports as its targets. */
  readonly via?: Balancer;
  readonly protocol: Protocol;
  readonly ports: readonly number[];
  readonly purpose: string;
  readonly survives: Survival;
}

export interface BalancerFacts {
  readonly tier: Tier;
  readonly scheme: "internet-facing" | "internal";
  /**
   * `kept`: targets (and their subnets' ACLs) see the client's address, as behind an NLB with instance targets;
   * `replaced`: they see the balancer's, as behind an ALB. Health checks always come from the balancer.
   */
  readonly clientAddress: "kept" | "replaced";
}

export const BALANCERS: Readonly<Record<Balancer, BalancerFacts>> = {
  "mail-nlb": { tier: "edge", scheme: "internet-facing", clientAddress: "kept" },
  "web-alb": { tier: "edge", scheme: "internet-facing", clientAddress: "replaced" },
  "bastion-nlb": { tier: "edge", scheme: "internet-facing", clientAddress: "kept" },
  // Internal balancers stand where no subnet has a route out: an internal name can't become reachable by a wrong scheme alone.
  "proxy-nlb": { tier: "service", scheme: "internal", clientAddress: "kept" },
  "internal-mail-nlb": { tier: "service", scheme: "internal", clientAddress: "kept" },
};

const ROLE_TIERS: Readonly<Record<Role, Tier>> = {
  bastion: "dmz",
  relay: "dmz",
  mailbox: "dmz",
  web: "dmz",
  proxy: "proxy",
  database: "internal",
  mailstore: "internal",
};

export const INTERFACE_ENDPOINTS: readonly InterfaceEndpoint[] = [
  "email-smtp",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "logs",
  "autoscaling",
  "ec2",
];

function isBalancer(party: Party): party is Balancer {
  return party in BALANCERS;
}

export function isOutsider(party: Party): party is Outsider {
  return party === "internet" || party === "operators";
}

function isInterfaceEndpoint(party: Party): party is InterfaceEndpoint {
  return (INTERFACE_ENDPOINTS as readonly Party[]).includes(party);
}

export function isHolder(party: Party): party is Holder {
  return !isOutsider(party) && party !== "s3";
}

/** The tier in which a party has its network interfaces; undefined for what is outside of every subnet. */
export function tierOf(party: Party): Tier | undefined {
  if (isOutsider(party) || party === "s3") return undefined;
  if (isBalancer(party)) return BALANCERS[party].tier;
  if (isInterfaceEndpoint(party)) return "service";
  return ROLE_TIERS[party];
}

/** What of the settings decides which rows there are. */
export interface MatrixSettings {
  /** Opens the database to the bastions, for migrations. */
  readonly maintenance: boolean;
  /** The addresses behind the party `operators`; with none its row opens nothing, and Session Manager remains. */
  readonly operators: readonly string[];
}

const MACHINES: readonly Role[] = ["bastion", "proxy", "relay", "mailbox", "web"];

/**
 * The communications matrix (M4): the one source of every security group rule and every network ACL entry.
 * Resolver, instance metadata and time service aren't rows: neither groups nor ACLs can filter them.
 */
export function matrix(settings: MatrixSettings): Row[] {
  return [...fromOutside(), ...administration(settings), ...mail(), ...data(), ...wayOut(), ...awsServices()];
}

function row(
  from: Party,
  to: Party,
  ports: readonly number[],
  purpose: string,
  more: { via?: Balancer; survives?: Survival } = {},
): Row {
  const { via, survives = "automatic" } = more;
  return { from, to, ...(via === undefined ? {} : { via }), protocol: "tcp", ports, purpose, survives };
}

function fromOutside(): Row[] {
  return [
    row("internet", "relay", [25], "mail from other mail servers", { via: "mail-nlb" }),
    row("internet", "relay", [465, 587], "users submit mail", { via: "mail-nlb" }),
    row("internet", "mailbox", [993, 995], "users read mail (IMAPS, POP3S)", {
      via: "mail-nlb",
      survives: "after-promotion",
    }),
    row("internet", "web", [443], "webmail", { via: "web-alb" }),
    row("internet", "web-alb", [80], "redirected to HTTPS by the balancer itself"),
    row("operators", "bastion", [22], "operators log in by SSH", { via: "bastion-nlb" }),
  ];
}

function administration(settings: MatrixSettings): Row[] {
  return [
    ...(["relay", "mailbox", "web", "proxy"] as const).map((to) => row("bastion", to, [22], "administration by SSH")),
    ...(settings.maintenance
      ? [row("bastion", "database", [5432], "migrations during maintenance", { survives: "after-promotion" })]
      : []),
  ];
}

function mail(): Row[] {
  return [
    // The relays queue what they can't hand over, so nothing is lost while the mailbox role waits for its promotion.
    row("relay", "mailbox", [24], "accepted mail is delivered (LMTP)", {
      via: "internal-mail-nlb",
      survives: "after-promotion",
    }),
    row("web", "mailbox", [993], "webmail reads mail", { via: "internal-mail-nlb", survives: "after-promotion" }),
    row("web", "relay", [587], "webmail submits mail", { via: "internal-mail-nlb" }),
    row("relay", "email-smtp", [587], "mail leaves through SES"),
  ];
}

function data(): Row[] {
  return [
    // A relay only reads accounts, and every replica answers that.
    row("relay", "database", [5432], "recipients and sender ownership, read-only"),
    row("mailbox", "database", [5432], "accounts, read-only", { survives: "after-promotion" }),
    row("mailbox", "mailstore", [2049], "Maildir on NFS", { survives: "after-promotion" }),
  ];
}

function wayOut(): Row[] {
  return [
    ...MACHINES.filter((role) => role !== "proxy").map((from) =>
      row(from, "proxy", [3128], "packages and other allowed names", { via: "proxy-nlb" }),
    ),
    row("proxy", "internet", [80, 443], "what the allow-list names"),
  ];
}

function awsServices(): Row[] {
  const services = INTERFACE_ENDPOINTS.filter((endpoint) => endpoint !== "email-smtp");
  return MACHINES.flatMap((from) => [
    ...services.map((to) => row(from, to, [443], `AWS service ${to}`)),
    row(from, "s3", [443], "AWS service s3: agent packages and artifacts"),
  ]);
}

/**
 * The stack output `communications`, as JSON: what the policy pack compares with what the resources really allow.
 *
 * - `version`: 1
 * - `outsiders`: the addresses that the parties `internet` and `operators` stand for, as IPv4 CIDR blocks
 * - `balancers`: of each balancer whether its targets see the client's address (`kept`) or its own (`replaced`)
 * - `rows`: the matrix; every other party is found by its tag `Role`, but `s3`, the gateway endpoint of that service
 */
export interface CommunicationsOutput {
  readonly version: 1;
  readonly outsiders: Readonly<Record<Outsider, readonly string[]>>;
  readonly balancers: Readonly<Record<Balancer, BalancerFacts>>;
  readonly rows: readonly Row[];
}

export function communicationsOutput(settings: MatrixSettings): CommunicationsOutput {
  return { version: 1, outsiders: outsiders(settings.operators), balancers: BALANCERS, rows: matrix(settings) };
}

/** The addresses behind the parties that are no part of the VPC, as IPv4 CIDR blocks. */
export function outsiders(operators: readonly string[]): Record<Outsider, readonly string[]> {
  return { internet: ["0.0.0.0/0"], operators };
}
