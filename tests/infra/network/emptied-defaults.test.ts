import assert from "node:assert/strict";
import type { Recorded } from "../mocks";
import { childrenOf, resourcesOf, typed } from "./vpc-resources";

describe("EmptiedDefaults", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is the three that AWS makes with a VPC, and nothing else", () => {
    assert.deepEqual(childrenOf(resources, "EmptiedDefaults main-default"), [
      "DefaultNetworkAcl main-default",
      "DefaultRouteTable main-default",
      "DefaultSecurityGroup main-default",
    ]);
  });

  it("empties what AWS opens by default (M13)", () => {
    const empty = { ingress: [], egress: [], tags: { Name: "main-default" } };
    assert.deepEqual(typed(resources, "DefaultSecurityGroup")[0]?.inputs, { vpcId: "main-id", ...empty });
    assert.deepEqual(typed(resources, "DefaultNetworkAcl")[0]?.inputs, {
      defaultNetworkAclId: "acl-default",
      ...empty,
    });
    assert.deepEqual(typed(resources, "DefaultRouteTable")[0]?.inputs, {
      defaultRouteTableId: "rtb-default",
      routes: [],
      tags: { Name: "main-default" },
    });
  });

  it("leaves alone which subnets the default ACL holds: they come and go by their own associations", () => {
    assert.deepEqual(typed(resources, "DefaultNetworkAcl")[0]?.ignoreChanges, ["subnetIds"]);
  });
});
