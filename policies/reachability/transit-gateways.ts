import { block, type Course, doubt, fork, isOver, pass, whicheverCourse } from "./course";
import { anything, type Estimate, exactly, intersect, perhaps, subtract, union } from "./estimate";
import type { Link, Links } from "./links";
import type { Network } from "./network";
import { remembered } from "./remembered";
import { given, label, type Resource } from "./resources";
import type { Target } from "./route-targets";
import { labelOfSite } from "./sites";
import { type Attachment, attachedBy, attachmentAccepted, readAttachments } from "./transit-attachments";
import { otherSide, peeringAccepted } from "./transit-peerings";
import { transitRanks, type TransitRoute, transitRoutes } from "./transit-routes";
import { associatedTables, gatewayOfTable, type TransitTable } from "./transit-tables";
import { type Forward, guessing, overBorder, type Trip } from "./trip";
import { Traffic } from "./traffic";
import { addressesOf, sameVpc, type Subnet, vpcAddresses } from "./vpcs";
import { sameZone } from "./zones";

interface Onward {
  readonly forward: Forward;
  readonly arrive: (trip: Trip, course: Course, at: Subnet | undefined) => Course;
}

/**
 * From a VPC into a transit gateway, by the gateway's tables to another attachment, and on by the routes of the subnet that it has there.
 * ACLs are those of the Transit Gateway guide, "Network ACLs": into the attachment's subnet by the source, out of it by the destination.
 */
export function throughTransitGateway(trip: Trip, course: Course, at: Subnet, target: Target, onward: Onward): Course {
  const { network } = trip;
  const { links } = network;
  const hop = { what: target.label, ...(target.resource === undefined ? {} : { urn: target.resource.urn }) };
  const gateway: Link =
    target.resource === undefined
      ? { candidates: [], external: true, id: target.label, absent: false }
      : { candidates: [target.resource], external: false, id: undefined, absent: false };
  const own = attachedBy(links, at.vpc).filter((each) => sameVpc(each.gateway, gateway) !== "no");
  // AWS refuses a route to a gateway that the VPC isn't attached to, so that an attachment is somewhere else.
  if (own.length === 0)
    return doubt(course, `where ${target.label} leads, for the VPC's attachment isn't in this stack`, hop);
  const unknown = `which VPCs are attached to ${target.label}`;
  const courses = own.map((attachment) => {
    const isAccepted = attachmentAccepted(links, attachment);
    if (isAccepted === "no") {
      const what = `attachment ${label(attachment.resource)}, of another account, isn't accepted by ${target.label}`;
      return block(course, { ...hop, what });
    }
    const isCertain =
      isAccepted === "yes" &&
      own.length === 1 &&
      sameVpc(attachment.gateway, gateway) === "yes" &&
      sameVpc(attachment.vpc, at.vpc) === "yes";
    const entered = isCertain ? pass(course, anything, () => hop) : doubt(course, unknown, hop);
    return guessing(trip, entered, target.label, () =>
      byTables(
        trip,
        intoZone(trip, entered, attachment, at, target.label),
        attachment.resource,
        attachment.gateway,
        at,
        onward,
      ),
    );
  });
  return whicheverCourse(courses, unknown) ?? course;
}

/** "If a subnet is in an AZ without attachment subnet, resources there can't reach the transit gateway" (guide, "VPC attachments"). */
function intoZone(trip: Trip, course: Course, attachment: Attachment, at: Subnet, name: string): Course {
  const here = subnetsIn(trip.network, attachment, at);
  const none = { what: `${name} has no attachment subnet in the zone of subnet ${at.label}` };
  const unknown = `which subnets attach the VPC to ${name}, or their zones`;
  if (here.certain[0] !== undefined) return overBorder(trip, course, here.certain[0], "ingress");
  const [possible] = here.possible;
  if (possible !== undefined) return doubt(course, unknown, none);
  return here.isOpen ? doubt(course, unknown, none) : block(course, none);
}

interface ZoneSubnets {
  readonly certain: readonly Subnet[];
  readonly possible: readonly Subnet[];
  /** There may be others, outside the resources. */
  readonly isOpen: boolean;
}

function subnetsIn({ subnets }: Network, attachment: Attachment, at: Subnet): ZoneSubnets {
  const { certain, possible, outside } = attachment.subnets;
  const within = (members: readonly Resource[], wanted: readonly string[]) =>
    subnets.filter((each) => members.includes(each.resource) && wanted.includes(sameZone(each, at)));
  const all = [...certain, ...possible];
  return {
    certain: within(certain, ["yes"]),
    possible: [...within(certain, ["perhaps"]), ...within(possible, ["yes", "perhaps"])],
    isOpen: outside.length > 0 || all.length === 0,
  };
}

function byTables(
  trip: Trip,
  course: Course,
  from: Resource,
  gateway: Link,
  at: Subnet | undefined,
  onward: Onward,
): Course {
  if (isOver(course)) return course;
  const tables = associatedTables(trip.network.links, from, gateway);
  const none = { what: `attachment ${label(from)} is associated with no route table`, urn: from.urn };
  const courses = tables.map((table) => byTable(trip, course, table, at, onward));
  return (
    whicheverCourse(courses, `which route table attachment ${label(from)} is associated with`) ?? block(course, none)
  );
}

function byTable(trip: Trip, course: Course, table: TransitTable, at: Subnet | undefined, onward: Onward): Course {
  const hop = `transit gateway route table ${table.label}`;
  const { resource } = table;
  if (resource === undefined) return doubt(course, `the routes of ${hop}`, { what: hop });
  const parts = decisionsOf(trip.network.links, resource).flatMap(({ route, traffic }): Course[] => {
    const text = route.blocks?.map((each) => each.text).join(", ") ?? "a destination that isn't known";
    const [to] = route.attachment?.candidates ?? [];
    const name =
      route.attachment === undefined
        ? "nothing"
        : `attachment ${to === undefined ? (route.attachment.id ?? "that isn't known") : label(to)}`;
    const part = pass(course, traffic, () => ({ what: `${hop} sends ${text} to ${name}`, rule: text }));
    if (isOver(part)) return [];
    if (route.attachment === undefined)
      return [block(part, { what: `${hop} drops ${text}: a blackhole route`, rule: text })];
    return [toAttachment(trip, part, route.attachment, at, resource, onward)];
  });
  return fork(parts) ?? block(course, { what: `${hop} has no route to ${labelOfSite(trip.to)}` });
}

function decisionsOf(links: Links, table: Resource): ReturnType<typeof decideTransit> {
  return remembered(links, `transit decisions ${table.urn}`, () => decideTransit(links, table));
}

/** Longest prefix first, static before propagated; what no route matches is dropped. */
function decideTransit(links: Links, table: Resource): readonly { route: TransitRoute; traffic: Estimate }[] {
  const routes = transitRoutes(links, table);
  const each = routes.flatMap((route) =>
    route.certain ? (route.blocks ?? []).map((block) => ({ block, route })) : [],
  );
  // Of attachments that propagate one block only one is in the table; it isn't said which, and it doesn't matter behind a route that goes before.
  const key = ({ block, route }: (typeof each)[number]) => `${route.rank} ${block.text}`;
  const counts = new Map<string, number>();
  for (const one of each) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  const isAlone = (one: (typeof each)[number]) => counts.get(key(one)) === 1;
  const place = ({ route }: (typeof each)[number]) => transitRanks.indexOf(route.rank);
  const fixed = each.filter(isAlone).sort((a, b) => b.block.prefix - a.block.prefix || place(a) - place(b));
  const isBehind = (one: (typeof each)[number]) =>
    fixed.some((other) => other.block.text === one.block.text && place(other) < place(one));
  const unknown = `the routes of transit gateway route table ${label(table)}`;
  const kept = addressesOf(fixed.filter(({ block }) => block.prefix > 0).map(({ block }) => block)).intersect(
    vpcAddresses(links),
  );
  const reachOf = ({ blocks, reach }: TransitRoute): Estimate => {
    if (reach !== undefined) return exactly(Traffic.where({ destination: reach.subtract(kept) }));
    return blocks === undefined ? anything : exactly(Traffic.where({ destination: addressesOf(blocks) }));
  };
  const floating = [
    ...routes
      .filter((route) => !route.certain || route.blocks === undefined)
      .map((route) => ({ route, traffic: perhaps(reachOf(route), unknown) })),
    ...each
      .filter((one) => !isAlone(one) && !isBehind(one))
      .map(({ block: { addresses }, route }) => {
        return { route, traffic: perhaps(exactly(Traffic.where({ destination: addresses })), unknown) };
      }),
  ];
  const uncertain = union(...floating.map(({ traffic }) => traffic));
  let remaining: Estimate = anything;
  const decisions = fixed.map(({ block: { addresses }, route }) => {
    const match = exactly(Traffic.where({ destination: addresses }));
    const traffic = subtract(intersect(remaining, match), uncertain);
    remaining = subtract(remaining, match);
    return { route, traffic };
  });
  return [...decisions, ...floating];
}

function toAttachment(
  trip: Trip,
  course: Course,
  link: Link,
  at: Subnet | undefined,
  by: Resource,
  onward: Onward,
): Course {
  const { links } = trip.network;
  const courses = link.candidates.map((resource) => {
    const attachment = readAttachments(links).find((each) => each.resource === resource);
    return guessing(trip, course, `attachment ${label(resource)}`, () =>
      attachment === undefined
        ? overPeering(trip, course, resource, by, onward)
        : outOf(trip, course, attachment, at, onward),
    );
  });
  const name = link.id ?? "that isn't known";
  const unknown = `what lies behind attachment ${name}`;
  if (link.external || courses.length === 0) courses.push(doubt(course, unknown, { what: `attachment ${name}` }));
  return whicheverCourse(courses, unknown) ?? course;
}

/**
 * The gateway keeps to the sender's zone where the attachment has a subnet in it (guide, "Availability Zones"); in appliance mode it takes one by "a flow
 * hash" (guide, "Appliance in a shared services VPC"), and of a sender beyond a peering the zone doesn't count.
 */
function outOf(trip: Trip, sent: Course, attachment: Attachment, at: Subnet | undefined, onward: Onward): Course {
  const { network, to } = trip;
  const name = `attachment ${label(attachment.resource)}`;
  if (trip.passed.includes(attachment.resource.urn)) return block(sent, { what: `${name} sends back to itself` });
  const isAccepted = attachmentAccepted(network.links, attachment);
  if (isAccepted === "no") return block(sent, { what: `${name}, of another account, isn't accepted` });
  const course = isAccepted === "yes" ? sent : doubt(sent, `whether ${name} is accepted`, { what: name });
  const next: Trip = { ...trip, passed: [...trip.passed, attachment.resource.urn] };
  const isKept = (given(attachment.resource, "applianceModeSupport") ?? "disable") === "disable";
  const same = at === undefined || !isKept ? [] : subnetsIn(network, attachment, at).certain;
  const { certain, possible } = attachment.subnets;
  const members = network.subnets.filter(({ resource }) => certain.includes(resource) || possible.includes(resource));
  const entries = same.length > 0 ? same : members;
  const direct = (entry: Subnet): Course => {
    const isThere = to.kind === "interface" && to.subnet === entry && sameVpc(to.subnet.vpc, attachment.vpc) !== "no";
    return isThere
      ? onward.arrive(next, course, entry)
      : onward.forward(next, overBorder(next, course, entry, "egress"), entry);
  };
  const unknown = `by which subnet ${name} enters its VPC`;
  const courses = entries.map(direct);
  return whicheverCourse(courses, unknown) ?? doubt(course, unknown, { what: name });
}

/** To the transit gateway on the other side, whose own tables decide there; `by`: the table that sends to the peering. */
function overPeering(trip: Trip, course: Course, peering: Resource, by: Resource, onward: Onward): Course {
  const { links } = trip.network;
  const name = `transit gateway peering ${label(peering)}`;
  const hop = { what: name, urn: peering.urn };
  if (trip.passed.includes(peering.urn)) return block(course, { ...hop, what: `${name} sends back to itself` });
  const isAccepted = peeringAccepted(links, peering);
  if (isAccepted === "no") return block(course, { ...hop, what: `${name} isn't accepted` });
  const passed =
    isAccepted === "yes" ? pass(course, anything, () => hop) : doubt(course, `whether ${name} is accepted`, hop);
  const other = otherSide(links, peering, gatewayOfTable(links, by));
  if (other === undefined || other.external) return doubt(passed, `what lies behind ${name}`, hop);
  const next: Trip = { ...trip, passed: [...trip.passed, peering.urn] };
  return byTables(next, passed, peering, other, undefined, onward);
}
