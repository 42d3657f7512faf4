import { allAddresses, parseBlock } from "./addresses";
import { awsMadeAcl } from "./axioms";
import { type AclRule, allowedBy } from "./acl-rules";
import { type Estimate, anything, exactly, intersect, oneOf, perhaps, union } from "./estimate";
import { followList, isExactly, isVpc, type Link, type Links, mayBe, vpcTypes } from "./links";
import { headers, parseProtocol } from "./protocols";
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
  return links.ofTypes("aws:ec2/networkAclRule:NetworkAclRule").flatMap((rule): AclRule[] => {
    const link = links.follow(rule, "networkAclId", ...aclTypes, ...vpcTypes);
    const acls = link.candidates.map((candidate) => spelled(links, candidate));
    if (!acls.includes(acl)) return [];
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
    return perhaps(exactly(Traffic.where({ [end]: allAddresses })), `the block of an ACL rule in ${where}`);
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
    ...link.candidates.map((candidate) => spelled(links, candidate)),
    ...(link.external ? [{ outside: `network ACL ${link.id ?? "that isn't known"}` }] : []),
  ];
  for (const association of links.ofTypes("aws:ec2/networkAclAssociation:NetworkAclAssociation")) {
    const link = links.follow(association, "subnetId", subnet.resource.type);
    const acls = () => spell(links.follow(association, "networkAclId", ...aclTypes, ...vpcTypes));
    if (isExactly(link, subnet.resource)) return acls();
    if (mayBe(link, subnet.resource)) possible.push(...acls());
  }
  for (const acl of links.ofTypes(aclTypes[0])) {
    const { certain, possible: perhapsThere } = followList(links, acl, "subnetIds", [subnet.resource.type]);
    if (certain.includes(subnet.resource)) return [acl];
    if (perhapsThere.includes(subnet.resource)) possible.push(acl);
  }
  return [...new Set([...possible, ...defaultAcls(links, subnet.vpc)])];
}

function defaultAcls(links: Links, vpc: Link): readonly Acl[] {
  const found: Acl[] = vpc.candidates.map((candidate) => spelled(links, candidate));
  if (vpc.external || found.length === 0)
    found.push({ outside: `the default network ACL of VPC ${vpc.id ?? "that isn't known"}` });
  const unplaced = links.ofTypes(aclTypes[1]).filter((acl) => {
    const owner = ownerOf(links, acl);
    return owner.candidates.length !== 1 || owner.external;
  });
  return [...found, ...unplaced];
}

/** The one spelling of an ACL: the adopted default ACL is the VPC's. */
function spelled(links: Links, resource: Resource): Resource {
  if (!isVpc(resource)) return resource;
  return links.ofTypes(aclTypes[1]).find((acl) => isExactly(ownerOf(links, acl), resource)) ?? resource;
}

function ownerOf(links: Links, acl: Resource): Link {
  const byDefault = links.follow(acl, "defaultNetworkAclId", ...vpcTypes);
  return byDefault.candidates.length === 1 ? byDefault : links.follow(acl, "vpcId", ...vpcTypes);
}
