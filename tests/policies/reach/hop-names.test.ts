import assert from "node:assert/strict";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { namingOf } from "../../../policies/reach/hop-names";

const balancer = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/net/front/1";
const naming = namingOf(
  readBareList([
    { type: "aws:ec2/securityGroup:SecurityGroup", name: "gate", urn: "u1", id: "sg-1", props: {} },
    { type: "aws:lb/loadBalancer:LoadBalancer", name: "front", urn: "u2", id: balancer, props: {} },
    { type: "aws:autoscaling/group:Group", name: "web", urn: "u3", id: "web", props: {} },
    { type: "aws:ec2/vpc:Vpc", name: "main", urn: "u4", props: {} },
    { type: "shop:gate:Gate", name: "component", urn: "u5", id: "gate-1", props: {} },
    { type: "aws:ec2/networkAclRule:NetworkAclRule", name: "in", urn: "u6", id: "26024", props: {} },
  ]),
);

describe("names in an explanation", () => {
  it("stand before the id, which isn't repeated", () => {
    const name = naming();
    assert.equal(name("security group sg-1 lets it out"), "security group gate (sg-1) lets it out");
    assert.equal(name("(from sg-1, sg-2)"), "(from gate, sg-2)");
    assert.equal(name(`into ${balancer}.`), `into front (${balancer}).`);
    assert.equal(naming()("sg-1"), "gate (sg-1)", "each explanation begins anew");
  });
  it("aren't given twice, nor to what only looks like an id", () => {
    const name = naming();
    assert.equal(name("gate (sg-1)"), "gate (sg-1)");
    for (const text of ["web", "subnet 10.0.0.0/24 by 26024", "the gate-1", "asg-1 and sg-11"])
      assert.equal(name(text), text);
  });
});
