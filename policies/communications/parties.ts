import { matches } from "../exemptions";
import { endpointType } from "../reachability/interface-endpoints";
import type { Network } from "../reachability/network";
import { instancesWith } from "../reachability/network-interfaces";
import { isRoleKnown, listParties, type PartyEntry } from "../reachability/party-list";
import { given, type Resource, UNKNOWN } from "../reachability/resources";
import { type Declaration, internetName } from "./declaration";

/** Who a name of the matrix is. */
export type Meaning =
  /** No part of the stack: blocks of addresses. */
  | { readonly kind: "outsider"; readonly blocks: readonly string[] }
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

  /** Parties and gateway endpoints of which it isn't known what they are called: such a one may be anybody. */
  readonly open: readonly Resource[];

  constructor(
    network: Network,
    entries: readonly PartyEntry[],
    private readonly declaration: Declaration,
  ) {
    const { links, parties } = network;
    const byUrn = new Map(entries.map((entry) => [entry.urn, entry]));
    const open: Resource[] = [];
    for (const { resource } of parties) {
      const entry = byUrn.get(resource.urn);
      if (entry === undefined) continue;
      const owners = instancesWith(links, resource).map(({ instance }) => instance);
      const told = this.given(entry);
      const role = [entry, ...owners.flatMap(({ urn }) => byUrn.get(urn) ?? [])].find(
        (each) => each.role !== undefined,
      )?.role;
      this.add(told ?? role ?? serviceNameOf(resource), entry.urn);
      const mayBeTold = told === undefined && entry.id === undefined && Object.keys(declaration.parties).length > 0;
      const isKnown = told !== undefined || role !== undefined || isNamed(network, resource, owners);
      if (mayBeTold || !isKnown) open.push(resource);
    }
    for (const endpoint of links.ofTypes(endpointType)) {
      const kind = given(endpoint, "vpcEndpointType") ?? "Gateway";
      const name = serviceNameOf(endpoint);
      const isParty = kind !== "Gateway" && kind !== UNKNOWN;
      if (!isParty && name === undefined && (kind === UNKNOWN || given(endpoint, "serviceName") === UNKNOWN))
        open.push(endpoint);
      if (kind !== "Gateway" || name === undefined) continue;
      this.names.set(endpoint.urn, name);
      this.gateways.set(name, [...(this.gateways.get(name) ?? []), endpoint]);
    }
    this.open = [...new Set(open)];
  }

  named(name: string): Meaning {
    const blocks = this.declaration.outsiders[name];
    if (blocks !== undefined || name === internetName)
      return { kind: "outsider", blocks: blocks ?? ["0.0.0.0/0", "::/0"] };
    const urns = this.members.get(name) ?? [];
    const endpoints = this.gateways.get(name) ?? [];
    return urns.length === 0 && endpoints.length > 0 ? { kind: "gateway", endpoints } : { kind: "members", urns };
  }

  /** The gateway endpoints whose service is known. */
  get services(): readonly Resource[] {
    return [...this.gateways.values()].flat();
  }

  /** The name of a party, or of a gateway endpoint's service; undefined where none is known of it, so that no row can mean it. */
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

/** Does what is known of the resource decide that it has no role, or which service it is? */
function isNamed(network: Network, resource: Resource, owners: readonly Resource[]): boolean {
  if (resource.type === endpointType && given(resource, "serviceName") === UNKNOWN) return false;
  return [resource, ...owners].every((each) => isRoleKnown(network, each));
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
