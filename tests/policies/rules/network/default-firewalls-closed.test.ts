import { defaultFirewallsClosed } from "../../../../policies/rules/network/default-firewalls-closed";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Inputs = Record<string, Input>;

interface Defaults {
  /** Inputs of what takes over; null: nobody does. */
  readonly group?: Inputs | null;
  readonly acl?: Inputs | null;
  readonly table?: Inputs | null;
  /** More resources; `of` gives what was made. */
  readonly more?: (stack: Stack, made: { readonly vpc: Made; readonly group?: Made; readonly acl?: Made }) => void;
  readonly vpc?: "aws:ec2/vpc:Vpc" | "aws:ec2/defaultVpc:DefaultVpc";
}

type Made = ReturnType<Stack["add"]>;

const madeByAws = {
  mainRouteTableId: "rtb-0",
  defaultRouteTableId: "rtb-0",
  defaultNetworkAclId: "acl-0",
  defaultSecurityGroupId: "sg-0",
};

const defaults =
  ({ group = {}, acl = {}, table = {}, more, vpc: type = "aws:ec2/vpc:Vpc" }: Defaults) =>
  () => {
    const stack = new Stack();
    const vpc = stack.add(type, "main", { tags: { Name: "main" } }, madeByAws);
    const made = {
      ...(group === null
        ? {}
        : {
            group: stack.add(
              "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
              "main",
              { vpcId: vpc.id, ...group },
              { id: "sg-0" },
            ),
          }),
      ...(acl === null
        ? {}
        : {
            acl: stack.add(
              "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
              "main",
              { defaultNetworkAclId: vpc.of("defaultNetworkAclId"), ...acl },
              { id: "acl-0" },
            ),
          }),
    };
    if (table !== null)
      stack.add(
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "main",
        { defaultRouteTableId: vpc.of("defaultRouteTableId"), ...table },
        { id: "rtb-0" },
      );
    more?.(stack, { vpc, ...made });
    return stack;
  };

const all: Inputs = { protocol: "-1", fromPort: 0, toPort: 0 };
const entry = (action: string): Inputs => ({ ...all, ruleNo: 100, action, cidrBlock: "0.0.0.0/0" });

describe("default-firewalls-closed (M1, M13)", () => {
  describePlanted(defaultFirewallsClosed, {
    "all taken over and emptied": { stack: defaults({}), answer: "proved" },
    "all taken over and emptied by empty lists": {
      stack: defaults({ group: { ingress: [], egress: [] }, acl: { ingress: [], egress: [] }, table: { routes: [] } }),
      answer: "proved",
    },
    "the group left to AWS": {
      stack: defaults({ group: null }),
      answer: "violated",
      words: /default security group of VPC vpc-main is as AWS makes it: it lets everything out.*\nFix: take it over/,
    },
    "the group with egress": {
      stack: defaults({ group: { egress: [{ ...all, cidrBlocks: ["0.0.0.0/0"] }] } }),
      answer: "violated",
      words: /default security group sg-0 has 1 rule in egress/,
    },
    "the group that lets itself in": {
      stack: defaults({ group: { ingress: [{ ...all, self: true }] } }),
      answer: "violated",
    },
    "the group with a rule of its own resource": {
      stack: defaults({
        more: (stack, { group }) => {
          stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
            securityGroupId: group?.id ?? "",
            ipProtocol: "-1",
            cidrIpv4: "0.0.0.0/0",
          });
        },
      }),
      answer: "violated",
      words: /default security group sg-0 has the rule securitygroupegressrule-out/,
    },
    "the group with a rule by the VPC's word for it": {
      stack: defaults({
        more: (stack, { vpc }) => {
          stack.add("aws:ec2/securityGroupRule:SecurityGroupRule", "in", {
            type: "ingress",
            securityGroupId: vpc.of("defaultSecurityGroupId"),
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlocks: ["10.0.0.0/8"],
          });
        },
      }),
      answer: "violated",
    },
    "an imported default group without rules": {
      stack: defaults({
        group: null,
        more: (stack, { vpc }) => {
          stack.add("aws:ec2/securityGroup:SecurityGroup", "imported", { vpcId: vpc.id, name: "default" });
        },
      }),
      answer: "proved",
    },
    "the ACL left to AWS": {
      stack: defaults({ acl: null }),
      answer: "violated",
      words: /default network ACL of VPC vpc-main is as AWS makes it: it allows everything/,
    },
    "the ACL left to AWS, where that isn't asked": {
      stack: defaults({ acl: null }),
      answer: "proved",
      config: { networkAcls: "any" },
    },
    "the ACL with an allowing rule": {
      stack: defaults({ acl: { ingress: [entry("allow")] } }),
      answer: "violated",
      words: /default network ACL acl-0 allows something in ingress/,
    },
    "the ACL with a denying rule": { stack: defaults({ acl: { ingress: [entry("deny")] } }), answer: "proved" },
    "the ACL with an allowing rule of its own resource": {
      stack: defaults({
        more: (stack, { acl }) => {
          stack.add("aws:ec2/networkAclRule:NetworkAclRule", "in", {
            networkAclId: acl?.id ?? "",
            ruleNumber: 100,
            ruleAction: "allow",
            protocol: "-1",
            cidrBlock: "0.0.0.0/0",
          });
        },
      }),
      answer: "violated",
    },
    "the ACL with an allowing rule by the VPC's word for it": {
      stack: defaults({
        more: (stack, { vpc }) => {
          stack.add("aws:ec2/networkAclRule:NetworkAclRule", "in", {
            networkAclId: vpc.of("defaultNetworkAclId"),
            ruleNumber: 100,
            ruleAction: "allow",
            protocol: "-1",
            cidrBlock: "0.0.0.0/0",
          });
        },
      }),
      answer: "violated",
    },
    "the main table left to AWS, without routes": { stack: defaults({ table: null }), answer: "proved" },
    "the main table with a route to the internet": {
      stack: defaults({ table: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] } }),
      answer: "violated",
      words: /main route table rtb-0 of VPC vpc-main has a route for 0.0.0.0\/0 to igw-1\nFix: remove it/,
    },
    "the main table with a route of its own resource": {
      stack: defaults({
        table: null,
        more: (stack, { vpc }) => {
          stack.add("aws:ec2/route:Route", "out", {
            routeTableId: vpc.of("mainRouteTableId"),
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: "nat-1",
          });
        },
      }),
      answer: "violated",
    },
    "another table made the main one, with a route": {
      stack: defaults({
        more: (stack, { vpc }) => {
          const table = stack.add("aws:ec2/routeTable:RouteTable", "public", {
            vpcId: vpc.id,
            routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
          });
          stack.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
            vpcId: vpc.id,
            routeTableId: table.id,
          });
        },
      }),
      answer: "violated",
    },
    "the main table with a route, where that isn't asked": {
      stack: defaults({ table: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] } }),
      answer: "proved",
      config: { mainRouteTables: "any" },
    },
    "the default VPC's main table left to AWS": {
      stack: defaults({ vpc: "aws:ec2/defaultVpc:DefaultVpc", table: null }),
      answer: "violated",
      words: /main route table of the default VPC defaultvpc-main leads to the internet/,
    },
    "the default VPC, all taken over": { stack: defaults({ vpc: "aws:ec2/defaultVpc:DefaultVpc" }), answer: "proved" },
    "no VPC": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
