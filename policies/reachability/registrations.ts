import { parseBlock } from "./addresses";
import { type Family, ownAddresses } from "./interface-addresses";
import { followList, type Link, type ListLink } from "./links";
import { targetGroupTypes } from "./listeners";
import { scalingGroupType } from "./managed-parties";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { PoolTarget } from "./pools";
import { remembered } from "./remembered";
import { field, given, label, type Resource, UNKNOWN, type Value } from "./resources";

const attachmentTypes = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
] as const;
const scalingAttachmentType = "aws:autoscaling/attachment:Attachment";
const trafficSourceType = "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment";
const serviceType = "aws:ecs/service:Service";

/** One statement that something is registered with target groups. */
export interface Registration {
  readonly groups: Pick<ListLink, "certain" | "possible" | "outside">;
  readonly targets: readonly PoolTarget[];
  /** Targets that aren't among the parties, in words. */
  readonly outside: readonly string[];
}

/** All of a network: by attachments, by Auto Scaling groups, by ECS services. */
export function registrationsOf(network: Network): readonly Registration[] {
  const { links } = network;
  return remembered(links, "registrations", () => [
    ...links.ofTypes(...attachmentTypes).map((each) => attached(network, each)),
    ...links.ofTypes(scalingAttachmentType).map((each) => scaled(network, each, "lbTargetGroupArn")),
    ...links.ofTypes(trafficSourceType).map((each) => scaled(network, each, "trafficSource", "identifier")),
    ...links
      .ofTypes(scalingGroupType)
      .flatMap((each) => [
        listing(network, each, "targetGroupArns"),
        listing(network, each, "trafficSources", "identifier"),
      ]),
    ...links.ofTypes(serviceType).map((each) => listing(network, each, "loadBalancers", "targetGroupArn")),
  ]);
}

function attached(network: Network, attachment: Resource): Registration {
  const groups = asList(network.links.follow(attachment, "targetGroupArn", ...targetGroupTypes));
  const zone = given(attachment, "availabilityZone");
  const value = given(attachment, "targetId");
  const address = typeof value === "string" && parseBlock(value) !== undefined ? value : undefined;
  const { parties, outside } =
    address === undefined ? byReference(network, attachment, "targetId") : byAddress(network, address);
  const certain = parties.length === 1 && outside.length === 0 && zone !== UNKNOWN;
  const port: Value = given(attachment, "port");
  const targets = parties.map((party): PoolTarget => ({ party, address, port, everyZone: zone === "all", certain }));
  return { groups, targets, outside };
}

/** An Auto Scaling group tied to a target group by a resource of its own. */
function scaled(network: Network, attachment: Resource, property: string, key?: string): Registration {
  const whole = given(attachment, property);
  const value = key === undefined || whole === UNKNOWN ? whole : field(whole, key);
  const groups = asList(network.links.resolve(attachment, property, value, ...targetGroupTypes));
  const { parties, outside } = byReference(network, attachment, "autoscalingGroupName");
  const certain = parties.length === 1 && outside.length === 0;
  return { groups, targets: parties.map((party) => byItself(party, certain)), outside };
}

/** Those that name target groups in a list of their own. */
function listing(network: Network, resource: Resource, property: string, key?: string): Registration {
  const pick = (item: Value) => (key === undefined ? item : field(item, key));
  const groups = followList(network.links, resource, property, targetGroupTypes, pick);
  const party = partyOf(network, resource);
  return party === undefined
    ? { groups, targets: [], outside: [`the targets of ${label(resource)}`] }
    : { groups, targets: [byItself(party, true)], outside: [] };
}

function byItself(party: Party, certain: boolean): PoolTarget {
  return { party, address: undefined, port: undefined, everyZone: false, certain };
}

function asList({ candidates, external, id }: Link): Registration["groups"] {
  const certain = !external && candidates.length === 1;
  return { certain: certain ? candidates : [], possible: certain ? [] : candidates, outside: external ? [id] : [] };
}

interface Meant {
  readonly parties: readonly Party[];
  readonly outside: readonly string[];
}

function byReference(network: Network, owner: Resource, property: string): Meant {
  const link = network.links.follow(owner, property, ...partyTypes(network));
  return {
    parties: link.candidates.flatMap((each) => partyOf(network, each) ?? []),
    outside: link.external ? [`the target ${link.id ?? "that isn't known"} of ${label(owner)}`] : [],
  };
}

function partyTypes({ links, parties }: Network): readonly string[] {
  return remembered(links, "types of parties", () => [...new Set(parties.map(({ resource }) => resource.type))]);
}

function partyOf({ links, parties }: Network, resource: Resource): Party | undefined {
  return remembered(links, "party by resource", () => new Map(parties.map((each) => [each.resource, each]))).get(
    resource,
  );
}

/** Who is known to have the address; else whoever may have it, in words. */
function byAddress({ links, parties }: Network, text: string): Meant {
  const block = parseBlock(text);
  const known = remembered(links, "known addresses", () => addressBook(parties));
  const low = block?.addresses.intervals[0]?.low;
  if (block === undefined || low === undefined) return { parties: [], outside: [] };
  const owners = known.single.get(low) ?? known.wide.filter((each) => hasAddress(each, block.family, low));
  if (owners.length > 0) return { parties: owners, outside: [] };
  return { parties: known.open[block.family], outside: [`whatever has the address ${text}`] };
}

interface AddressBook {
  readonly single: ReadonlyMap<bigint, readonly Party[]>;
  /** Those with whole blocks of addresses. */
  readonly wide: readonly Party[];
  /** Those whose addresses aren't known. */
  readonly open: Readonly<Record<Family, readonly Party[]>>;
}

function addressBook(parties: readonly Party[]): AddressBook {
  const single = new Map<bigint, Party[]>();
  const wide: Party[] = [];
  const intervals = (party: Party, family: Family) => ownAddresses(party, family).intervals;
  for (const party of parties) {
    for (const { low, high } of [...intervals(party, "ipv4"), ...intervals(party, "ipv6")]) {
      if (low !== high) wide.push(party);
      else single.set(low, [...(single.get(low) ?? []), party]);
    }
  }
  const open = (family: Family) =>
    parties.filter((party) => party.kind !== "group" && intervals(party, family).length === 0);
  return { single, wide, open: { ipv4: open("ipv4"), ipv6: open("ipv6") } };
}

function hasAddress(party: Party, family: Family, address: bigint): boolean {
  return ownAddresses(party, family).has(address);
}
