import assert from "node:assert/strict";
import { type Resource, UNKNOWN, type Value } from "../../../../policies/reachability/resources";
import { publicAddressOf } from "../../../../policies/rules/network/unfollowed-parties";

function answer(type: string, props: Readonly<Record<string, Value>> = {}) {
  const resource: Resource = { type, name: "it", urn: `urn:${type}`, props, propertyDependencies: {} };
  return publicAddressOf(resource);
}

describe("the public address of what the model doesn't follow", () => {
  it("is none of a function or a cache", () => {
    for (const type of ["aws:lambda/function:Function", "aws:elasticache/cluster:Cluster", "aws:rds/proxy:Proxy"])
      assert.equal(answer(type), "no", type);
  });

  it("is what the switch says where there is one, off by default", () => {
    for (const type of ["aws:redshift/cluster:Cluster", "aws:mq/broker:Broker"])
      assert.deepEqual(
        ([undefined, false, true, UNKNOWN] as const).map((publiclyAccessible) => answer(type, { publiclyAccessible })),
        ["no", "no", "yes", "perhaps"],
      );
  });

  it("is that of the tasks of an ECS service", () => {
    const of = (networkConfiguration: Value) => answer("aws:ecs/service:Service", { networkConfiguration });
    const subnets = ["subnet-1"];
    assert.equal(of({ subnets }), "no");
    assert.equal(of({ subnets, assignPublicIp: true }), "yes");
    assert.equal(of({ subnets, assignPublicIp: UNKNOWN }), "perhaps");
    assert.equal(of(UNKNOWN), "perhaps");
  });

  it("isn't known of anything else", () => {
    assert.equal(answer("aws:eks/nodeGroup:NodeGroup"), "perhaps");
  });
});
