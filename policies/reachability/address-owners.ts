import { parseBlock } from "./addresses";
import { documentation, internet } from "./axioms";
import { elasticAddressesOf } from "./elastic-addresses";
import { findEnds, type FoundEnd, onInternet, parseAddress, partyEnds, placesOf } from "./ends";
import { blockOf, type Family, ownAddresses } from "./interface-addresses";
import type { IntervalSet } from "./interval-set";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { Endpoint } from "./query";
import { elements, field, given, UNKNOWN, type Value } from "./resources";
import type { InterfaceSite } from "./sites";
import { subnetsAmong } from "./subnets-among";
import type { Subnet } from "./vpcs";

/** One thing that is meant; any of its ends will do. */
export type Owner = readonly [FoundEnd, ...FoundEnd[]];

/**
 * What an endpoint means. VPCs may overlap, so that an address is something else in each: of senders it isn't known which is meant, and every one of
 * them has to be asked; which target a sender gets to, routes decide, and in VPCs where nothing known has the address it may still be something.
 *
 * @throws RangeError when the endpoint names no party of the network, or an address that is none.
 */
export function findOwners(
  network: Network,
  endpoint: Endpoint,
  asked: string | undefined,
  family: Family,
  as: "sender" | "target",
): readonly [Owner, ...Owner[]] {
  if (endpoint.kind !== "address") return [findEnds(network, endpoint, asked, family)];
  const { address: name } = endpoint;
  const address = parseAddress(name);
  const holders = network.parties.filter(({ kind }) => kind !== "unmodelled");
  const openly = holders.find((party) => isPublicOf(network, party, address));
  const privately = holders.filter((party) => !ownAddresses(party, family).intersect(address).isEmpty);
  const byVpc = new Map<string, Owner>();
  for (const party of privately) {
    const [subnet] = subnetsAmong(network.subnets, party.subnets.candidates);
    const key = subnet === undefined ? party.resource.urn : vpcOf(subnet);
    if (!byVpc.has(key)) byVpc.set(key, partyEnds(network, party, address, family));
  }
  if (openly !== undefined && byVpc.size === 0) return [partyEnds(network, openly, address, family)];
  if (byVpc.size === 0 || as === "target") {
    for (const subnet of network.subnets) {
      const key = vpcOf(subnet);
      const isInside = !blockOf(network.links, subnet, family).intersect(address).isEmpty;
      if (isInside && !byVpc.has(key)) byVpc.set(key, [strangerIn(subnet, name, address)]);
    }
  }
  const [first, ...others] = byVpc.values();
  if (first !== undefined) return [first, ...others];
  if (!internet.union(documentation).intersect(address).isEmpty)
    return [[{ kind: "site", site: onInternet(address, name), ...doubtOf(network, holders, address, name) }]];
  return [[{ kind: "site", site: { kind: "outside", hop: { what: name }, label: name, addresses: address } }]];
}

/** Stands for the VPC of a subnet, if only for itself. */
function vpcOf({ vpc, resource }: Subnet): string {
  const [only, ...others] = vpc.candidates;
  return only !== undefined && others.length === 0 ? only.urn : (vpc.id ?? resource.urn);
}

/** Something with an address of a subnet that isn't among the parties: its groups aren't known. */
function strangerIn(subnet: Subnet, name: string, addresses: IntervalSet): FoundEnd {
  const groups = { certain: [], possible: [], outside: [`whatever has the address ${name}`] };
  const link = { candidates: [subnet.resource], external: false, id: undefined, absent: false };
  const party: Party = {
    kind: "instance",
    resource: subnet.resource,
    label: name,
    subnets: link,
    spread: false,
    groups,
    publicAddress: "perhaps",
  };
  const site: InterfaceSite = {
    kind: "interface",
    hop: { what: name },
    label: name,
    subnet,
    addresses,
    exact: true,
    groups,
    publicAddress: "perhaps",
    publicAddresses: internet,
    referable: true,
  };
  return { kind: "party", party, interfaces: [site], isOpen: false, answer: "yes" };
}

/** A party with a public address that isn't known may have this one. */
function doubtOf({ links }: Network, holders: readonly Party[], address: IntervalSet, name: string) {
  const mayBeIt = (value: Value) =>
    value === UNKNOWN || (typeof value === "string" && parseBlock(value)?.addresses.equals(address) === true);
  const owner = holders.find(({ resource, publicAddress }) => {
    if (publicAddress === "no") return false;
    const mapped = elements(given(resource, "subnetMappings")).flatMap((mapping) => {
      const id = field(mapping, "allocationId");
      return links.resolve(resource, "subnetMappings", id, "aws:ec2/eip:Eip").candidates;
    });
    const elastic = elasticAddressesOf(links, resource).map(({ publicIp }) => publicIp);
    const shown: readonly Value[] = [
      given(resource, "publicIp"),
      ...elastic,
      ...mapped.map((eip) => given(eip, "publicIp")),
    ];
    return shown.some(mayBeIt);
  });
  return owner === undefined ? {} : { doubt: `whether ${owner.label} has the address ${name}` };
}

/** Is the address, on the internet, one that the party has for certain? */
function isPublicOf(network: Network, party: Party, address: IntervalSet): boolean {
  const values = [
    given(party.resource, "publicIp"),
    ...elasticAddressesOf(network.links, party.resource).map(({ publicIp }) => publicIp),
  ];
  const isNode =
    party.kind === "balancer" &&
    placesOf(network, party, "ipv4")
      .flat()
      .some(({ set }) => set.publicExact && set.publicAddresses.equals(address));
  return (
    isNode || values.some((each) => typeof each === "string" && parseBlock(each)?.addresses.equals(address) === true)
  );
}
