import { type Course, pass, replyTo, withReply } from "./course";
import { anything } from "./estimate";
import { throughAcl, throughGroups } from "./firewalls";
import { referablePeer } from "./group-references";
import type { Network } from "./network";
import { forward, travel } from "./routing";
import type { InterfaceSite } from "./sites";
import { noGuessYet } from "./trip";

/**
 * From a node of a load balancer to a target: past the node's groups, by the routes of its subnet, past those of the target. Rules there may name
 * the balancer's groups, whoever's address the packets have: "Referencing the security group associated with your Network Load Balancer … ensures
 * that your targets accept traffic from your load balancer even if you enable client IP preservation"; "you cannot allow traffic from clients …
 * using the security groups for the clients" (Network Load Balancers guide, "Security groups", "Target security groups").
 */
export function fromNode(network: Network, course: Course, node: InterfaceSite, site: InterfaceSite): Course {
  const { links } = network;
  const out = throughGroups(
    links,
    course,
    node.groups,
    "egress",
    referablePeer(links, node, site, "egress"),
    node.label,
  );
  // Carried as a reply is: no groups on the way, and nothing that translates.
  const carried = travel({ network, from: node, to: site, isReply: true, passed: [], ...noGuessYet() }, out);
  const peer = referablePeer(links, node, site, "ingress");
  const inside = throughGroups(links, carried, site.groups, "ingress", peer, site.label);
  return pass(inside, anything, () => site.hop);
}

/** The reply to the node's own address, by the routes of the target's subnet. */
export function backToNode(network: Network, course: Course, node: InterfaceSite, site: InterfaceSite): Course {
  if (course.works.may.isEmpty || node.subnet === site.subnet) return course;
  const leaving = throughAcl(network.links, replyTo(course), site.subnet, "egress");
  return withReply(
    course,
    forward({ network, from: site, to: node, isReply: true, passed: [], ...noGuessYet() }, leaving, site.subnet),
  );
}
