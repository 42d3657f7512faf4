import assert from "node:assert/strict";
import type { Recorded } from "../mocks";
import { childrenOf, lines, resourcesOf, typed } from "./vpc-resources";

describe("GatewayEndpoint", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is an endpoint and its place in each route table, and nothing else", () => {
    assert.deepEqual(childrenOf(resources, "GatewayEndpoint main-s3"), [
      "VpcEndpoint main-s3",
      "VpcEndpointRouteTableAssociation main-s3-dmz",
      "VpcEndpointRouteTableAssociation main-s3-proxy-apne1-az1",
      "VpcEndpointRouteTableAssociation main-s3-proxy-apne1-az2",
    ]);
  });

  it("names S3 by its prefix list, and leads only dmz and proxy there", () => {
    assert.deepEqual(
      typed(resources, "SecurityGroupEgressRule")
        .filter(({ inputs }) => inputs["prefixListId"] === "main-s3-prefixes")
        .map(({ name }) => name),
      ["bastion", "mailbox", "proxy", "relay", "web"].map((role) => `main-${role}-out-tcp-443-to-s3`),
    );
    assert.deepEqual(lines(resources, "VpcEndpointRouteTableAssociation", "vpcEndpointId", "routeTableId"), [
      "main-s3-dmz main-s3-id main-dmz-id",
      "main-s3-proxy-apne1-az1 main-s3-id main-proxy-apne1-az1-id",
      "main-s3-proxy-apne1-az2 main-s3-id main-proxy-apne1-az2-id",
    ]);
  });
});
