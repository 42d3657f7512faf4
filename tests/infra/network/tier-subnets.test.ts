import assert from "node:assert/strict";
import type { Recorded } from "../mocks";
import { childrenOf, lines, resourcesOf, typed } from "./vpc-resources";

describe("TierSubnets", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is subnets, tables, and what joins them; only proxy has a table in each zone", () => {
    assert.deepEqual(
      childrenOf(resources, "TierSubnets main").filter((child) => child.startsWith("RouteTable ")),
      ["dmz", "edge", "internal", "proxy-apne1-az1", "proxy-apne1-az2", "service"].map(
        (table) => `RouteTable main-${table}`,
      ),
    );
    assert.equal(childrenOf(resources, "TierSubnets main").length, 10 + 6 + 10);
    assert.ok(typed(resources, "RouteTable").every(({ inputs }) => !("routes" in inputs)));
  });

  it("has a subnet of every tier in every zone, each with its table (M1)", () => {
    assert.deepEqual(lines(resources, "Subnet", "cidrBlock", "availabilityZone", "mapPublicIpOnLaunch"), [
      "main-dmz-apne1-az1 10.0.0.0/21 ap-northeast-1c false",
      "main-dmz-apne1-az2 10.0.8.0/21 ap-northeast-1d false",
      "main-edge-apne1-az1 10.0.64.0/22 ap-northeast-1c false",
      "main-edge-apne1-az2 10.0.68.0/22 ap-northeast-1d false",
      "main-internal-apne1-az1 10.0.192.0/22 ap-northeast-1c false",
      "main-internal-apne1-az2 10.0.196.0/22 ap-northeast-1d false",
      "main-proxy-apne1-az1 10.0.96.0/22 ap-northeast-1c false",
      "main-proxy-apne1-az2 10.0.100.0/22 ap-northeast-1d false",
      "main-service-apne1-az1 10.0.160.0/22 ap-northeast-1c false",
      "main-service-apne1-az2 10.0.164.0/22 ap-northeast-1d false",
    ]);
    assert.deepEqual(lines(resources, "RouteTableAssociation", "subnetId", "routeTableId"), [
      "main-dmz-apne1-az1 main-dmz-apne1-az1-id main-dmz-id",
      "main-dmz-apne1-az2 main-dmz-apne1-az2-id main-dmz-id",
      "main-edge-apne1-az1 main-edge-apne1-az1-id main-edge-id",
      "main-edge-apne1-az2 main-edge-apne1-az2-id main-edge-id",
      "main-internal-apne1-az1 main-internal-apne1-az1-id main-internal-id",
      "main-internal-apne1-az2 main-internal-apne1-az2-id main-internal-id",
      "main-proxy-apne1-az1 main-proxy-apne1-az1-id main-proxy-apne1-az1-id",
      "main-proxy-apne1-az2 main-proxy-apne1-az2-id main-proxy-apne1-az2-id",
      "main-service-apne1-az1 main-service-apne1-az1-id main-service-id",
      "main-service-apne1-az2 main-service-apne1-az2-id main-service-id",
    ]);
    assert.ok(
      typed(resources, "Subnet").every(({ name, inputs }) => {
        const tier = (inputs["tags"] as Record<string, string>)["Tier"];
        return name.startsWith(`main-${tier ?? "?"}-`);
      }),
    );
  });
});
