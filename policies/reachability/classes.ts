import { AddressCells } from "./address-cells";
import { foreignersOf } from "./balanced-ways";
import { endsOf } from "./ends";
import { chainsTo } from "./forwardings";
import type { Network } from "./network";
import { instancesWith } from "./network-interfaces";
import type { Party } from "./parties";
import { remembered } from "./remembered";
import { given, type Resource, UNKNOWN, type Value } from "./resources";
import type { Groups } from "./security-groups";
import type { InterfaceSite } from "./sites";

/**
 * Parties that no answer tells apart: equal subnets (so equal tables and ACLs), groups, balancers in front of them, and addresses that every block
 * in the network has all or none of. What holds between two members of two classes holds between any two others.
 */
export interface PartyClass {
  readonly members: readonly [Party, ...Party[]];
}

export function classesOf(network: Network): readonly PartyClass[] {
  return remembered(network.links, "classes", () => {
    const cells = cellsOf(network);
    const classes = new Map<string, [Party, ...Party[]]>();
    for (const party of network.parties) {
      const key = keyOf(network, cells, party);
      const members = classes.get(key);
      if (members === undefined) classes.set(key, [party]);
      else members.push(party);
    }
    return [...classes.values()].map((members) => ({ members }));
  });
}

/** Which of the classes each party is in, by its URN. */
export function classNumbers(network: Network): ReadonlyMap<string, number> {
  return remembered(network.links, "class numbers", () => {
    const pairs = classesOf(network).flatMap(({ members }, at) =>
      members.map(({ resource: { urn } }) => [urn, at] as const),
    );
    return new Map(pairs);
  });
}

/** What holds addresses of its own; nothing is compared with these, so that they don't cut. */
const addressHolders = new Set([
  "aws:ec2/eip:Eip",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:ec2/natGateway:NatGateway",
]);

function cellsOf({ links, parties }: Network): AddressCells {
  const owners = new Set(parties.map(({ resource }) => resource));
  return AddressCells.cutBy(links.all().filter((each) => !owners.has(each) && !addressHolders.has(each.type)));
}

function keyOf(network: Network, cells: AddressCells, party: Party): string {
  const { kind, resource } = party;
  // Each has listeners, a service or a model of its own.
  if (kind !== "instance" && kind !== "database" && kind !== "group" && kind !== "mountTarget") return resource.urn;
  // An instance and its attached interfaces share addresses: between these two answers differ from those between others.
  if (party.interfaces !== undefined || instancesWith(network.links, resource).length > 0) return resource.urn;
  const ends = (["ipv4", "ipv6"] as const).map((family) =>
    endsOf(network, party, family).map((end) =>
      end.kind === "party" ? [end.isOpen, end.answer, end.interfaces.map((site) => siteKey(cells, site))] : [],
    ),
  );
  return JSON.stringify([kind, resource.type, party.subnets.candidates.length, ends, targetKey(network, party)]);
}

/** Whatever an interface has but for its name and its exact addresses. */
function siteKey(cells: AddressCells, site: InterfaceSite): unknown {
  const { subnet, addresses, publicAddresses, groups, ...others } = site;
  return [
    subnet.resource.urn,
    cells.signature(addresses),
    cells.signature(publicAddresses),
    groups === undefined ? null : groupsKey(groups),
    { ...others, hop: undefined, label: undefined },
  ];
}

/** Equal for groups that let the same through and may be referred to alike. */
function groupsKey({ certain, possible, outside }: Groups): string {
  const names = (members: readonly Resource[]) => members.map(({ urn }) => urn).sort();
  return JSON.stringify([names(certain), names(possible), outside]);
}

/** Equal for parties that the same listeners forward to, on the same ports. */
function targetKey(network: Network, party: Party): unknown {
  const chains = chainsTo(network, party);
  const sizes = ["minSize", "maxSize"].map((key) => textOf(given(party.resource, key)));
  const links = chains.map((chain) =>
    chain.map(({ forwarding: { listener, pool }, target }) => [
      [listener.resource.urn, listener.label, pool.key, textOf(target.port)],
      [target.certain, target.everyZone, target.address !== undefined],
    ]),
  );
  return [links, foreignersOf(network, party), chains.length === 0 ? [] : sizes];
}

function textOf(value: Value): string {
  return value === UNKNOWN ? "unknown" : JSON.stringify(value ?? null);
}
