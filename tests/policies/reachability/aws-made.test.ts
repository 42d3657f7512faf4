import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { hideOne, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import { type Added, ask, bothWays, everything, instance, when } from "./asking";
import { assertNeverTurns } from "./hidden-answers";

const all = { ...everything, cidrBlocks: ["0.0.0.0/0"] };
const ids = {
  mainRouteTableId: "rtb-made",
  defaultRouteTableId: "rtb-made",
  defaultNetworkAclId: "acl-made",
  defaultSecurityGroupId: "sg-made",
};

interface World {
  readonly stack: Stack;
  readonly vpc: Added;
}

/** A machine with a public address in each of two subnets that have no table, ACL or group of their own. */
function bare(plant: (world: World) => void = () => undefined): readonly Resource[] {
  return planted(plant).resources(true);
}

function planted(plant: (world: World) => void): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, ids);
  stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  ["a", "b"].forEach((name, at) => {
    const subnet = stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24` });
    instance(stack, name, subnet, { associatePublicIpAddress: true, privateIp: `10.0.${at}.10` });
  });
  plant({ stack, vpc });
  return stack;
}

const toGateway = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
const rule = { ruleNo: 100, protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const openAcl = { ingress: [{ ...rule, action: "allow" }], egress: [{ ...rule, action: "allow" }] };
const closedAcl = { ingress: [{ ...rule, action: "deny" }], egress: [{ ...rule, action: "deny" }] };
const madeGroup = { ingress: [{ ...everything, self: true }], egress: [all] };

/** As each may be written: the table with a route to the gateway, the ACL and the group as AWS makes them. */
const spellings: Readonly<Record<string, readonly Resource[]>> = {
  "left out": bare(({ stack }) => {
    const { cidrBlock, ...target } = toGateway;
    stack.add("aws:ec2/route:Route", "out", { routeTableId: "rtb-made", destinationCidrBlock: cidrBlock, ...target });
  }),
  adopted: bare(({ stack, vpc }) => {
    const table = { defaultRouteTableId: vpc.of("defaultRouteTableId"), routes: [toGateway] };
    stack.add("aws:ec2/defaultRouteTable:DefaultRouteTable", "made", table, { id: "rtb-made" });
    const acl = { defaultNetworkAclId: vpc.of("defaultNetworkAclId"), ...openAcl };
    stack.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "made", acl, { id: "acl-made" });
    const group = { vpcId: vpc.id, ...madeGroup };
    stack.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "made", group, { id: "sg-made" });
  }),
  spelled: bare(({ stack, vpc }) => {
    const vpcId = vpc.id;
    stack.add("aws:ec2/routeTable:RouteTable", "made", { vpcId, routes: [toGateway] }, { id: "rtb-made" });
    stack.add("aws:ec2/networkAcl:NetworkAcl", "made", { vpcId, ...openAcl }, { id: "acl-made" });
    stack.add("aws:ec2/securityGroup:SecurityGroup", "made", { vpcId, ...madeGroup }, { id: "sg-made" });
  }),
};

describe("what AWS makes with a VPC", () => {
  for (const [how, resources] of Object.entries(spellings)) {
    it(`is the same when it is ${how}`, () => {
      assert.equal(ask(resources, { from: "a", to: "internet" }), "reachable");
      assert.equal(ask(resources, { from: "internet", to: "a" }), "blocked");
      assert.equal(ask(resources, { from: "a", to: "b", toIp: "10.0.1.10" }), "reachable");
    });
  }

  it("has the routes, rules and entries of a resource with its id", () => {
    const [table, acl, group] = [
      bare(({ stack, vpc }) => {
        stack.add("aws:ec2/routeTable:RouteTable", "made", { vpcId: vpc.id, routes: [] }, { id: "rtb-made" });
      }),
      bare(({ stack, vpc }) => {
        const inputs = { vpcId: vpc.id, routes: [toGateway] };
        stack.add("aws:ec2/routeTable:RouteTable", "made", inputs, { id: "rtb-made" });
        stack.add("aws:ec2/networkAcl:NetworkAcl", "made", { vpcId: vpc.id, ...closedAcl }, { id: "acl-made" });
      }),
      bare(({ stack, vpc }) => {
        const inputs = { vpcId: vpc.id, ingress: [], egress: [] };
        stack.add("aws:ec2/securityGroup:SecurityGroup", "made", inputs, { id: "sg-made" });
      }),
    ];
    assert.equal(ask(table, { from: "a", to: "internet" }), "blocked");
    assert.equal(ask(table, { from: "a", to: "b", toIp: "10.0.1.10" }), "reachable");
    assert.equal(ask(acl, { from: "a", to: "internet" }), "blocked");
    assert.equal(ask(acl, { from: "a", to: "b", toIp: "10.0.1.10" }), "blocked");
    assert.equal(ask(group, { from: "a", to: "b", toIp: "10.0.1.10" }), "blocked");
  });

  it("is adopted by the id alone, too", () => {
    const group = bare(({ stack }) => {
      stack.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "made", {}, { id: "sg-made" });
    });
    assert.equal(ask(group, { from: "a", to: "b", toIp: "10.0.1.10" }), "blocked");
  });

  it("isn't a table that the preview makes anew", () => {
    const another = planted(({ stack, vpc }) => {
      stack.add("aws:ec2/routeTable:RouteTable", "other", { vpcId: vpc.id, routes: [toGateway] });
    });
    for (const deployed of bothWays)
      assert.equal(ask(another.resources(deployed), { from: "a", to: "internet" }), "blocked", when(deployed));
  });

  it("isn't the main table where the VPC names another one as that", () => {
    const renamed = (resources: readonly Resource[]) =>
      resources.map((each) => ({
        ...each,
        props: "mainRouteTableId" in each.props ? { ...each.props, mainRouteTableId: "rtb-other" } : each.props,
      }));
    assert.equal(ask(renamed(spellings["left out"] ?? []), { from: "a", to: "internet" }), "undetermined");
    const other = bare(({ stack, vpc }) => {
      stack.add("aws:ec2/routeTable:RouteTable", "other", { vpcId: vpc.id, routes: [toGateway] }, { id: "rtb-other" });
    });
    assert.equal(ask(other, { from: "a", to: "internet" }), "blocked");
    assert.equal(ask(renamed(other), { from: "a", to: "internet" }), "reachable");
  });

  it("may be any resource of the VPC while ids aren't known", () => {
    const spelled = withoutDependencies(spellings["spelled"] ?? []);
    const at = spelled.findIndex(({ type }) => type === "aws:ec2/routeTable:RouteTable");
    assert.equal(ask(hideOne(spelled, at, ["id"]), { from: "a", to: "internet" }), "undetermined");
    const party = (name: string) => ({
      kind: "party" as const,
      urn: `urn:pulumi:test::stack::aws:ec2/instance:Instance::${name}`,
    });
    for (const resources of Object.values(spellings))
      assertNeverTurns(resources, [
        { from: party("a"), to: { kind: "internet" }, protocol: "tcp", dstPort: 443 },
        { from: party("a"), to: party("b"), protocol: "tcp", dstPort: 443 },
      ]);
  });
});

describe("a default VPC", () => {
  function machine(plant: (stack: Stack, vpc: Added) => void = () => undefined) {
    const stack = new Stack();
    const vpc = stack.add("aws:ec2/defaultVpc:DefaultVpc", "main", {}, { ...ids, cidrBlock: "172.31.0.0/16" });
    const place = { availabilityZone: "us-east-1a" };
    const outputs = { cidrBlock: "172.31.0.0/20", vpcId: "defaultvpc-main" };
    const subnet = stack.add("aws:ec2/defaultSubnet:DefaultSubnet", "a", place, outputs);
    const group = { vpcId: vpc.id, ingress: [all], egress: [all] };
    const { id } = stack.add("aws:ec2/securityGroup:SecurityGroup", "all", group);
    instance(stack, "a", subnet, { vpcSecurityGroupIds: [id] });
    plant(stack, vpc);
    return stack.resources(true);
  }

  it("comes with an internet gateway, a route to it, and public addresses", () => {
    assert.equal(ask(machine(), { from: "a", to: "internet" }), "reachable");
    assert.equal(ask(machine(), { from: "internet", to: "a" }), "reachable");
  });

  it("has the routes of its main table alone where the program adopts that", () => {
    const adopted = machine((stack, vpc) => {
      const table = { defaultRouteTableId: vpc.of("defaultRouteTableId"), routes: [] };
      stack.add("aws:ec2/defaultRouteTable:DefaultRouteTable", "made", table, { id: "rtb-made" });
    });
    assert.equal(ask(adopted, { from: "a", to: "internet" }), "blocked");
  });
});
