import { allIpv4, parseBlock } from "./addresses";
import { internet } from "./axioms";
import type { IntervalSet } from "./interval-set";
import { blockOf, type Family, ownAddresses, publicAddressesOf } from "./interface-addresses";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { Endpoint } from "./query";
import { label } from "./resources";
import type { InterfaceSite, InternetSite, OutsideSite } from "./sites";
import type { Subnet } from "./vpcs";

/** An end of a question, found in the network: the party with all of its interfaces, or addresses of nobody. */
export type FoundEnd =
  | {
      readonly kind: "party";
      readonly party: Party;
      readonly interfaces: readonly InterfaceSite[];
      readonly isOpen: boolean;
    }
  | { readonly kind: "site"; readonly site: InternetSite | OutsideSite };

/** @throws RangeError when the endpoint names no party of the network, or an address that is none. */
export function findEnd(network: Network, endpoint: Endpoint, asked: string | undefined, family: Family): FoundEnd {
  const wanted = asked === undefined ? undefined : parseAddress(asked);
  if (endpoint.kind === "party") {
    const party = network.parties.find(({ resource }) => resource.urn === endpoint.urn);
    if (party === undefined) throw new RangeError(`the network has no party ${endpoint.urn}`);
    return partyEnd(network, party, wanted, family);
  }
  if (endpoint.kind === "internet") {
    const all = family === "ipv4" ? internet.intersect(allIpv4) : internet.subtract(allIpv4);
    return onInternet(wanted ?? all, "the internet");
  }
  const address = parseAddress(endpoint.address);
  const owner = network.parties.find(
    (party) =>
      party.kind !== "unmodelled" &&
      (!ownAddresses(party, family).intersect(address).isEmpty || isPublicOf(network, party, address)),
  );
  if (owner !== undefined) return partyEnd(network, owner, address, family);
  const subnet = network.subnets.find((each) => !blockOf(network.links, each, family).intersect(address).isEmpty);
  const name = endpoint.address;
  if (subnet !== undefined && network.subnets.length > 0) return strangerIn(subnet, name, address);
  if (!internet.intersect(address).isEmpty) return onInternet(address, name);
  return { kind: "site", site: { kind: "outside", hop: { what: name }, label: name, addresses: address } };
}

function parseAddress(text: string): IntervalSet {
  const block = parseBlock(text);
  if (block === undefined) throw new RangeError(`"${text}" is no address: give one such as 10.0.0.5 or 2001:db8::5`);
  return block.addresses;
}

function onInternet(addresses: IntervalSet, name: string): FoundEnd {
  return { kind: "site", site: { kind: "internet", hop: { what: name }, label: name, addresses } };
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
  return { kind: "party", party, interfaces: [site], isOpen: false };
}

/** Is the address, on the internet, one that the party has for certain? */
function isPublicOf(network: Network, party: Party, address: IntervalSet): boolean {
  const { addresses, exact } = publicAddressesOf(network.links, party);
  return exact && !addresses.intersect(address).isEmpty;
}

function partyEnd(network: Network, party: Party, wanted: IntervalSet | undefined, family: Family): FoundEnd {
  const own = ownAddresses(party, family);
  const outer = publicAddressesOf(network.links, party);
  const places = network.subnets.filter(({ resource }) => party.subnets.candidates.includes(resource));
  const all = places.flatMap((subnet): InterfaceSite[] => {
    const block = blockOf(network.links, subnet, family);
    if (block.isEmpty) return [];
    const inBlock = own.intersect(block);
    const known = wanted !== undefined && !wanted.intersect(block).isEmpty ? wanted : inBlock;
    const addresses = known.isEmpty ? block : known;
    return [
      {
        kind: "interface",
        hop: hopOf(party),
        label: party.label,
        subnet,
        addresses,
        exact: !known.isEmpty,
        groups: party.groups,
        publicAddress: party.publicAddress,
        publicAddresses: family === "ipv6" ? addresses : outer.addresses,
        referable: true,
      },
    ];
  });
  const meant = wanted === undefined ? [] : all.filter(({ addresses }) => addresses.equals(wanted));
  return { kind: "party", party, interfaces: meant.length > 0 ? meant : all, isOpen: party.subnets.external };
}

export function hopOf({ resource, label: text }: Party) {
  const { id } = resource.props;
  const what = text === label(resource) && text === id && text !== resource.name ? `${resource.name} (${text})` : text;
  return { what, urn: resource.urn, ...(typeof id === "string" && id !== "" ? { id } : {}) };
}
