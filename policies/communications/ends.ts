import { allIpv4, parseBlock } from "../reachability/addresses";
import { internet, unknownVpcSpace } from "../reachability/axioms";
import { endsOf as interfacesOf, partiesByUrn } from "../reachability/ends";
import { type Alternative, connectionsBetween } from "../reachability/connections";
import { lost } from "../reachability/course";
import { IntervalSet } from "../reachability/interval-set";
import type { Network } from "../reachability/network";
import type { Party } from "../reachability/parties";
import type { Endpoint } from "../reachability/query";
import { label, type Resource } from "../reachability/resources";
import { serviceAddresses, toService, unknownService } from "../reachability/service-access";
import { Traffic } from "../reachability/traffic";
import type { Meaning } from "./parties";

/** One end of a connection that a matrix speaks of. */
export type End =
  | { readonly kind: "party"; readonly label: string; readonly party: Party }
  /** Addresses outside; every one of them is meant. */
  | {
      readonly kind: "outside";
      readonly label: string;
      readonly addresses: IntervalSet;
      readonly endpoint: Endpoint;
      /** Which of the endpoint's addresses, where they aren't those that the internet has. */
      readonly ip?: string;
    }
  | { readonly kind: "service"; readonly label: string; readonly endpoint: Resource };

/** All of it, in both families. */
export const theInternet: End = {
  kind: "outside",
  label: "the internet",
  addresses: internet,
  endpoint: { kind: "internet" },
};

/** Every end that a name of the matrix means. */
export function endsNamed(network: Network, meaning: Meaning): readonly End[] {
  switch (meaning.kind) {
    case "outsider":
      return meaning.blocks.map(outsideEnd);
    case "gateway":
      return meaning.endpoints.map((endpoint) => ({ kind: "service", label: label(endpoint), endpoint }));
    case "members":
      return meaning.urns.flatMap((urn) => partyEnd(network, urn) ?? []);
  }
}

export function partyEnd(network: Network, urn: string): End | undefined {
  const party = partiesByUrn(network).get(urn);
  return party === undefined ? undefined : { kind: "party", label: nameOf(party), party };
}

/** "main-web (asg-1)"; the id only where it says more. */
function nameOf({ resource: { name, props } }: Party): string {
  const { id } = props;
  return typeof id === "string" && id !== "" && id !== name ? `${name} (${id})` : name;
}

/**
 * Of a block that is partly on the internet only that part: packets with other addresses don't come from there. Blocks that documentation keeps for
 * itself stand for some on the internet; private ones lie behind a gateway.
 */
export function outsideEnd(block: string): End {
  const all = parseBlock(block)?.addresses ?? IntervalSet.empty;
  const public_ = all.intersect(internet);
  const text = all.equals(allIpv4) ? "the internet" : block;
  if (!public_.isEmpty) return { kind: "outside", label: text, addresses: public_, endpoint: { kind: "internet" } };
  const isPrivate = all.subtract(unknownVpcSpace).isEmpty;
  return isPrivate
    ? { kind: "outside", label: text, addresses: all, endpoint: { kind: "address", address: block } }
    : { kind: "outside", label: text, addresses: all, endpoint: { kind: "internet" }, ip: block };
}

/** From one end to another; by `via`, the URN of a load balancer, where it has to be that. */
export interface Pair {
  readonly from: End;
  readonly to: End;
  readonly via?: string;
}

/** The ways between two ends: see `connectionsBetween`. `headers` are narrowed to the addresses of ends outside. */
export function waysBetween(network: Network, { from, to, via }: Pair, headers: Traffic): readonly Alternative[] {
  if (from.kind === "service") return [[lost({ what: `the service of ${from.label} opens no connections` })]];
  if (to.kind === "service") return toEndpoint(network, from, to.endpoint, headers);
  return connectionsBetween(
    network,
    {
      from: endpointOf(from),
      to: endpointOf(to),
      ...(via === undefined ? {} : { via }),
      ...(from.kind === "outside" && from.ip !== undefined ? { fromIp: from.ip } : {}),
      ...(to.kind === "outside" && to.ip !== undefined ? { toIp: to.ip } : {}),
    },
    isNarrower(from) || isNarrower(to) ? headers.intersect(addressed({ from, to })) : headers,
  );
}

function isNarrower(end: End): boolean {
  return end.kind === "outside" && end !== theInternet;
}

function endpointOf(end: Exclude<End, { kind: "service" }>): Endpoint {
  return end.kind === "party" ? { kind: "party", urn: end.party.resource.urn } : end.endpoint;
}

function toEndpoint(network: Network, from: End, endpoint: Resource, headers: Traffic): readonly Alternative[] {
  const none: Alternative = [lost({ what: `only the VPC of gateway endpoint ${label(endpoint)} reaches its service` })];
  if (from.kind !== "party") return [none];
  return interfacesOf(network, from.party, "ipv4").map((end) => {
    const courses =
      end.kind === "party" ? end.interfaces.map((site) => toService(network, headers, site, endpoint)) : [];
    const [first, ...others] = courses;
    return first === undefined ? none : [first, ...others];
  });
}

/** All traffic between the addresses that the ends outside have, and any others. */
export function addressed({ from, to }: Pair): Traffic {
  return Traffic.where({
    ...(from.kind === "outside" ? { source: from.addresses } : {}),
    ...(to.kind === "outside" ? { destination: to.addresses } : {}),
    ...(to.kind === "service" ? { destination: serviceAddresses(to.endpoint) ?? unknownService } : {}),
  });
}
