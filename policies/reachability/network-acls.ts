import { parseBlock } from "./addresses";
import { type AwsMade, spellingsOf } from "./aws-made";
import { awsMadeAcl } from "./axioms";
import { type AclRule, allowedBy } from "./acl-rules";
import { type Estimate, anything, exactly, intersect, oneOf, perhaps, union } from "./estimate";
import { followList, isExactly, isVpc, type Link, type Links, vpcTypes } from "./links";
import { headers, parseProtocol } from "./protocols";
import { related } from "./related";
import { field, given, items, label, type Resource, UNKNOWN, type Value } from "./resources";
import { Traffic, icmpProtocols } from "./traffic";
import type { Subnet } from "./vpcs";

const aclTypes = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"] as const;
export type Direction = "ingress" | "egress";

/** An ACL that decides for a subnet. */
export interface SubnetAcl {
  readonly label: string;
  /** Undefined when it stands outside the resources. */
  readonly rules: readonly AclRule[] | undefined;
}

/** What the ACL of a subnet lets through in a direction. The remote end is the source on ingress, the destination on egress. */
export function permittedByAcl(links: Links, subnet: Subnet, direction: Direction): Estimate {
  const permitted = aclsOf(links, subnet, direction).map(({ label: name, rules }) =>
    rules === undefined ? perhaps(anything, `the rules of ${name}`) : allowedBy(rules),
  );
  return oneOf(permitted, `which network ACL subnet ${subnet.label} has`);
}

/** The ACLs that a subnet may have, with their rules in a direction; one alone is certain. */
export function aclsOf(links: Links, subnet: Subnet, direction: Direction): readonly SubnetAcl[] {
  return aclsOfSubnet(links, subnet).map((acl): SubnetAcl => {
    if ("outside" in acl) return { label: acl.outside, rules: undefined };
    const isMade = isVpc(acl);
    if (isMade && acl.isRead) return { label: `the default network ACL of VPC ${label(acl)}`, rules: undefined };
    const own = isMade ? [awsMade] : inlineRules(acl, direction);
    return {
      label: `${isMade ? "the default network ACL of VPC" : "network ACL"} ${label(acl)}`,
      rules: [...own, ...standaloneRules(links, acl, direction)],
    };
  });
}

/** An ACL, a VPC (standing for the ACL that AWS makes with it), or one outside the resources. */
type Acl = Resource | { readonly outside: string };

const awsMade: AclRule = { number: 100, action: "allow", match: exactly(awsMadeAcl), certain: true };

function inlineRules(acl: Resource, direction: Direction): readonly AclRule[] {
  const list = items(given(acl, direction));
  if (list === UNKNOWN) {
    const match = {
      must: Traffic.none,
      may: Traffic.all,
      unknowns: [`the ${direction} rules of network ACL ${label(acl)}`],
    };
    return [{ number: undefined, action: UNKNOWN, match, certain: false }];
  }
  return list.map((item) =>
    aclRule((key) => field(item, key), direction, field(item, "ruleNo"), field(item, "action"), label(acl), true),
  );
}

function standaloneRules(links: Links, acl: Resource, direction: Direction): readonly AclRule[] {
  const linkOf = (rule: Resource) => links.follow(rule, "networkAclId", ...aclTypes, ...vpcTypes);
  const aclsOfRule = (rule: Resource) => linkOf(rule).candidates.flatMap((each) => spelled(links, each));
  const type = "aws:ec2/networkAclRule:NetworkAclRule";
  return related(links, "rules of ACLs", [type], aclsOfRule, acl).flatMap((rule): AclRule[] => {
    const link = linkOf(rule);
    const acls = aclsOfRule(rule);
    const egress = given(rule, "egress") ?? false;
    if (egress !== UNKNOWN && egress !== (direction === "egress")) return [];
    const certain = !link.external && acls.length === 1 && egress !== UNKNOWN;
    const read = (key: string) => given(rule, key);
    return [aclRule(read, direction, read("ruleNumber"), read("ruleAction"), label(rule), certain)];
  });
}

function aclRule(
  read: (key: string) => Value,
  direction: Direction,
  place: Value,
  action: Value,
  where: string,
  certain: boolean,
): AclRule {
  const end = direction === "ingress" ? "source" : "destination";
  const values = [read("cidrBlock"), read("ipv6CidrBlock")].filter((value) => value !== undefined);
  const protocol = read("protocol");
  const isIcmp = parseProtocol(protocol)?.intersect(icmpProtocols).isEmpty === false;
  const low = read(isIcmp ? "icmpType" : "fromPort");
  const high = read(isIcmp ? "icmpCode" : "toPort");
  const addresses = values.map((value): Estimate => {
    const block = typeof value === "string" ? parseBlock(value) : undefined;
    if (block !== undefined) return exactly(Traffic.where({ [end]: block.addresses }));
    return perhaps(anything, `the block of an ACL rule in ${where}`);
  });
  const number = typeof place === "string" ? Number(place) : place;
  return {
    number: typeof number === "number" && !Number.isNaN(number) ? number : undefined,
    action: typeof action === "string" ? action.toLowerCase() : action,
    match: intersect(
      union(...addresses),
      headers(protocol, low, high, `protocol and ports of an ACL rule in ${where}`),
    ),
    certain,
  };
}

function aclsOfSubnet(links: Links, subnet: Subnet): readonly Acl[] {
  const possible: Acl[] = [];
  const spell = (link: Link): Acl[] => [
    ...link.candidates.flatMap((candidate) => spelled(links, candidate)),
    ...(link.external ? [{ outside: `network ACL ${link.id ?? "that isn't known"}` }] : []),
  ];
  const subnetType = subnet.resource.type;
  const linkOf = (association: Resource) => links.follow(association, "subnetId", subnetType);
  const candidates = (association: Resource) => linkOf(association).candidates;
  const type = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
  for (const association of related(links, `associated ACLs of ${subnetType}`, [type], candidates, subnet.resource)) {
    const link = linkOf(association);
    const acls = () => spell(links.follow(association, "networkAclId", ...aclTypes, ...vpcTypes));
    if (isExactly(link, subnet.resource)) return acls();
    possible.push(...acls());
  }
  const listed = (acl: Resource) => followList(links, acl, "subnetIds", [subnetType]);
  const anyListed = (acl: Resource) => [...listed(acl).certain, ...listed(acl).possible];
  for (const acl of related(links, `listed ACLs of ${subnetType}`, [aclTypes[0]], anyListed, subnet.resource)) {
    if (listed(acl).certain.includes(subnet.resource)) return [acl];
    possible.push(acl);
  }
  if (subnet.resource.isRead) return [...possible, { outside: `the network ACL of subnet ${subnet.label}` }];
  return [...new Set([...possible, ...defaultAcls(links, subnet.vpc)])];
}

function defaultAcls(links: Links, vpc: Link): readonly Acl[] {
  const found: Acl[] = vpc.candidates.flatMap((candidate) => spelled(links, candidate));
  if (vpc.external || found.length === 0)
    found.push({ outside: `the default network ACL of VPC ${vpc.id ?? "that isn't known"}` });
  return found;
}

const byDefault: AwsMade = {
  property: "defaultNetworkAclId",
  types: aclTypes,
  ownerOf: ownerOfDefaultAcl,
};

/** The VPC whose default ACL a resource has taken over. */
export function ownerOfDefaultAcl(links: Links, acl: Resource): Link {
  const named = links.follow(acl, "defaultNetworkAclId", ...vpcTypes);
  return named.candidates.length === 1 ? named : links.follow(acl, "vpcId", ...vpcTypes);
}

/** The one spelling of an ACL, or those that it may have. */
function spelled(links: Links, resource: Resource): readonly Resource[] {
  return isVpc(resource) ? spellingsOf(links, resource, byDefault) : [resource];
}
