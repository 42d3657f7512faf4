import { matches } from "../exemptions";
import { parseBlock } from "../reachability/addresses";
import { internet } from "../reachability/axioms";
import { endpointType } from "../reachability/interface-endpoints";
import { IntervalSet } from "../reachability/interval-set";
import type { Network } from "../reachability/network";
import { instancesWith } from "../reachability/network-interfaces";
import { listParties, type PartyEntry } from "../reachability/party-list";
import { given, type Resource } from "../reachability/resources";
import { type Declaration, internetName } from "./declaration";

/** Who a name of the matrix is. */
export type Meaning =
  /** No part of the stack: addresses, those of the whole internet without special-purpose ones. */
  | { readonly kind: "outsider"; readonly addresses: IntervalSet }
  /** Resources with network interfaces; none: the stack has nobody of that name. */
  | { readonly kind: "members"; readonly urns: readonly string[] }
  /** An AWS service behind gateway endpoints, which have no interfaces. */
  | { readonly kind: "gateway"; readonly endpoints: readonly Resource[] };

/**
 * Who is who in a declared matrix. A name is an outsider's, one that the declaration gives resources to, a role (tag `Role`), or an AWS service with
 * an endpoint in the stack ("s3", "email-smtp", "ecr.dkr"); the first that fits decides.
 */
export class Parties {
  private readonly members = new Map<string, string[]>();
  private readonly names = new Map<string, string>();
  private readonly gateways = new Map<string, Resource[]>();

  constructor(
    { links, parties }: Network,
    entries: readonly PartyEntry[],
    private readonly declaration: Declaration,
  ) {
    const byUrn = new Map(entries.map((entry) => [entry.urn, entry]));
    for (const { resource } of parties) {
      const entry = byUrn.get(resource.urn);
      if (entry === undefined) continue;
      const owners = instancesWith(links, resource).flatMap(({ instance }) => byUrn.get(instance.urn) ?? []);
      const name = this.given(entry) ?? [entry, ...owners].find(({ role }) => role !== undefined)?.role;
      this.add(name ?? serviceNameOf(resource), entry.urn);
    }
    for (const endpoint of links.ofTypes(endpointType)) {
      const kind = given(endpoint, "vpcEndpointType") ?? "Gateway";
      const name = serviceNameOf(endpoint);
      if (kind === "Gateway" && name !== undefined)
        this.gateways.set(name, [...(this.gateways.get(name) ?? []), endpoint]);
    }
  }

  named(name: string): Meaning {
    const blocks = this.declaration.outsiders[name];
    if (blocks !== undefined || name === internetName)
      return { kind: "outsider", addresses: addressesOf(blocks ?? ["0.0.0.0/0", "::/0"]) };
    const urns = this.members.get(name) ?? [];
    const endpoints = this.gateways.get(name) ?? [];
    return urns.length === 0 && endpoints.length > 0 ? { kind: "gateway", endpoints } : { kind: "members", urns };
  }

  /** The name of a party; undefined where none is known of it, so that no row can mean it. */
  nameOf(urn: string): string | undefined {
    return this.names.get(urn);
  }

  private add(name: string | undefined, urn: string): void {
    if (name === undefined) return;
    this.names.set(urn, name);
    this.members.set(name, [...(this.members.get(name) ?? []), urn]);
  }

  private given({ urn, id, name }: PartyEntry): string | undefined {
    const found = Object.entries(this.declaration.parties).find(([, patterns]) =>
      patterns.some((pattern) => pattern === id || pattern === name || matches(pattern, urn)),
    );
    return found?.[0];
  }
}

export function partiesOf(network: Network, declaration: Declaration): Parties {
  return new Parties(network, listParties(network), declaration);
}

/** "s3" of com.amazonaws.ap-northeast-1.s3, "ecr.dkr" of com.amazonaws.eu-west-1.ecr.dkr: what follows the Region, in every partition. */
export function serviceNameOf(endpoint: Resource): string | undefined {
  if (endpoint.type !== endpointType) return undefined;
  const service = given(endpoint, "serviceName");
  if (typeof service !== "string" || service.includes(".vpce.")) return undefined;
  return /\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service)?.[1];
}

/** Of a block that is partly on the internet only that part: packets with other addresses don't come from there. */
function addressesOf(blocks: readonly string[]): IntervalSet {
  return blocks.reduce((sum, text) => {
    const addresses = parseBlock(text)?.addresses ?? IntervalSet.empty;
    const outside = addresses.intersect(internet);
    return sum.union(outside.isEmpty ? addresses : outside);
  }, IntervalSet.empty);
}
