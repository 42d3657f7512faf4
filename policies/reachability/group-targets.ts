import { parseBlock } from "./addresses";
import { ownAddresses } from "./interface-addresses";
import { followList, isExactly, type Links, mayBe } from "./links";
import { targetGroupTypes } from "./listeners";
import { scalingGroupType } from "./managed-parties";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { Pool, PoolTarget } from "./pools";
import { remembered } from "./remembered";
import { field, given, label, type Resource, UNKNOWN, type Value } from "./resources";

const attachmentTypes = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
] as const;
const scalingAttachmentTypes = [
  "aws:autoscaling/attachment:Attachment",
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
] as const;
const serviceType = "aws:ecs/service:Service";

export type Registered = Pick<Pool, "targets" | "outside">;

/** What is registered with a target group: by attachments, by Auto Scaling groups, by ECS services. */
export function targetsOfGroup(network: Network, group: Resource): Registered {
  return remembered(network.links, `targets ${group.urn}`, () => {
    const { links } = network;
    const all = [
      ...links.ofTypes(...attachmentTypes).map((attachment) => attached(network, attachment, group)),
      ...links.ofTypes(...scalingAttachmentTypes).map((attachment) => scaled(network, attachment, group)),
      ...listing(network, scalingGroupType, group),
      ...listing(network, serviceType, group),
    ];
    return { targets: all.flatMap(({ targets }) => targets), outside: all.flatMap(({ outside }) => outside) };
  });
}

const none: Registered = { targets: [], outside: [] };

function attached(network: Network, attachment: Resource, group: Resource): Registered {
  const { links } = network;
  const link = links.follow(attachment, "targetGroupArn", ...targetGroupTypes);
  if (!mayBe(link, group)) return none;
  const certain = isExactly(link, group);
  const zone = given(attachment, "availabilityZone");
  const value = given(attachment, "targetId");
  const address = typeof value === "string" && parseBlock(value) !== undefined ? value : undefined;
  const { parties, outside } =
    address === undefined ? byReference(network, attachment, "targetId") : byAddress(network, address);
  return {
    targets: parties.map((party) => ({
      party,
      address,
      port: given(attachment, "port"),
      everyZone: zone === "all",
      certain: certain && parties.length === 1 && outside.length === 0 && zone !== UNKNOWN,
    })),
    outside,
  };
}

interface Meant {
  readonly parties: readonly Party[];
  readonly outside: readonly string[];
}

function byReference({ links, parties }: Network, owner: Resource, property: string): Meant {
  const types = [...new Set(parties.map(({ resource }) => resource.type))];
  const link = links.follow(owner, property, ...types);
  return {
    parties: parties.filter(({ resource }) => link.candidates.includes(resource)),
    outside: link.external ? [`the target ${link.id ?? "that isn't known"} of ${label(owner)}`] : [],
  };
}

/** Who is known to have the address; else whoever may have it, in words. */
function byAddress({ parties }: Network, text: string): Meant {
  const block = parseBlock(text);
  const own = (party: Party) =>
    block === undefined ? undefined : ownAddresses(party, block.family).intersect(block.addresses);
  const owners = parties.filter((party) => own(party)?.isEmpty === false);
  if (owners.length > 0) return { parties: owners, outside: [] };
  const open = parties.filter(
    (party) => block !== undefined && party.kind !== "group" && ownAddresses(party, block.family).isEmpty,
  );
  return { parties: open, outside: [`whatever has the address ${text}`] };
}

/** An Auto Scaling group tied to the target group by a resource of its own. */
function scaled(network: Network, attachment: Resource, group: Resource): Registered {
  const { links } = network;
  const isOld = attachment.type === scalingAttachmentTypes[0];
  const property = isOld ? "lbTargetGroupArn" : "trafficSource";
  const value = given(attachment, property);
  const link = links.resolve(
    attachment,
    property,
    isOld || value === UNKNOWN ? value : field(value, "identifier"),
    ...targetGroupTypes,
  );
  if (!mayBe(link, group)) return none;
  const { parties, outside } = byReference(network, attachment, "autoscalingGroupName");
  const certain = isExactly(link, group) && parties.length === 1 && outside.length === 0;
  return { targets: parties.map((party) => whole(party, certain)), outside };
}

/** Those that name the target group in a list of their own. */
function listing(network: Network, type: string, group: Resource): readonly Registered[] {
  return network.links.ofTypes(type).map((resource): Registered => {
    const lists = listsOf(network.links, resource);
    const certain = lists.some((list) => list.certain.includes(group));
    if (!certain && !lists.some((list) => list.possible.includes(group))) return none;
    const party = network.parties.find((each) => each.resource === resource);
    return party === undefined
      ? { targets: [], outside: [`the targets of ${label(resource)}`] }
      : { targets: [whole(party, certain)], outside: [] };
  });
}

function listsOf(links: Links, resource: Resource) {
  const pick = (key: string) => (item: Value) => field(item, key);
  if (resource.type === serviceType)
    return [followList(links, resource, "loadBalancers", targetGroupTypes, pick("targetGroupArn"))];
  return [
    followList(links, resource, "targetGroupArns", targetGroupTypes),
    followList(links, resource, "trafficSources", targetGroupTypes, pick("identifier")),
  ];
}

function whole(party: Party, certain: boolean): PoolTarget {
  return { party, address: undefined, port: undefined, everyZone: false, certain };
}

/** Target groups outside the resources that a party is, or may be, registered with: who forwards to it from there isn't known. */
export function foreignGroupsOf(network: Network, party: Party): readonly string[] {
  const { links } = network;
  const { resource } = party;
  const named = (ids: readonly (string | undefined)[]) =>
    ids.map((id) => `which load balancers forward from target group ${id ?? "that isn't known"} to ${party.label}`);
  const own = [scalingGroupType, serviceType].includes(resource.type)
    ? listsOf(links, resource).flatMap(({ outside }) => outside)
    : [];
  const attachedTo = links.ofTypes(...attachmentTypes).flatMap((attachment) => {
    const group = links.follow(attachment, "targetGroupArn", ...targetGroupTypes);
    if (!group.external) return [];
    const value = given(attachment, "targetId");
    const meant =
      typeof value === "string" && parseBlock(value) !== undefined
        ? byAddress(network, value)
        : byReference(network, attachment, "targetId");
    return meant.parties.includes(party) ? [group.id] : [];
  });
  const scaledFrom = links.ofTypes(...scalingAttachmentTypes).flatMap((attachment) => {
    const isOld = attachment.type === scalingAttachmentTypes[0];
    const property = isOld ? "lbTargetGroupArn" : "trafficSource";
    const value = given(attachment, property);
    const identifier = isOld || value === UNKNOWN ? value : field(value, "identifier");
    const group = links.resolve(attachment, property, identifier, ...targetGroupTypes);
    if (!group.external || resource.type !== scalingGroupType) return [];
    return mayBe(links.follow(attachment, "autoscalingGroupName", resource.type), resource) ? [group.id] : [];
  });
  return [...new Set(named([...own, ...attachedTo, ...scaledFrom]))];
}
