import { type Chain, chainsTo } from "../reachability/forwardings";
import { blocks } from "../reachability/addresses";
import { IntervalSet } from "../reachability/interval-set";
import type { Network } from "../reachability/network";
import { checkedPortsOf, portsOf } from "../reachability/target-ports";
import { allPorts, Traffic } from "../reachability/traffic";
import { type Declaration, internetName } from "./declaration";
import { type End, partyEnd } from "./ends";
import type { Parties } from "./parties";
import { trafficOfRow } from "./row-traffic";

/** What a matrix allows between two ends, and what follows from it. */
export class AllowedTraffic {
  private readonly byPair = new Map<string, Traffic>();

  constructor(
    private readonly network: Network,
    private readonly parties: Parties,
    private readonly declaration: Declaration,
  ) {
    for (const row of declaration.rows) {
      const ports = trafficOfRow(row);
      this.allow(row.from, row.to, ports);
      if (row.via !== undefined) {
        this.allow(row.from, row.via, ports);
        this.allow(row.via, row.to, ports);
        this.allowChains(row.via, row.to);
      }
    }
    this.allowRoundTrips();
  }

  /** Addresses count where an end is outside. A service of AWS is on the internet as well as behind its endpoint. */
  between(from: End, to: End): Traffic {
    const sources = this.namesOf(from);
    const targets = [...this.namesOf(to), ...(to.kind === "service" ? this.outsiders() : [])];
    return sources
      .flatMap((source) => targets.map((target) => this.byPair.get(keyOf(source, target)) ?? Traffic.none))
      .reduce((sum, each) => sum.union(each), Traffic.none);
  }

  /** An end outside has all of the outsiders' names: what comes from whose addresses is told by the traffic. */
  private namesOf(end: End): readonly string[] {
    if (end.kind === "outside") return this.outsiders();
    const { urn } = end.kind === "party" ? end.party.resource : end.endpoint;
    const name = this.parties.nameOf(urn);
    return name === undefined ? [] : [name];
  }

  private outsiders(): readonly string[] {
    return [...new Set([internetName, ...Object.keys(this.declaration.outsiders)])];
  }

  private allow(from: string, to: string, traffic: Traffic): void {
    const [source, destination] = [this.addressesOf(from), this.addressesOf(to)];
    const more = traffic.intersect(
      Traffic.where({
        ...(source === undefined ? {} : { source }),
        ...(destination === undefined ? {} : { destination }),
      }),
    );
    this.byPair.set(keyOf(from, to), (this.byPair.get(keyOf(from, to)) ?? Traffic.none).union(more));
  }

  private addressesOf(name: string): IntervalSet | undefined {
    const meaning = this.parties.named(name);
    return meaning.kind === "outsider" ? blocks(...meaning.blocks) : undefined;
  }

  /** Of a load balancer in between what it forwards and checks, whichever ports its targets have; of a chain of two each part. */
  private allowChains(via: string, to: string): void {
    for (const urn of this.membersOf(to)) {
      const target = partyEnd(this.network, urn);
      if (target?.kind !== "party") continue;
      for (const chain of chainsTo(this.network, target.party)) {
        const [first] = chain;
        if (this.parties.nameOf(first.forwarding.balancer.party.resource.urn) === via) this.allowChain(chain);
      }
    }
  }

  private allowChain(chain: Chain): void {
    for (const link of chain) {
      const [from, to] = [link.forwarding.balancer.party, link.target.party].map(({ resource }) =>
        this.parties.nameOf(resource.urn),
      );
      if (from === undefined || to === undefined) continue;
      // While they aren't known, whatever they are is what is forwarded.
      const ports = (portsOf(link) ?? allPorts).union(checkedPortsOf(link) ?? IntervalSet.empty);
      const protocols = link.forwarding.listener.takes.may.boxes.reduce(
        (sum, { protocol }) => sum.union(protocol),
        IntervalSet.range(6, 6),
      );
      this.allow(from, to, Traffic.where({ protocol: protocols, ports }));
    }
  }

  private membersOf(name: string): readonly string[] {
    const meaning = this.parties.named(name);
    return meaning.kind === "members" ? meaning.urns : [];
  }

  /** Who may go out to addresses outside, and come in from there, may do both: the stack has addresses on the internet too. */
  private allowRoundTrips(): void {
    const { rows } = this.declaration;
    const isOutside = (name: string) => this.parties.named(name).kind === "outsider";
    for (const out of rows.filter(({ to }) => isOutside(to)))
      for (const back of rows.filter(({ from }) => isOutside(from))) {
        const both = trafficOfRow(out).intersect(trafficOfRow(back));
        if (both.isEmpty) continue;
        this.allow(out.from, back.to, both);
        if (back.via !== undefined) this.allow(out.from, back.via, both);
      }
  }
}

function keyOf(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
