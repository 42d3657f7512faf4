import { throughAppliance } from "./appliances";
import { notTheInternet, peeringIsNotTransitive } from "./axioms";
import { all } from "./certainty";
import { block, type Course, doubt, fork, isOver, pass, passBack, replyTo, whicheverCourse, withReply } from "./course";
import { anything } from "./estimate";
import { throughAcl, throughGroups } from "./firewalls";
import { besidesEndpoints } from "./gateway-endpoints";
import { leaveToInternet } from "./internet-gateways";
import { throughNatGateway } from "./nat-gateways";
import { joinsVpcs } from "./peering";
import { referablePeer } from "./group-references";
import { remembered } from "./remembered";
import { type Decision, decide, routesOf } from "./routes";
import { type Table, tablesOfSubnet } from "./route-tables";
import type { Target } from "./route-targets";
import { type InterfaceSite, labelOfSite } from "./sites";
import { throughTransitGateway } from "./transit-gateways";
import { throughVpnGateway } from "./virtual-private-gateways";
import { guessing, overBorder, type Trip } from "./trip";
import { sameVpc, type Subnet } from "./vpcs";

/** From an interface, past its groups already, to where the traffic is to arrive; past the firewalls there, and the reply back. */
export function travel(trip: Trip & { readonly from: InterfaceSite }, course: Course): Course {
  const { from, to } = trip;
  if (to.kind === "interface" && to.subnet === from.subnet) return arrive(trip, course, from.subnet);
  return forward(trip, overBorder(trip, course, from.subnet, "egress"), from.subnet);
}

/** By the routes of a subnet. */
export function forward(trip: Trip, course: Course, at: Subnet): Course {
  if (isOver(course)) return course;
  const { links } = trip.network;
  const tables = remembered(links, `tables ${at.resource.urn}`, () => tablesOfSubnet(links, at));
  const isGuess = trip.isGuess || tables.length > 1;
  const courses = tables.map((table) => byTable({ ...trip, isGuess }, course, at, table));
  const none = { what: `subnet ${at.label} has no route table` };
  return whicheverCourse(courses, `which route table subnet ${at.label} has`) ?? block(course, none);
}

function byTable(trip: Trip, course: Course, at: Subnet, table: Table): Course {
  const hop = `route table ${table.label}`;
  if (table.resource === undefined)
    return doubt(course, `the routes of ${hop}, which isn't in this stack`, { what: hop });
  const parts = decisionsAt(trip, at, table).flatMap(({ route, traffic }): Course[] => {
    const part = pass(course, traffic, () => {
      const text = route.blocks?.map((each) => each.text).join(", ") ?? "a destination that isn't known";
      const what = `${hop} sends ${text} to ${route.targets[0]?.label ?? "nowhere"}`;
      return { what, ...(table.resource === undefined ? {} : { urn: table.resource.urn }), rule: text };
    });
    if (isOver(part)) return [];
    const isGuess = trip.isGuess || route.targets.length > 1;
    const carried = route.targets.map((target) =>
      guessing({ ...trip, isGuess }, part, target.label, () => carry({ ...trip, isGuess }, part, at, target)),
    );
    return [whicheverCourse(carried, `where a route in ${hop} leads`) ?? part];
  });
  const none = { what: `${hop} has no route to ${labelOfSite(trip.to)}`, urn: table.resource.urn };
  return besidesEndpoints(trip, course, table, fork(parts) ?? block(course, none));
}

function decisionsAt({ network: { links } }: Trip, at: Subnet, table: Table): readonly Decision[] {
  const vpc = at.vpc.candidates[0]?.urn ?? at.resource.urn;
  const key = `decisions ${vpc} ${table.resource?.urn ?? ""}`;
  return remembered(links, key, () => decide(links, at, routesOf(links, table)));
}

function carry(trip: Trip, course: Course, at: Subnet, target: Target): Course {
  const hop = { what: target.label, ...(target.resource === undefined ? {} : { urn: target.resource.urn }) };
  const stop = (why: string) => block(course, { ...hop, what: `${target.label}: ${why}` });
  switch (target.kind) {
    case "local":
      return byVpc(trip, course, at);
    case "peering":
      return byPeering(trip, course, at, target);
    case "internetGateway":
    case "egressOnly":
      return leaveToInternet(trip, course, at, target, inward);
    case "nat":
      return throughNatGateway(trip, course, at, target, { travel, forward, inward });
    case "transitGateway":
      return throughTransitGateway(trip, course, at, target, { forward, arrive });
    case "virtualPrivateGateway":
      return throughVpnGateway(trip, course, at, target);
    case "interface":
      return throughAppliance(trip, course, at, target, (arrived) => arrive(trip, arrived, at));
    case "gatewayEndpoint":
    case "blackhole":
      return stop(`it leads to ${notTheInternet[target.kind]}`);
    case "undecided":
      return doubt(course, `where ${target.label} leads`, hop);
  }
}

function byVpc(trip: Trip, course: Course, at: Subnet): Course {
  const { to } = trip;
  const elsewhere = { what: `${labelOfSite(to)} isn't in the VPC, which keeps its own addresses to itself` };
  if (to.kind !== "interface") return block(course, elsewhere);
  const same = sameVpc(at.vpc, to.subnet.vpc);
  if (same === "no") return block(course, elsewhere);
  const arrived = arrive(trip, course, at);
  return same === "yes" ? arrived : doubt(arrived, "which VPC a subnet is in", { what: "the VPC" });
}

function byPeering(trip: Trip, course: Course, at: Subnet, target: Target): Course {
  const { to, network } = trip;
  const hop = { what: target.label, ...(target.resource === undefined ? {} : { urn: target.resource.urn }) };
  if (to.kind === "internet" || to.kind === "public")
    return block(course, { ...hop, what: `${target.label}: ${notTheInternet.peering}` });
  const unknown = `whether ${target.label} joins the two VPCs and is accepted`;
  const isOwn = trip.from.kind === "interface" ? sameVpc(trip.from.subnet.vpc, at.vpc) : "no";
  if (isOwn === "no")
    return block(course, { ...hop, what: `${target.label}: ${peeringIsNotTransitive}, as ${trip.from.label} is` });
  if (to.kind === "outside") return doubt(course, `what lies behind ${target.label}`, hop);
  const joins = joinsVpcs(network.links, target, at.vpc, to.subnet.vpc);
  if (joins === "no") {
    const what = `${target.label} doesn't lead to the VPC of ${to.label}: it isn't accepted, or joins others`;
    return block(course, { ...hop, what });
  }
  const passed = all(joins, isOwn) === "yes" ? pass(course, anything, () => hop) : doubt(course, unknown, hop);
  return arrive(trip, passed, at);
}

/** Into the subnet of an interface from another subnet of its VPC or a peer; then its groups, and its answer. */
export function arrive(trip: Trip, course: Course, at: Subnet | undefined): Course {
  const { to, network } = trip;
  if (to.kind !== "interface") return course;
  const inside = at === to.subnet ? course : throughAcl(network.links, course, to.subnet, "ingress");
  return trip.isReply ? inside : inward(trip, inside);
}

/** Past the border of the subnet already. */
export function inward(trip: Trip, course: Course): Course {
  const { to } = trip;
  return to.kind === "interface" ? answered({ ...trip, to }, admitted({ ...trip, to }, course)) : course;
}

/** Past the groups of an interface, and what it is. */
export function admitted(
  { network, from, to }: Pick<Trip, "network" | "from"> & { readonly to: InterfaceSite },
  course: Course,
): Course {
  const peer = from.kind === "interface" ? referablePeer(network.links, from, to, "ingress") : undefined;
  const inside = throughGroups(network.links, course, to.groups, "ingress", peer, to.label);
  const taken = pass(inside, to.serves?.takes ?? anything, (passed) =>
    passed ? to.hop : { ...to.hop, what: `${to.hop.what}: an interface endpoint takes only TCP` },
  );
  return to.serves === undefined ? taken : passBack(taken, to.serves.answers, () => to.hop);
}

function answered(trip: Trip & { readonly to: InterfaceSite }, course: Course): Course {
  const { from, to, network } = trip;
  if (course.works.may.isEmpty || (from.kind === "interface" && from.subnet === to.subnet)) return course;
  const leaving = throughAcl(network.links, replyTo(course), to.subnet, "egress");
  const reply: Trip = { ...trip, from: to, to: from, isReply: true, passed: [] };
  return withReply(course, forward(reply, leaving, to.subnet));
}
