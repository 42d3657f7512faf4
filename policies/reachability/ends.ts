import { allIpv4, parseBlock } from "./addresses";
import { internet } from "./axioms";
import type { IntervalSet } from "./interval-set";
import { type Family, hasFamily } from "./address-families";
import { all, type Certainty } from "./certainty";
import { serviceOf } from "./interface-endpoints";
import { type AddressSet, addressSetsOf, blockOf } from "./interface-addresses";
import type { Links } from "./links";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { Endpoint } from "./query";
import { label } from "./resources";
import { remembered } from "./remembered";
import { subnetsAmong } from "./subnets-among";
import type { InterfaceSite, InternetSite, OutsideSite } from "./sites";
import type { Subnet } from "./vpcs";

/** An end of a question, found in the network: the party with all of its interfaces, or addresses of nobody. */
export type FoundEnd =
  | {
      readonly kind: "party";
      readonly party: Party;
      /** One of them is meant, it isn't known which. */
      readonly interfaces: readonly InterfaceSite[];
      readonly isOpen: boolean;
      /** Does the party have such an interface, with addresses of the family? */
      readonly answer: Certainty;
    }
  /** `doubt`: why it may not be nobody's, after all. */
  | { readonly kind: "site"; readonly site: InternetSite | OutsideSite; readonly doubt?: string };

/**
 * What an endpoint that is no address means (those: `findOwners`): several ends where a party has several interfaces, or addresses that don't fare alike; any of them will do.
 *
 * @throws RangeError when the endpoint names no party of the network, or `asked` is no address.
 */
export function findEnds(
  network: Network,
  endpoint: Exclude<Endpoint, { readonly kind: "address" }>,
  asked: string | undefined,
  family: Family,
): readonly [FoundEnd, ...FoundEnd[]] {
  const wanted = asked === undefined ? undefined : parseAddress(asked);
  if (endpoint.kind === "party") {
    const party = partiesByUrn(network).get(endpoint.urn);
    if (party === undefined) throw new RangeError(`the network has no party ${endpoint.urn}`);
    return wanted === undefined ? endsOf(network, party, family) : partyEnds(network, party, wanted, family);
  }
  const site = wanted === undefined ? internetSite(network.links, family) : onInternet(wanted, "the internet");
  return [{ kind: "site", site }];
}

export function partiesByUrn({ links, parties }: Network): ReadonlyMap<string, Party> {
  return remembered(links, "parties by URN", () => new Map(parties.map((party) => [party.resource.urn, party])));
}

/** The ends that a party has in a family, whichever address is meant. */
export function endsOf(network: Network, party: Party, family: Family): readonly [FoundEnd, ...FoundEnd[]] {
  const known = remembered(network.links, `ends ${family}`, () => new Map<Party, readonly [FoundEnd, ...FoundEnd[]]>());
  const ends = known.get(party) ?? partyEnds(network, party, undefined, family);
  known.set(party, ends);
  return ends;
}

export function parseAddress(text: string): IntervalSet {
  const block = parseBlock(text);
  if (block === undefined) throw new RangeError(`"${text}" is no address: give one such as 10.0.0.5 or 2001:db8::5`);
  return block.addresses;
}

export function onInternet(addresses: IntervalSet, name: string): InternetSite {
  return { kind: "internet", hop: { what: name }, label: name, addresses };
}

/** Anybody on the internet. */
export function internetSite(links: Links, family: Family): InternetSite {
  return remembered(links, `internet ${family}`, () =>
    onInternet(family === "ipv4" ? internet.intersect(allIpv4) : internet.subtract(allIpv4), "the internet"),
  );
}

/** An interface in a subnet, by some of its addresses. */
interface Place {
  readonly subnet: Subnet;
  readonly block: IntervalSet;
  readonly set: AddressSet;
  /** Has it addresses of the family there? */
  readonly answer: Certainty;
}

export function partyEnds(
  network: Network,
  party: Party,
  wanted: IntervalSet | undefined,
  family: Family,
): readonly [FoundEnd, ...FoundEnd[]] {
  const own = party.interfaces ?? [{ party, answer: "yes" as const }];
  const choices = own.flatMap((each) =>
    placesOf(network, each.party, family).map((places) => ({ ...each, places: places.map((at) => meant(at, wanted)) })),
  );
  const best = Math.max(...choices.flatMap(({ places }) => places.map(({ rank }) => rank)));
  const ends = choices.flatMap(({ party: owner, answer, places }): FoundEnd[] => {
    const fitting = places.filter(({ rank }) => rank === best);
    if (fitting.length === 0) return [];
    const interfaces = fitting.map((place) => siteOf(owner, place, family));
    const isThere = all(answer, ...fitting.map((place) => place.answer));
    return [{ kind: "party", party, interfaces, isOpen: owner.subnets.external, answer: isThere }];
  });
  const [first, ...others] = ends;
  if (first !== undefined) return [first, ...others];
  return [{ kind: "party", party, interfaces: [], isOpen: party.subnets.external, answer: "yes" }];
}

/** The places of an interface by its primary address, in whichever subnet; then those of other addresses that fare differently. */
export function placesOf({ links, subnets }: Network, party: Party, family: Family): readonly (readonly Place[])[] {
  const found = subnetsAmong(subnets, party.subnets.candidates).map((subnet): readonly Place[] => {
    const answer = hasFamily(links, party, subnet, family);
    if (answer === "no") return [];
    const block = blockOf(links, subnet, family);
    return addressSetsOf(links, party, subnet, family).map((set) => ({ subnet, block, set, answer }));
  });
  const first = found.flatMap((places) => places.slice(0, 1));
  return [...(first.length === 0 ? [] : [first]), ...found.flatMap((places) => places.slice(1).map((each) => [each]))];
}

/** The place by the address that is asked for; the higher the rank, the surer that it is the one. */
function meant(place: Place, wanted: IntervalSet | undefined): Place & { readonly rank: number } {
  if (wanted === undefined) return { ...place, rank: 0 };
  const { set, block } = place;
  const isIn = (addresses: IntervalSet) => wanted.subtract(addresses).isEmpty;
  const asOwn = { ...place, set: { ...set, addresses: wanted, exact: true } };
  if (set.exact && isIn(set.addresses)) return { ...asOwn, rank: 3 };
  if (set.publicExact && isIn(set.publicAddresses)) return { ...place, rank: 2 };
  return isIn(block) ? { ...asOwn, rank: 1 } : { ...place, rank: 0 };
}

function siteOf(party: Party, { subnet, set }: Place, family: Family): InterfaceSite {
  return {
    kind: "interface",
    hop: hopOf(party),
    label: party.label,
    subnet,
    addresses: set.addresses,
    exact: set.exact,
    groups: party.groups,
    publicAddress: set.publicAddress,
    publicAddresses: family === "ipv6" ? set.addresses : set.publicAddresses,
    referable: true,
    ...(party.kind === "endpoint" ? { serves: serviceOf(party.resource) } : {}),
  };
}

export function hopOf({ resource, label: text }: Party) {
  const { id } = resource.props;
  const what = text === label(resource) && text === id && text !== resource.name ? `${resource.name} (${text})` : text;
  return { what, urn: resource.urn, ...(typeof id === "string" && id !== "" ? { id } : {}) };
}
