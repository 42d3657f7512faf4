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
    rules.forEach((rule, at) => {
      stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", `out-${at}`, {
        securityGroupId: made.id,
        ...rule,
      });
    });
    return stack;
  };

describe("security-group-rules-explicit (M13)", () => {
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
