import { BALANCERS, type Balancer, type Party, type Protocol, type Row } from "../communications";

/** Traffic between two parties with nothing in between, on one port. Replies are implied. */
export interface Pair {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: Protocol;
  readonly port: number;
  /**
   * Where the pair comes from: a row without balancer, the client's half of a balanced row, the balancer's half, or the
   * balancer's own probes of its targets.
   */
  readonly kind: "direct" | "to-balancer" | "to-target" | "health-check";
  /** Whose address the target's side sees in place of the balancer's, where the balancer keeps it. */
  readonly client?: Party;
  readonly purpose: string;
}

/** A row behind a load balancer is three pairs a port: client to balancer, balancer to target, and the health check. */
export function expand(rows: readonly Row[]): Pair[] {
  return rows.flatMap((row) => row.ports.flatMap((port) => pairsOf(row, port)));
}

function pairsOf(row: Row, port: number): Pair[] {
  const { from, to, via, protocol, purpose } = row;
  if (via === undefined) return [{ from, to, protocol, port, kind: "direct", purpose }];
  return [
    { from, to: via, protocol, port, kind: "to-balancer", purpose },
    { from: via, to, protocol, port, kind: "to-target", purpose, ...clientKept(from, via) },
    { from: via, to, protocol, port, kind: "health-check", purpose: `${via} probes its targets` },
  ];
}

function clientKept(client: Party, via: Balancer): { client?: Party } {
  return BALANCERS[via].clientAddress === "kept" ? { client } : {};
}
