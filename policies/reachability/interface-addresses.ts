import { allIpv4, allIpv6, type Block, noAddresses, parseBlock } from "./addresses";
import type { Family } from "./address-families";
import { internet, unknownVpcSpace } from "./axioms";
import { all, any, type Certainty } from "./certainty";
import { type ElasticAddress, elasticAddressesOf } from "./elastic-addresses";
import type { IntervalSet } from "./interval-set";
import { isExactly, type Links } from "./links";
import type { Party } from "./parties";
import { elements, field, given, type Resource, UNKNOWN, type Value } from "./resources";
import { addressesOf, spaceOf, type Subnet } from "./vpcs";

export type { Family } from "./address-families";

const everything: Readonly<Record<Family, IntervalSet>> = { ipv4: allIpv4, ipv6: allIpv6 };

/** The addresses of a subnet in a family: while its block isn't known, those of its VPC. */
export function blockOf(links: Links, subnet: Subnet, family: Family): IntervalSet {
  const value = given(subnet.resource, family === "ipv4" ? "cidrBlock" : "ipv6CidrBlock");
  const block = typeof value === "string" ? parseBlock(value) : undefined;
  if (block !== undefined) return block.addresses;
  if (value === undefined && (family === "ipv6" || given(subnet.resource, "ipv6Native") === true)) return noAddresses;
  const { blocks, possible } = spaceOf(links, subnet.vpc);
  const vpc = addressesOf(blocks).union(possible).intersect(everything[family]);
  return vpc.isEmpty ? unknownVpcSpace.intersect(everything[family]) : vpc;
}

/** Properties with addresses of the interface; delegated prefixes are its own as well. */
const ownKeys: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ["privateIp", "ipAddress", "privateIps", "privateIpLists", "secondaryPrivateIps", "ipv4Prefixes"],
  ipv6: ["ipv6Address", "ipv6Addresses", "ipv6AddressLists", "ipv6Prefixes"],
};
/** The same in a load balancer's subnet mappings. */
const mappedKeys: Readonly<Record<Family, string>> = { ipv4: "privateIpv4Address", ipv6: "ipv6Address" };
/** Each by which a program asks for addresses that AWS chooses, and the property that shows them. */
const chosenByAws: readonly (readonly [count: string, shown: string])[] = [
  ["privateIpsCount", "privateIps"],
  ["ipv4PrefixCount", "ipv4Prefixes"],
  ["ipv6AddressCount", "ipv6Addresses"],
  ["ipv6PrefixCount", "ipv6Prefixes"],
];

/** The addresses that a party is known to have of its own, in a family. */
export function ownAddresses({ resource }: Party, family: Family): IntervalSet {
  return addressesOf(ownValues(resource, family).flatMap(blockIn)).intersect(everything[family]);
}

function ownValues(resource: Resource, family: Family): readonly Value[] {
  const chosen = elements(given(resource, "subnetConfigurations")).map((each): Value => field(each, family));
  const mapped = elements(given(resource, "subnetMappings")).map((each): Value => field(each, mappedKeys[family]));
  return [...ownKeys[family].flatMap((key) => elements(given(resource, key))), ...chosen, ...mapped];
}

/** Has it no addresses but those that are known? */
function isComplete(resource: Resource, family: Family): boolean {
  const open = chosenByAws.some(([count, shown]) => {
    const asked = given(resource, count);
    const list = given(resource, shown);
    return ownKeys[family].includes(shown) && asked !== undefined && asked !== 0 && (list ?? UNKNOWN) === UNKNOWN;
  });
  return (
    !open && !ownValues(resource, family).includes(UNKNOWN) && (family === "ipv6" || primaryOf(resource) !== undefined)
  );
}

function primaryOf(resource: Resource): IntervalSet | undefined {
  const keys = ["privateIp", "ipAddress", "privateIpLists", "privateIps", "subnetConfigurations"] as const;
  const values = keys.map((key): Value => {
    const [first] = elements(given(resource, key));
    return key === "subnetConfigurations" ? field(first, "ipv4") : first;
  });
  return values.flatMap(blockIn)[0]?.addresses;
}

function blockIn(value: Value): readonly Block[] {
  const block = typeof value === "string" ? parseBlock(value) : undefined;
  return block === undefined ? [] : [block];
}

/** Addresses of an interface that fare alike: all have a public one, the same, or none has. */
export interface AddressSet {
  readonly addresses: IntervalSet;
  /** They are its own; else those that it may have. */
  readonly exact: boolean;
  readonly publicAddress: Certainty;
  readonly publicAddresses: IntervalSet;
  /** The public ones are its own for certain; else any may be. */
  readonly publicExact: boolean;
}

/** The address of a load balancer's node where its subnet mapping says one. */
function nodeAddress(links: Links, { resource, publicAddress }: Party, subnet: Subnet, family: Family): AddressSet {
  const block = blockOf(links, subnet, family);
  const mapping = elements(given(resource, "subnetMappings")).find((each) =>
    isExactly(
      links.resolve(resource, "subnetMappings", field(each, "subnetId"), subnet.resource.type),
      subnet.resource,
    ),
  );
  const own = blockIn(field(mapping, mappedKeys[family]))[0]?.addresses;
  const addresses = own ?? block;
  const exact = own !== undefined;
  if (family === "ipv6") return { addresses, exact, publicAddress, publicAddresses: addresses, publicExact: exact };
  const allocation = links.resolve(resource, "subnetMappings", field(mapping, "allocationId"), "aws:ec2/eip:Eip");
  const [eip] = allocation.candidates;
  const elastic: readonly Value[] = eip !== undefined && isExactly(allocation, eip) ? [given(eip, "publicIp")] : [];
  return { addresses, exact, publicAddress, ...known(elastic, []) };
}

/** The addresses of a party's interface in a subnet, those of the primary address first. */
export function addressSetsOf(links: Links, party: Party, subnet: Subnet, family: Family): readonly AddressSet[] {
  const block = blockOf(links, subnet, family);
  if (block.isEmpty) return [];
  if (party.kind === "balancer") return [nodeAddress(links, party, subnet, family)];
  const { resource } = party;
  const own = ownAddresses(party, family).intersect(block);
  const exact = !own.isEmpty && isComplete(resource, family);
  const addresses = exact ? own : block;
  if (family === "ipv6")
    return [{ addresses, exact, publicAddress: party.publicAddress, publicAddresses: addresses, publicExact: exact }];
  const elastic = elasticAddressesOf(links, resource);
  const primary = primaryOf(resource)?.intersect(block);
  if (!exact || primary === undefined || primary.equals(own))
    return [{ addresses, exact, publicAddress: party.publicAddress, ...known([given(resource, "publicIp")], elastic) }];
  return bySecondary(party, own, primary, elastic);
}

/** Each private address has its own public one, or none (EC2 guide, "Secondary IP addresses"). */
function bySecondary(party: Party, own: IntervalSet, primary: IntervalSet, elastic: readonly ElasticAddress[]) {
  const placed = elastic.map((each) => ({
    each,
    behind: each.privateIp === undefined ? primary : (blockIn(each.privateIp)[0]?.addresses ?? noAddresses),
  }));
  const openly = placed.filter(({ each }) => each.privateIp === UNKNOWN).map(({ each }) => each.answer);
  const possible: Certainty = all(any(...openly), "perhaps");
  const setOf = (addresses: IntervalSet, assigned: Certainty, values: readonly Value[]): AddressSet => {
    const mine = placed.filter(({ behind }) => !behind.intersect(addresses).isEmpty).map(({ each }) => each);
    const publicAddress = any(assigned, possible, ...mine.map(({ answer }) => answer));
    return { addresses, exact: true, publicAddress, ...known(values, mine) };
  };
  const secondaries = placed
    .map(({ behind }) => behind.intersect(own).subtract(primary))
    .filter((each) => !each.isEmpty);
  const rest = secondaries.reduce((left, each) => left.subtract(each), own.subtract(primary));
  return [
    setOf(primary, party.assigned ?? party.publicAddress, [given(party.resource, "publicIp")]),
    ...secondaries.map((each) => setOf(each, "no", [])),
    ...(rest.isEmpty ? [] : [setOf(rest, "no", [])]),
  ];
}

function known(values: readonly Value[], elastic: readonly ElasticAddress[]) {
  const found = [...values, ...elastic.map(({ publicIp }) => publicIp)].flatMap(blockIn);
  return found.length > 0
    ? { publicAddresses: addressesOf(found), publicExact: true }
    : { publicAddresses: internet.intersect(allIpv4), publicExact: false };
}
