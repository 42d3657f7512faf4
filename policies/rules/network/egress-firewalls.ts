import { decisionsOf } from "../../reachability/acl-rules";
import { type Estimate, exactly, intersect } from "../../reachability/estimate";
import { aclsOf, permittedByAcl } from "../../reachability/network-acls";
import type { Network } from "../../reachability/network";
import { describeHeaders } from "../../reachability/protocols";
import { label, type Resource } from "../../reachability/resources";
import { rulesOf } from "../../reachability/security-groups";
import { Traffic } from "../../reachability/traffic";
import type { Subnet } from "../../reachability/vpcs";

/** What the firewalls of a subnet say today of traffic that its routes carry out, each in one line that a person can read. */
export interface EgressFirewalls {
  readonly groups: string;
  readonly acl: string;
}

/** Names so many rules; what follows is counted. */
const namedRules = 3;

export function egressFirewalls(network: Network, subnet: Subnet, leaving: Estimate): EgressFirewalls {
  const { letOut, text } = throughGroups(network, subnet, leaving);
  const asked = letOut.isEmpty ? (leaving.must.isEmpty ? leaving.may : leaving.must) : letOut;
  return { groups: text, acl: throughAcl(network, subnet, asked) };
}

/** The groups of what is known to stand in the subnet; there may be more than the stack shows. */
function throughGroups(network: Network, subnet: Subnet, leaving: Estimate): { letOut: Traffic; text: string } {
  const inside = network.parties.filter(
    ({ kind, subnets }) => kind !== "unmodelled" && subnets.candidates.includes(subnet.resource),
  );
  const groups = new Set(inside.flatMap(({ groups }) => [...(groups?.certain ?? []), ...(groups?.possible ?? [])]));
  const allowing: string[] = [];
  const undecided: Resource[] = [];
  let letOut = Traffic.none;
  for (const group of groups) {
    const rules = rulesOf(network.links, group, "egress", undefined);
    const open = rules
      .map(({ rule, traffic, peers }) => ({ rule, peers, traffic: intersect(traffic, leaving) }))
      .filter(({ traffic }) => !traffic.must.isEmpty);
    letOut = open.reduce((sum, { traffic }) => sum.union(traffic.must), letOut);
    allowing.push(
      ...open.map(({ rule, traffic, peers }) => {
        const by = rule === undefined ? "" : ` (rule ${rule})`;
        return `security group ${label(group)} allows ${describeHeaders(traffic.must)} to ${peers}${by}`;
      }),
    );
    const isUndecided = open.length === 0 && rules.some(({ traffic }) => !intersect(traffic, leaving).may.isEmpty);
    if (isUndecided) undecided.push(group);
  }
  const names = (members: Iterable<Resource>) => [...members].map(label).join(", ");
  if (allowing.length > 0) return { letOut, text: someOf(allowing) };
  if (undecided.length > 0) return { letOut, text: `security group ${names(undecided)} may let it out today` };
  const none =
    groups.size === 0 ? "no security group is known here" : `security group ${names(groups)} lets nothing out`;
  return { letOut, text: `${none} today, but routes decide` };
}

function someOf(texts: readonly string[]): string {
  const more = texts.length - namedRules;
  return [...texts.slice(0, namedRules), ...(more > 0 ? [`${more} more rules let it out`] : [])].join("; ");
}

function throughAcl(network: Network, subnet: Subnet, asked: Traffic): string {
  const [acl, ...others] = aclsOf(network.links, subnet, "egress");
  if (acl?.rules === undefined || others.length > 0) {
    return `it isn't known which network ACL subnet ${subnet.label} has, or its rules; routes decide`;
  }
  const passing = intersect(permittedByAcl(network.links, subnet, "egress"), exactly(asked));
  const isDenied = passing.may.isEmpty;
  if (!isDenied && passing.must.isEmpty)
    return `${acl.label} may let it out today (it isn't known ${passing.unknowns.join("; nor ")})`;
  const rules = decisionsOf(acl.rules)
    .filter(({ action }) => (action === "allow") !== isDenied)
    .filter(({ traffic }) => !traffic.must.intersect(isDenied ? asked : passing.must).isEmpty)
    .map(({ rule }) => rule);
  const by = `by ${rules.length === 1 ? "rule" : "rules"} ${rules.join(", ")}`;
  return isDenied
    ? `${acl.label} denies it today ${by}, but routes decide`
    : `${acl.label} allows ${describeHeaders(passing.must)} ${by}`;
}
