import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { Stack } from "../stack";
import { ask, everything, group, instance, toInternet, twoSubnets } from "./asking";
import { addVpc, blocked, reachable, undetermined, transitType, verdicts } from "./routed-vpcs";

const open = { ...everything, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };

/** As a program that only reads resources of these types has them. */
function reading(resources: readonly Resource[], ...types: readonly string[]): readonly Resource[] {
  const found = resources.map((each) => (types.includes(each.type) ? { ...each, isRead: true as const } : each));
  assert.notDeepEqual(found, resources);
  return found;
}

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

/** Two machines, a subnet each; with routes to an internet gateway, or with none. */
function machines(routed: boolean): readonly Resource[] {
  return twoSubnets(({ stack, vpc, a, b }) => {
    const all = group(stack, vpc, "all", { ingress: [open], egress: [open] });
    const inputs = { vpcSecurityGroupIds: [all.id], associatePublicIpAddress: true };
    instance(stack, "one", a, { ...inputs, privateIp: "10.0.0.10" });
    instance(stack, "other", b, { ...inputs, privateIp: "10.0.1.10" });
    instance(stack, "ungrouped", b, { privateIp: "10.0.1.11" });
    if (routed) toInternet(stack, vpc, a, b);
  }).resources(true);
}

describe("what a program only reads", () => {
  it("may have routes, ACLs and gateways that another program keeps", () => {
    const outward = { from: "one", to: "internet" };
    const inward = { from: "internet", to: "one" };
    assert.equal(ask(machines(false), outward), "blocked");
    assert.equal(ask(machines(false), inward), "blocked");
    for (const types of [[vpcType], [subnetType], [vpcType, subnetType]]) {
      const resources = reading(machines(false), ...types);
      assert.equal(ask(resources, outward), "undetermined", types.join(" and "));
    }
    assert.equal(ask(reading(machines(false), vpcType), inward), "undetermined");
  });

  it("has an ACL that may stop what goes between two of its subnets, and not within one", () => {
    const resources = reading(machines(true), subnetType);
    assert.equal(ask(resources, { from: "one", to: "other", toIp: "10.0.1.10" }), "undetermined");
    assert.equal(ask(machines(true), { from: "one", to: "other", toIp: "10.0.1.10" }), "reachable");
    const apart = { from: "ungrouped", to: "other", toIp: "10.0.1.10" };
    assert.equal(ask(resources, apart), "reachable");
    assert.equal(ask(reading(machines(true), vpcType), apart), "undetermined", "the VPC's default group");
  });

  it("leaves certain what the program itself associates", () => {
    const acl = (resources: readonly Resource[]): readonly Resource[] => {
      const rule = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
      const subnetIds = resources.filter(({ type }) => type === subnetType).map(({ props }) => props.id);
      const props = { id: "acl-own", vpcId: "vpc-main", subnetIds, ingress: [rule], egress: [rule] };
      const type = "aws:ec2/networkAcl:NetworkAcl";
      return [...resources, { type, name: "own", urn: `urn:${type}`, props, propertyDependencies: {} }];
    };
    const resources = acl(reading(machines(true), vpcType, subnetType));
    assert.equal(ask(resources, { from: "one", to: "internet" }), "reachable");
    assert.equal(ask(resources, { from: "one", to: "other", toIp: "10.0.1.10" }), "reachable");
  });

  it("may be a transit gateway, a table or an attachment whose routes others keep", () => {
    const joined = (own: boolean): readonly Resource[] => {
      const stack = new Stack();
      const hub = stack.add(transitType("TransitGateway"), "hub", {}).id;
      const table = stack.add(transitType("RouteTable"), "own", { transitGatewayId: hub }).id;
      for (const at of [0, 1]) {
        const { vpc, subnet } = addVpc(stack, at, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: hub }]);
        const inputs = { transitGatewayId: hub, vpcId: vpc, subnetIds: [subnet] };
        const transitGatewayAttachmentId = stack.add(transitType("VpcAttachment"), `v${at}`, inputs).id;
        const linked = { transitGatewayAttachmentId, transitGatewayRouteTableId: table };
        if (own) stack.add(transitType("RouteTableAssociation"), `v${at}`, linked);
      }
      return stack.resources(true);
    };
    assert.deepEqual(verdicts(joined(false), "v0", "v1"), reachable);
    for (const only of ["TransitGateway", "VpcAttachment"])
      assert.deepEqual(verdicts(reading(joined(false), transitType(only)), "v0", "v1"), undetermined, only);
    assert.deepEqual(verdicts(joined(true), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(reading(joined(true), transitType("RouteTable")), "v0", "v1"), undetermined);
  });

  it("may be a load balancer whose listeners others keep", () => {
    const balanced = twoSubnets(({ stack, vpc, a, b }) => {
      const all = group(stack, vpc, "all", { ingress: [open], egress: [open] });
      instance(stack, "client", a, { vpcSecurityGroupIds: [all.id] });
      const inputs = { subnets: [a.id, b.id], securityGroups: [all.id], internal: true };
      stack.add("aws:lb/loadBalancer:LoadBalancer", "front", { ...inputs, loadBalancerType: "application" });
    }).resources(true);
    assert.equal(ask(balanced, { from: "client", to: "front" }), "blocked");
    const read = reading(balanced, "aws:lb/loadBalancer:LoadBalancer");
    assert.equal(ask(read, { from: "client", to: "front" }), "undetermined");
  });

  it("is joined to other networks, perhaps", () => {
    const question = { from: "172.16.0.9", to: "one", toIp: "10.0.0.10" };
    assert.equal(ask(machines(false), question), "blocked");
    assert.equal(ask(reading(machines(false), vpcType), question), "undetermined");
  });
});
