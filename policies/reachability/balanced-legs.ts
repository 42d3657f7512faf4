import { allIpv4, allIpv6 } from "./addresses";
import { balancerPorts, repliesByNode } from "./axioms";
import { nameOf } from "./balancers";
import type { Certainty } from "./certainty";
import { type Course, doubt, readdressed, restored, whicheverCourse } from "./course";
import { replyThroughAcl } from "./firewalls";
import type { Link } from "./forwardings";
import type { IntervalSet } from "./interval-set";
import { backToNode, fromNode } from "./node-traffic";
import { type NodeToTarget, served, unlooped } from "./served-targets";
import type { SendingSite } from "./sites";
import { portsOf } from "./target-ports";
import { allPorts, type Box } from "./traffic";

export interface Leg extends NodeToTarget {
  /** Who dialled, as the node sees it. */
  readonly client: SendingSite;
  /** What lies behind the target, where that is a balancer itself. */
  readonly onward: (course: Course) => Course;
}

/** What a node has taken goes on to a target, and the target's answer back to the node; in the headers of the client. */
export function throughLeg(leg: Leg, taken: Course): Course {
  const { pool } = leg.link.forwarding;
  const kept: readonly Certainty[] = pool.keepsClient === "perhaps" ? ["yes", "no"] : [pool.keepsClient];
  const courses = kept.map((each) => sent(leg, taken, each === "yes"));
  const whichever = whicheverCourse(courses, `whether ${pool.label} keeps the client's address`) ?? taken;
  return doubtsOf(leg.link).reduce((course, unknown) => doubt(course, unknown, leg.site.hop), whichever);
}

function doubtsOf({ forwarding, target: { party, certain } }: Link): readonly string[] {
  const { pool, balancer, listener } = forwarding;
  const doubts: readonly (readonly [boolean, string])[] = [
    [!forwarding.certain, `whether ${listener.label} of ${nameOf(balancer)} forwards to ${pool.label}`],
    [!certain, `whether ${party.label} is a target of ${pool.label}`],
    [balancer.kind === undefined, `the type of ${nameOf(balancer)}`],
    [balancer.party.subnets.external, `which subnets ${nameOf(balancer)} is in`],
    [pool.family === undefined, `the address family of ${pool.label}`],
    [pool.isPlaceless === "perhaps", `the target type of ${pool.label}`],
    [party.subnets.external, `which subnets ${party.label} is in`],
    [party.kind === "unmodelled", `the traffic of ${party.label} (${party.resource.type}), which isn't modelled`],
  ];
  return doubts.flatMap(([holds, unknown]) => (holds ? [unknown] : []));
}

function sent(leg: Leg, taken: Course, isKept: boolean): Course {
  const { network, link, node, site, client, onward } = leg;
  // "IPv6 client requests" reach IPv4 targets from the balancer's own address (Network Load Balancers guide, "Client IP preservation").
  const keeps = isKept && sameFamily(taken, site.addresses);
  const ports = portsOf(link);
  const fields: Partial<Box> = {
    destination: site.addresses,
    ports: ports ?? allPorts,
    ...(keeps ? {} : { source: node.addresses, sourcePorts: balancerPorts }),
  };
  const each: Course["each"] = [
    ...(keeps ? taken.each.filter((one) => one === "source" || one === "sourcePorts") : ownEnd(node)),
    ...(site.exact ? [] : (["destination"] as const)),
  ];
  const owed = served(leg, keeps ? unlooped(leg, taken, client) : taken);
  const written = { ...readdressed(owed, fields), each };
  const aimed = ports === undefined ? doubt(written, `the port of ${link.forwarding.pool.label}`, node.hop) : written;
  const arrived = onward(fromNode(network, aimed, node, site));
  const answered = keeps ? backByNode(leg, arrived) : backToNode(network, arrived, node, site);
  return restored(taken, answered, ["destination", "ports", ...(keeps ? [] : (["source", "sourcePorts"] as const))]);
}

/** A node that dials itself does so from one of `balancerPorts`, whichever it picks. */
function ownEnd({ exact }: Leg["node"]): Course["each"] {
  return exact ? ["sourcePorts"] : ["source", "sourcePorts"];
}

function sameFamily({ traffic }: Course, addresses: IntervalSet): boolean {
  const family = addresses.intersect(allIpv4).isEmpty ? allIpv6 : allIpv4;
  return traffic.may.boxes.every(({ source }) => source.subtract(family).isEmpty);
}

/** The reply to a client's address goes by the node, which knows the connection, whatever the routes say: see `repliesByNode`. */
function backByNode({ network: { links }, node, site }: Leg, course: Course): Course {
  if (node.subnet === site.subnet) return course;
  return repliesByNode.reduce(
    (back, { of, direction }) => replyThroughAcl(links, back, (of === "node" ? node : site).subnet, direction),
    course,
  );
}
