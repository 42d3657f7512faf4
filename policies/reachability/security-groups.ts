import { parseBlock } from "./addresses";
import { type AwsMade, spellingsOf } from "./aws-made";
import { awsMadeGroupEgress } from "./axioms";
import { type Estimate, anything, exactly, intersect, nothing, perhaps, union } from "./estimate";
import { namedGroups } from "./group-names";
import { followList, isExactly, isVpc, type Link, type Links, mayBe, vpcTypes } from "./links";
import type { Direction } from "./network-acls";
import { isServiceList, prefixListBlocks, prefixListType, serviceBlocks, serviceListType } from "./prefix-lists";
import { headers } from "./protocols";
import { related } from "./related";
import { remembered } from "./remembered";
import { elements, field, given, items, label, type Resource, UNKNOWN, type Value } from "./resources";
import { Traffic } from "./traffic";
import { addressesOf } from "./vpcs";

const groupTypes = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
] as const;

/** The groups of a party. A VPC stands for the group that AWS makes with it. */
export interface Groups {
  readonly certain: readonly Resource[];
  readonly possible: readonly Resource[];
  /** Names of groups, or of lists, whose rules aren't known. */
  readonly outside: readonly string[];
}

/** The other end of the traffic: groups by which rules may refer to it; undefined outside of the network. */
export type Peer = Groups | undefined;

/** A party of the network to which no rule refers by its groups. */
export const unreferred: Groups = { certain: [], possible: [], outside: [] };

export interface GroupRule {
  /** The id or name of a rule that is a resource of its own. */
  readonly rule: string | undefined;
  readonly traffic: Estimate;
  /** What it lets pass to or from, as its author wrote it: "0.0.0.0/0", "sg-…". */
  readonly peers: string;
  /** The groups that it refers to, itself too. */
  readonly references: readonly Pick<Link, "candidates" | "external">[];
}

/** Reads a list of groups; the VPC's default group where none is given. */
export function readGroups(links: Links, party: Resource, property: string, vpc: Link): Groups {
  const found = followList(links, party, property, [...groupTypes, ...vpcTypes]);
  const spell = (members: readonly Resource[]) => {
    const each = members.map((group) => spelled(links, group));
    const of = (certain: boolean) => each.filter(({ length }) => (length === 1) === certain).flat();
    return { certain: [...new Set(of(true))], possible: [...new Set(of(false))] };
  };
  const all = (members: readonly Resource[]) => [...new Set(members.flatMap((group) => spelled(links, group)))];
  if (!found.absent) {
    const outside = found.outside.map((id) => `security group ${id ?? `of ${label(party)} that isn't known`}`);
    const { certain, possible } = spell(found.certain);
    return { certain, possible: [...possible, ...all(found.possible)], outside };
  }
  const named = property === "vpcSecurityGroupIds" ? namedGroups(links, party, vpc, groupTypes) : undefined;
  if (named !== undefined) {
    const { certain, possible } = spell(named.certain);
    return { certain, possible: [...possible, ...all(named.possible)], outside: named.outside };
  }
  const isOne = !vpc.external && vpc.candidates.length === 1;
  const { certain, possible } = isOne ? spell(vpc.candidates) : { certain: [], possible: all(vpc.candidates) };
  return {
    certain,
    possible,
    outside: vpc.external ? [`the default security group of VPC ${vpc.id ?? "that isn't known"}`] : [],
  };
}

/** The groups that a value may mean. */
export function followGroup(links: Links, owner: Resource, property: string, value: Value): Link {
  const link = links.resolve(owner, property, withoutAccount(value), ...groupTypes, ...vpcTypes);
  return { ...link, candidates: [...new Set(link.candidates.flatMap((each) => spelled(links, each)))] };
}

/** Everything that any of the groups lets through; groups only ever add up. */
export function permittedByGroups(links: Links, groups: Groups, direction: Direction, peer: Peer): Estimate {
  const of = (members: readonly Resource[]) =>
    members.flatMap((group) => rulesOf(links, group, direction, peer)).map(({ traffic }) => traffic);
  return union(
    ...of(groups.certain),
    ...of(groups.possible).map((traffic) => perhaps(traffic, "which security groups a party has")),
    ...groups.outside.map((name) => perhaps(exactly(Traffic.all), `the rules of ${name}`)),
  );
}

/** The rules of a group in a direction, inline and standalone. */
export function rulesOf(links: Links, group: Resource, direction: Direction, peer: Peer): readonly GroupRule[] {
  const read = remembered(links, `group rules ${direction} ${group.urn}`, () => readRules(links, group, direction));
  return read.map(({ traffic, ...others }) => ({ ...others, traffic: traffic(peer) }));
}

/** A rule before it is known who the other end is. */
interface ReadRule extends Omit<GroupRule, "traffic"> {
  readonly traffic: (peer: Peer) => Estimate;
}

function readRules(links: Links, group: Resource, direction: Direction): readonly ReadRule[] {
  const standalone = standaloneRules(links, group, direction);
  if (isVpc(group) && group.isRead) {
    const any = perhaps(exactly(Traffic.all), `the rules of the default security group of VPC ${label(group)}`);
    return [{ rule: undefined, traffic: () => any, peers: "?", references: [] }, ...standalone];
  }
  if (isVpc(group)) {
    const made =
      direction === "egress"
        ? () => exactly(awsMadeGroupEgress)
        : (peer: Peer) => holds(peer, { candidates: [group], external: false }, "self");
    const peers = direction === "egress" ? "0.0.0.0/0" : "itself";
    return [{ rule: undefined, traffic: made, peers, references: [] }, ...standalone];
  }
  const list = items(given(group, direction));
  if (list === UNKNOWN) {
    const unknown = `the ${direction} rules of security group ${label(group)}`;
    const any = perhaps(exactly(Traffic.all), unknown);
    return [{ rule: undefined, traffic: () => any, peers: "?", references: [] }, ...standalone];
  }
  const inline = list.map((item): ReadRule => {
    const read = (key: string) => field(item, key);
    const resolve = (value: Value) =>
      links.resolve(group, direction, withoutAccount(value), ...groupTypes, ...vpcTypes);
    return rule(links, group, group, direction, { read, resolve, protocol: read("protocol"), list: direction });
  });
  return [...inline, ...standalone];
}

function standaloneRules(links: Links, group: Resource, direction: Direction): readonly ReadRule[] {
  const kind = direction === "ingress" ? "Ingress" : "Egress";
  const single = `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`;
  const ownerOf = (resource: Resource) => links.follow(resource, "securityGroupId", ...groupTypes, ...vpcTypes);
  const ownersOf = (resource: Resource) => ownerOf(resource).candidates.flatMap((each) => spelled(links, each));
  const types = ["aws:ec2/securityGroupRule:SecurityGroupRule", single];
  return related(links, `${direction} rules of groups`, types, ownersOf, group).flatMap((resource): ReadRule[] => {
    const read = (key: string) => given(resource, key);
    if (resource.type !== single && read("type") !== direction && read("type") !== UNKNOWN) return [];
    const owner = ownerOf(resource);
    const owners = ownersOf(resource);
    const property = resource.type === single ? "referencedSecurityGroupId" : "sourceSecurityGroupId";
    const resolve = (value: Value) =>
      links.resolve(resource, property, withoutAccount(value), ...groupTypes, ...vpcTypes);
    const protocol = read(resource.type === single ? "ipProtocol" : "protocol");
    const found = rule(links, group, resource, direction, { read, resolve, protocol, list: undefined });
    const certain = owners.length === 1 && !owner.external && (resource.type === single || read("type") === direction);
    const open = (peer: Peer) => perhaps(found.traffic(peer), `what ${label(resource)} belongs to`);
    return [certain ? found : { ...found, traffic: open }];
  });
}

/** "111111111111/sg-1", as rules name a group of another account: ids are one account's only. */
function withoutAccount(value: Value): Value {
  return typeof value === "string" ? value.replace(/^\d{12}\//u, "") : value;
}

interface RuleSource {
  readonly read: (key: string) => Value;
  readonly resolve: (value: Value) => Link;
  readonly protocol: Value;
  /** The property that holds the rule, when it is an inline one. */
  readonly list: string | undefined;
}

function rule(
  links: Links,
  group: Resource,
  owner: Resource,
  direction: Direction,
  { read, resolve, protocol, list }: RuleSource,
): ReadRule {
  const end = direction === "ingress" ? "source" : "destination";
  const where = label(owner);
  const values = (...keys: string[]) => keys.flatMap((key) => elements(read(key)));
  const texts: string[] = [];
  const name = (value: Value, fallback: string) => texts.push(typeof value === "string" ? value : fallback);
  const everywhere = (unknown: string) => perhaps(anything, unknown);
  const parts: Estimate[] = [];
  const references: ((peer: Peer) => Estimate)[] = [];
  const groups: Pick<Link, "candidates" | "external">[] = [];
  for (const value of values("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")) {
    name(value, "a block that isn't known");
    const block = typeof value === "string" ? parseBlock(value) : undefined;
    parts.push(
      block === undefined
        ? everywhere(`the blocks of a rule in ${where}`)
        : exactly(Traffic.where({ [end]: block.addresses })),
    );
  }
  for (const key of ["prefixListIds", "prefixListId"]) {
    for (const value of values(key)) {
      name(value, "a prefix list");
      const link = links.resolve(owner, list ?? key, value, prefixListType, serviceListType);
      const [service] = link.candidates;
      const known = service !== undefined && isExactly(link, service) ? serviceBlocks(service) : undefined;
      if (isServiceList(link) && known !== undefined) {
        parts.push(exactly(Traffic.where({ [end]: addressesOf(known) })));
        continue;
      }
      if (isServiceList(link)) {
        const open = everywhere(`the addresses of the service of ${label(owner)}'s prefix list`);
        references.push((peer) => {
          if (peer === undefined) return open;
          // A gateway endpoint as the peer stands for its service.
          return peer.certain.some(({ type }) => type === serviceListType) ? holds(peer, link, where) : nothing;
        });
        continue;
      }
      const blocks = prefixListBlocks(links, link);
      parts.push(
        blocks === undefined
          ? everywhere(`the entries of prefix list ${link.id ?? "that isn't known"}`)
          : exactly(Traffic.where({ [end]: addressesOf(blocks) })),
      );
    }
  }
  for (const value of values("securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId")) {
    const link = resolve(value);
    name(value, link.candidates[0] === undefined ? "a security group" : label(link.candidates[0]));
    const meant = { ...link, candidates: link.candidates.flatMap((each) => spelled(links, each)) };
    groups.push(meant);
    references.push((peer) => holds(peer, meant, where));
  }
  const self = read("self");
  if (self === true || self === UNKNOWN) {
    texts.push("itself");
    groups.push({ candidates: [group], external: false });
    const own = (peer: Peer) => holds(peer, { candidates: [group], external: false }, where);
    references.push(self === true ? own : (peer) => perhaps(own(peer), `"self" of a rule in ${where}`));
  }
  const ports = headers(protocol, read("fromPort"), read("toPort"), `protocol and ports of a rule in ${where}`);
  const always = union(...parts);
  const toAll = intersect(always, ports);
  return {
    rule: owner === group ? undefined : where,
    traffic: (peer) => {
      const referred = union(...references.map((each) => each(peer)));
      return referred.may.isEmpty ? toAll : intersect(union(always, referred), ports);
    },
    peers: texts.join(", "),
    references: groups,
  };
}

/** Traffic with the peer when it has the group that a rule refers to. */
function holds(peer: Peer, link: Pick<Link, "candidates" | "external">, where: string): Estimate {
  if (peer === undefined) return nothing;
  const all = exactly(Traffic.all);
  if (peer.certain.some((each) => isExactly(link, each))) return all;
  const possibly =
    link.external || peer.outside.length > 0 || [...peer.certain, ...peer.possible].some((each) => mayBe(link, each));
  return possibly ? perhaps(all, `which group a rule in ${where} refers to`) : nothing;
}

const byDefault: AwsMade = {
  property: "defaultSecurityGroupId",
  types: groupTypes,
  ownerOf: (links, group) => links.follow(group, "vpcId", ...vpcTypes),
};

/** The one spelling of a group, or those that it may have. */
function spelled(links: Links, resource: Resource): readonly Resource[] {
  return isVpc(resource) ? spellingsOf(links, resource, byDefault) : [resource];
}
