import { decisionsOf } from "./acl-rules";
import { type Course, pass, passBack } from "./course";
import type { Estimate } from "./estimate";
import type { Links } from "./links";
import { aclsOf, type Direction, permittedByAcl } from "./network-acls";
import type { Hop } from "./query";
import { remembered } from "./remembered";
import { label } from "./resources";
import { type Groups, type Peer, permittedByGroups, rulesOf } from "./security-groups";
import type { Traffic } from "./traffic";
import type { Subnet } from "./vpcs";

/** The network ACL of a subnet, on a request that crosses its border. */
export function throughAcl(links: Links, course: Course, subnet: Subnet, direction: Direction): Course {
  const asked = course.traffic.may;
  return pass(course, aclEstimate(links, subnet, direction), (passed) =>
    aclHop(links, subnet, direction, asked, passed),
  );
}

/** The same on a reply. */
export function replyThroughAcl(links: Links, course: Course, subnet: Subnet, direction: Direction): Course {
  return passBack(course, aclEstimate(links, subnet, direction), () =>
    aclHop(links, subnet, direction, course.works.may.reversed(), false),
  );
}

function aclEstimate(links: Links, subnet: Subnet, direction: Direction): Estimate {
  const key = `acl ${direction} ${subnet.resource.urn}`;
  return remembered(links, key, () => permittedByAcl(links, subnet, direction));
}

function aclHop(links: Links, subnet: Subnet, direction: Direction, asked: Traffic, passed: boolean): Hop {
  const [acl] = remembered(links, `first ACL ${direction} ${subnet.resource.urn}`, () =>
    aclsOf(links, subnet, direction)
      .slice(0, 1)
      .map(({ label: text, rules }) => ({ label: text, decisions: decisionsOf(rules ?? []) })),
  );
  const way = direction === "egress" ? `out of subnet ${subnet.label}` : `into subnet ${subnet.label}`;
  const name = acl?.label ?? "the network ACL";
  const what = `${name} ${passed ? "lets it" : "doesn't let it"} ${way}`;
  const deciding = (acl?.decisions ?? decisionsOf([])).find(
    ({ action, traffic }) => (action === "allow") === passed && traffic.may.overlaps(asked),
  );
  return { what, ...(deciding === undefined ? {} : { rule: deciding.rule }) };
}

/** The security groups of an interface; they are stateful, so that replies aren't asked again. */
export function throughGroups(
  links: Links,
  course: Course,
  groups: Groups | undefined,
  direction: Direction,
  peer: Peer,
  owner: string,
): Course {
  if (groups === undefined) return course;
  const asked = course.traffic.may;
  const permitted = groupEstimate(links, groups, direction, peer);
  return pass(course, permitted, (passed) => groupHop(links, groups, direction, peer, owner, asked, passed));
}

const groupEstimates = new WeakMap<Groups, Map<string, WeakMap<Groups, Estimate>>>();
/** Stands for "no peer". */
const nobody: Groups = { certain: [], possible: [], outside: [] };

/** What groups let through with a peer. Asked for every pair of parties; a party's groups belong to one network, and so does what they let through. */
function groupEstimate(links: Links, groups: Groups, direction: Direction, peer: Peer): Estimate {
  const directions = groupEstimates.get(groups) ?? new Map<string, WeakMap<Groups, Estimate>>();
  groupEstimates.set(groups, directions);
  const peers = directions.get(direction) ?? new WeakMap<Groups, Estimate>();
  directions.set(direction, peers);
  const known = peers.get(peer ?? nobody) ?? permittedByGroups(links, groups, direction, peer);
  peers.set(peer ?? nobody, known);
  return known;
}

function groupHop(
  links: Links,
  groups: Groups,
  direction: Direction,
  peer: Peer,
  owner: string,
  asked: Traffic,
  passed: boolean,
): Hop {
  const members = [...groups.certain, ...groups.possible];
  const way = direction === "egress" ? `out of ${owner}` : `into ${owner}`;
  if (!passed) {
    const names = members.map(label).join(", ");
    return { what: `no rule of security group ${names} lets it ${way}`, ...identity(members[0]) };
  }
  for (const group of members) {
    for (const { rule, traffic, peers } of rulesOf(links, group, direction, peer)) {
      if (!traffic.may.overlaps(asked)) continue;
      const end = direction === "egress" ? "to" : "from";
      const what = `security group ${label(group)} lets it ${way} (${end} ${peers})`;
      return { what, ...identity(group), ...(rule === undefined ? {} : { rule }) };
    }
  }
  return { what: `security groups of ${owner} may let it pass` };
}

function identity(resource: { urn: string; props: Readonly<Record<string, unknown>> } | undefined): Partial<Hop> {
  if (resource === undefined) return {};
  const { id } = resource.props;
  return { urn: resource.urn, ...(typeof id === "string" && id !== "" ? { id } : {}) };
}
