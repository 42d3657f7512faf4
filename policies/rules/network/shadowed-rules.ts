import { allIpv4 } from "../../reachability/addresses";
import type { Links } from "../../reachability/links";
import { given, label, type Resource } from "../../reachability/resources";
import { type GroupRule, type Groups, type Peer, rulesOf } from "../../reachability/security-groups";
import { Traffic } from "../../reachability/traffic";
import { subnetTypes } from "../../reachability/vpcs";
import { bad, type Check, good, pending } from "../check";

/** A rule that admits nothing which another rule of the group doesn't admit as well. Of two that say the same, the later one. */
export function shadowedRules(links: Links, group: Resource): readonly Check[] {
  const used = familiesOf(links);
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const rules = rulesOf(links, group, direction, undefined);
    const seen = (peer: Peer) => rulesOf(links, group, direction, peer).map(({ traffic }) => traffic);
    return rules.map(({ rule, peers, references }, at): Check => {
      // What is asked of a group outside of the stack isn't seen here: such a rule is left alone.
      const isExact = references.every(({ external, candidates }) => !external && candidates.length === 1);
      if (!isExact)
        return references.some(({ candidates }) => candidates.length > 0)
          ? pending(`which groups the ${direction} rules of ${label(group)} refer to`)
          : good;
      const sides: readonly Peer[] = [undefined, ...references.flatMap(({ candidates }) => candidates.map(wearer))];
      const views = sides.map(seen);
      const parts = views.map((view) => view[at]?.may.intersect(used) ?? Traffic.none);
      if (parts.every((part) => part.isEmpty)) return good;
      const covers = (other: number) =>
        mayHide(rules[other], rules[at]) &&
        parts.every((part, side) => part.isSubsetOf(views[side]?.[other]?.must ?? Traffic.none));
      const by = rules.findIndex(
        (_, other) => other !== at && covers(other) && (other < at || !isSame(views, at, other, used)),
      );
      const wider = rules[by];
      if (wider === undefined) {
        const mayCover = rules.some(
          (_, other) =>
            other !== at &&
            mayHide(rules[other], rules[at]) &&
            views.every(
              (view) => view[at]?.must.intersect(used).isSubsetOf(view[other]?.may ?? Traffic.none) === true,
            ) &&
            views.some((view) => [view[at], view[other]].some((each) => each?.unknowns.length !== 0)),
        );
        return mayCover ? pending(`what the ${direction} rules of ${label(group)} let through`) : good;
      }
      const name = (one: typeof wider) =>
        one.rule === undefined ? `inline ${direction} rule for ${one.peers}` : `rule ${one.rule}`;
      const own = rule === undefined ? `inline ${direction} rule for ${peers}` : `rule ${rule}`;
      return bad(
        `${own} of security group ${label(group)} lets nothing through that its ${name(wider)} doesn't`,
        `remove ${own}, or narrow the other one`,
      );
    });
  });
}

/** A rule that names groups or lists stays right when blocks are narrowed: one for blocks doesn't hide it. */
function mayHide(wider: GroupRule | undefined, hidden: GroupRule | undefined): boolean {
  return hidden === undefined || !namesPeers(hidden) || (wider !== undefined && namesPeers(wider));
}

function namesPeers({ peers, references }: GroupRule): boolean {
  return references.length > 0 || peers.split(", ").some((text) => /^(?:pl-|a prefix list$)/.test(text));
}

function isSame(
  views: readonly (readonly { readonly may: Traffic; readonly must: Traffic }[])[],
  a: number,
  b: number,
  used: Traffic,
) {
  return views.every((view) => view[b]?.may.intersect(used).isSubsetOf(view[a]?.must ?? Traffic.none) === true);
}

function wearer(group: Resource): Groups {
  return { certain: [group], possible: [], outside: [] };
}

/** IPv6 doesn't count in a stack none of whose subnets has it. */
function familiesOf(links: Links): Traffic {
  const hasIpv6 = links.ofTypes(...subnetTypes).some((subnet) => given(subnet, "ipv6CidrBlock") !== undefined);
  return hasIpv6 || links.ofTypes(...subnetTypes).length === 0
    ? Traffic.all
    : Traffic.where({ source: allIpv4, destination: allIpv4 });
}
