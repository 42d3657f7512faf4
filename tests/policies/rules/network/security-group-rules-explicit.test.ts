import { securityGroupRulesExplicit } from "../../../../policies/rules/network/security-group-rules-explicit";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Inputs = Record<string, Input>;

const tcp = (from: number, to = from): Inputs => ({ ipProtocol: "tcp", fromPort: from, toPort: to });
const to = (cidrIpv4: string): Inputs => ({ cidrIpv4 });

/** A group with egress rules of their own, and inline ones. */
const group =
  (rules: readonly Inputs[], inline: Inputs = {}, subject = "web") =>
  () => {
    const stack = new Stack();
    const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    stack.add("aws:ec2/subnet:Subnet", "main", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    const made = stack.add("aws:ec2/securityGroup:SecurityGroup", subject, { vpcId: vpc.id, ...inline });
    stack.add("aws:ec2/instance:Instance", "wearer", { vpcSecurityGroupIds: [made.id] });
    rules.forEach((rule, at) => {
      stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", `out-${at}`, {
        securityGroupId: made.id,
        ...rule,
      });
    });
    return stack;
  };

/** Two groups; `web` refers to `db`. */
const pair =
  (rules: (db: Input) => readonly Inputs[], isWorn = true) =>
  () => {
    const stack = group([])();
    const db = stack.add("aws:ec2/securityGroup:SecurityGroup", "db", { egress: [] });
    if (isWorn) stack.add("aws:ec2/instance:Instance", "db", { vpcSecurityGroupIds: [db.id] });
    const web = stack.add("aws:ec2/securityGroup:SecurityGroup", "app", { egress: [] });
    stack.add("aws:ec2/networkInterface:NetworkInterface", "app", { securityGroups: [web.id] });
    rules(db.id).forEach((rule, at) => {
      const type = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
      stack.add(type, `app-${at}`, { securityGroupId: web.id, ...rule });
    });
    return stack;
  };
const toGroup = (id: Input): Inputs => ({ referencedSecurityGroupId: id });

describe("security-group-rules-explicit (M13)", () => {
  describePlanted(securityGroupRulesExplicit, {
    "a rule for a group beside a wider one for addresses": {
      stack: pair((db) => [
        { ...tcp(443), ...to("0.0.0.0/0") },
        { ...tcp(443), ...toGroup(db) },
      ]),
      answer: "proved",
    },
    "a rule for a group beside a wider one for it": {
      stack: pair((db) => [
        { ...tcp(5432), ...toGroup(db) },
        { ...tcp(5000, 6000), ...toGroup(db) },
      ]),
      answer: "violated",
    },
    "a group that nothing wears": {
      stack: pair((db) => [{ ...tcp(5432), ...toGroup(db) }], false),
      answer: "violated",
      words: /nothing in the stack wears security group/,
    },
    "a group that nothing wears, where that isn't asked": {
      stack: pair((db) => [{ ...tcp(5432), ...toGroup(db) }], false),
      answer: "proved",
      config: { unused: "allow" },
    },
    "inline rules beside rules of their own": {
      stack: group([{ ...tcp(443), ...to("10.0.0.0/24") }], {
        egress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.0/24"] }],
      }),
      answer: "violated",
      words: /has inline rules \(egress\) and the rule/,
    },
  });

  describePlanted(securityGroupRulesExplicit, {
    "rules for what is needed": { stack: group([{ ...tcp(443), ...to("0.0.0.0/0") }]), answer: "proved" },
    "everything out": {
      stack: group([{ ipProtocol: "-1", ...to("0.0.0.0/0") }]),
      answer: "violated",
      words:
        /security group securitygroup-web lets everything out, by rule securitygroupegressrule-out-0\nFix: replace/,
    },
    "everything out in two halves": {
      stack: group([
        { ipProtocol: "-1", ...to("0.0.0.0/1") },
        { ipProtocol: "-1", ...to("128.0.0.0/1") },
      ]),
      answer: "violated",
    },
    "all of TCP out": { stack: group([{ ...tcp(0, 65535), ...to("0.0.0.0/0") }]), answer: "violated" },
    "everything out, over IPv6": { stack: group([{ ipProtocol: "-1", cidrIpv6: "::/0" }]), answer: "violated" },
    "everything out, inline": {
      stack: group([], { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }),
      answer: "violated",
    },
    "everything within the network": { stack: group([{ ipProtocol: "-1", ...to("10.0.0.0/16") }]), answer: "proved" },
    "a rule behind a wider one": {
      stack: group([
        { ...tcp(443), ...to("10.0.0.0/24") },
        { ...tcp(400, 500), ...to("10.0.0.0/16") },
      ]),
      answer: "violated",
      words:
        /rule securitygroupegressrule-out-0 of security group .* lets nothing through that its rule .*-out-1 doesn't/,
    },
    "a rule behind a wider one, where that isn't asked": {
      stack: group([
        { ...tcp(443), ...to("10.0.0.0/24") },
        { ...tcp(400, 500), ...to("10.0.0.0/16") },
      ]),
      answer: "proved",
      config: { shadowed: "allow" },
    },
    "two rules that only overlap": {
      stack: group([
        { ...tcp(443, 450), ...to("10.0.0.0/16") },
        { ...tcp(400, 445), ...to("10.0.0.0/24") },
      ]),
      answer: "proved",
    },
    "no group": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
