import { z } from "zod";
import { allIpv4, allIpv6 } from "../../reachability/addresses";
import { intersect, exactly, union } from "../../reachability/estimate";
import { IntervalSet } from "../../reachability/interval-set";
import { isExactly, type Links, mayBe } from "../../reachability/links";
import { given, items, hasDependencies, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { followGroup, rulesOf } from "../../reachability/security-groups";
import { Traffic } from "../../reachability/traffic";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Rule } from "../rule";
import { shadowedRules } from "./shadowed-rules";
import { unusedGroup } from "./unused-groups";

const settings = {
  shadowed: z
    .enum(["refuse", "allow"])
    .default("refuse")
    .describe(
      '"refuse": no rule of a group says only what another rule of it says too; "allow": that isn\'t asked about.',
    ),
  unused: z
    .enum(["refuse", "allow"])
    .default("refuse")
    .describe(
      '"refuse": every group is worn by something, or given out by a stack output; "allow": that isn\'t asked about.',
    ),
};

const groupTypes = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

export const securityGroupRulesExplicit: Rule<typeof settings> = {
  id: "security-group-rules-explicit",
  title: "Security groups say what they let through, once",
  proves:
    "Proves that no security group lets all of TCP or UDP out to the whole internet, that none has its rules both inline and as resources, and that none " +
    "has a rule that another one of its rules makes useless, and that each is worn by something.",
  why:
    "A group that lets everything out is no fence for what was broken into. Inline rules and rules of their own undo one another at every deployment, " +
    "and a rule behind a wider one looks like a limit that isn't there.",
  sources: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  ],
  fix: "Write one rule for each traffic that is needed, as aws.vpc.SecurityGroupIngressRule and SecurityGroupEgressRule.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [],
  tags: ["network"],
  settings,
  defers: true,
  defersByDefault: true,
  notApplicable: "The stack has no security group.",
  judge: ({ links }, { shadowed, unused }) =>
    links
      .ofTypes(...groupTypes)
      .map((group) =>
        findingOf(group, `it can't be told whether the rules of security group ${label(group)} are explicit`, [
          egressCheck(links, group),
          mixCheck(links, group),
          ...(shadowed === "refuse" ? shadowedRules(links, group) : []),
          ...(unused === "refuse" ? [unusedGroup(links, group)] : []),
        ]),
      ),
};

/** All ports of a transport protocol to all addresses of a family. */
const everything = [6, 17].flatMap((protocol) =>
  [allIpv4, allIpv6].map((destination) =>
    Traffic.where({ destination, protocol: IntervalSet.range(protocol, protocol) }),
  ),
);

function egressCheck(links: Links, group: Resource): Check {
  const rules = rulesOf(links, group, "egress", undefined);
  const out = union(...rules.map(({ traffic }) => traffic));
  const all = everything.find((each) => each.isSubsetOf(out.must));
  if (all !== undefined) {
    const by = rules.filter(({ traffic }) => !intersect(traffic, exactly(all)).must.isEmpty);
    const names = by.map(({ rule, peers }) => (rule === undefined ? `egress to ${peers}` : `rule ${rule}`));
    return bad(
      `security group ${label(group)} lets everything out, by ${names.join(", ")}`,
      "replace it by egress rules for the ports and peers that are needed",
    );
  }
  const isOpen = everything.some((each) => each.isSubsetOf(out.may));
  return isOpen ? pending(out.unknowns[0] ?? `the egress rules of ${label(group)}`) : good;
}

const ruleTypes = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];

/** AWS shows rules of their own in the group's lists too: only a list that the program gave is inline. */
function mixCheck(links: Links, group: Resource): Check {
  const inline = ["ingress", "egress"].map((key) => ({ key, list: items(given(group, key)) }));
  const listed = inline.filter(({ list }) => !Array.isArray(list) || list.length > 0);
  if (listed.length === 0) return good;
  const own = links
    .ofTypes(...ruleTypes)
    .map((rule) => ({ rule, link: followGroup(links, rule, "securityGroupId", rule.props.securityGroupId) }))
    .filter(({ link }) => mayBe(link, group));
  const [first] = own;
  if (first === undefined) return good;
  if (!hasDependencies(group)) return outside(`which rules of ${label(group)} are inline: the source doesn't say`);
  const isGiven = listed.filter(({ key }) => group.propertyDependencies[key] !== undefined);
  if (isGiven.length === 0) return good;
  if (isGiven.every(({ list }) => list === UNKNOWN)) return pending(`the inline rules of ${label(group)}`);
  const certain = own.find(({ link }) => isExactly(link, group));
  if (certain === undefined) return pending(`which group rule ${label(first.rule)} is of`);
  return bad(
    `security group ${label(group)} has inline rules (${isGiven.map(({ key }) => key).join(", ")}) and the rule ${label(certain.rule)}, which undo one another`,
    "make all of its rules resources of their own",
  );
}
