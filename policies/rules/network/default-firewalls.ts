import { isExactly, type Link, type Links, mayBe, vpcTypes } from "../../reachability/links";
import { ownerOfDefaultAcl } from "../../reachability/network-acls";
import { elements, field, given, items, label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { followGroup } from "../../reachability/security-groups";
import { bad, type Check, good, pending } from "../check";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ruleTypes = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];
const aclType = "aws:ec2/networkAcl:NetworkAcl";
const defaultAclType = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";

interface Adopter {
  readonly resource: Resource;
  readonly link: Link;
}

/** Is the default group of a VPC taken over, and without rules? */
export function defaultGroupCheck(links: Links, vpc: Resource): readonly Check[] {
  const byVpc = (resource: Resource): Adopter => ({ resource, link: links.follow(resource, "vpcId", ...vpcTypes) });
  // A group of that name can't be made: it is an imported default group.
  const named = (name: Value) => links.ofTypes(groupType).filter((each) => given(each, "name") === name);
  const perhaps = named(UNKNOWN).map((each): Adopter => {
    const { resource, link } = byVpc(each);
    return { resource, link: { ...link, external: true } };
  });
  return adopted(
    [...[...links.ofTypes(defaultGroupType), ...named("default")].map(byVpc), ...perhaps],
    vpc,
    `the default security group of VPC ${label(vpc)} is as AWS makes it: it lets everything out, and in what its members send`,
    "take it over with an aws.ec2.DefaultSecurityGroup with its vpcId and no ingress and egress",
    (group) => groupRules(links, group),
  );
}

/** Is the default ACL of a VPC taken over, and allows nothing? */
export function defaultAclCheck(links: Links, vpc: Resource): readonly Check[] {
  const imported = links
    .ofTypes(aclType)
    .filter(({ props }) => typeof props.id === "string" && props.id === vpc.props.defaultNetworkAclId)
    .map((resource): Adopter => {
      return { resource, link: { candidates: [vpc], external: false, id: undefined, absent: false } };
    });
  return adopted(
    [
      ...links.ofTypes(defaultAclType).map((resource) => ({ resource, link: ownerOfDefaultAcl(links, resource) })),
      ...imported,
    ],
    vpc,
    `the default network ACL of VPC ${label(vpc)} is as AWS makes it: it allows everything`,
    "take it over with an aws.ec2.DefaultNetworkAcl with the VPC's defaultNetworkAclId and no rules, " +
      "and give the subnets that rely on it a network ACL of their own",
    (acl) => aclRules(links, acl),
  );
}

function adopted(
  adopters: readonly Adopter[],
  vpc: Resource,
  witness: string,
  fix: string,
  rules: (own: Resource) => readonly Check[],
): readonly Check[] {
  const own = adopters.filter(({ link }) => isExactly(link, vpc));
  if (own.length > 0) return own.flatMap(({ resource }) => [good, ...rules(resource)]);
  const perhaps = adopters.find(({ link }) => mayBe(link, vpc));
  return perhaps === undefined ? [bad(witness, fix)] : [pending(`which VPC ${label(perhaps.resource)} is of`)];
}

function groupRules(links: Links, group: Resource): readonly Check[] {
  const inline = ["ingress", "egress"].map((direction): Check => {
    const list = items(given(group, direction));
    if (list === UNKNOWN) return pending(`the ${direction} rules of default security group ${label(group)}`);
    if (list.length === 0) return good;
    const count = list.length === 1 ? "1 rule" : `${list.length} rules`;
    return bad(`default security group ${label(group)} has ${count} in ${direction}`, `remove its ${direction} rules`);
  });
  const standalone = links.ofTypes(...ruleTypes).flatMap((rule): Check[] => {
    const link = followGroup(links, rule, "securityGroupId", rule.props.securityGroupId);
    if (isExactly(link, group))
      return [bad(`default security group ${label(group)} has the rule ${label(rule)}`, `remove rule ${label(rule)}`)];
    return mayBe(link, group) ? [pending(`which group rule ${label(rule)} is of`)] : [];
  });
  return [...inline, ...standalone];
}

function aclRules(links: Links, acl: Resource): readonly Check[] {
  const inline = ["ingress", "egress"].flatMap((direction) =>
    elements(given(acl, direction)).map((item) =>
      allowing(field(item, "action"), () => [
        `default network ACL ${label(acl)} allows something in ${direction}`,
        `remove its ${direction} rules`,
      ]),
    ),
  );
  const standalone = links.ofTypes("aws:ec2/networkAclRule:NetworkAclRule").flatMap((rule): Check[] => {
    const link = links.follow(rule, "networkAclId", aclType, defaultAclType, ...vpcTypes);
    const meant = link.candidates.map((each) => (isOwnerOf(links, acl, each) ? acl : each));
    if (!meant.includes(acl)) return [];
    if (link.external || meant.length > 1) return [pending(`which ACL rule ${label(rule)} is of`)];
    return [
      allowing(given(rule, "ruleAction"), () => [
        `default network ACL ${label(acl)} has the rule ${label(rule)}, which allows something`,
        `remove rule ${label(rule)}`,
      ]),
    ];
  });
  return [...inline, ...standalone];
}

/** The VPC stands for the ACL that AWS made with it. */
function isOwnerOf(links: Links, acl: Resource, vpc: Resource): boolean {
  return acl.type === defaultAclType && isExactly(ownerOfDefaultAcl(links, acl), vpc);
}

function allowing(action: Value, message: () => [witness: string, fix: string]): Check {
  if (action === UNKNOWN) return pending("what the rules of its default network ACL do");
  if (typeof action === "string" && action.toLowerCase() === "deny") return good;
  return bad(...message());
}
