import assert from "node:assert/strict";
import { TIERS } from "../../../infra/network/tiers";
import { Vpc } from "../../../infra/network/vpc";
import { lineage, record, resolved, type Recorded } from "../mocks";
import { argsOf, AZS, resourcesOf, VPC_ANSWERS } from "./vpc-resources";

/** How many resources of each type each component made. */
function counts(resources: readonly Recorded[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { type, parent = "" } of resources) {
    const key = [parent.split(" ")[0] ?? "", type].map((one) => one.slice(one.lastIndexOf(":") + 1)).join(" ");
    result[key] = (result[key] ?? 0) + 1;
  }
  return result;
}

describe("Vpc", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("costs each zone the same resources, and no more", async () => {
    const [two, three] = [counts(resources), counts(await resourcesOf({ azs: AZS }))];
    const grown: Record<string, number> = {};
    for (const [type, count] of Object.entries(three)) {
      if (count !== two[type]) grown[type] = count - (two[type] ?? 0);
    }
    assert.deepEqual(grown, {
      "Nat Eip": 1,
      "Nat NatGateway": 1,
      "NetworkAcls NetworkAclAssociation": TIERS.length,
      "Nat Route": 1,
      "TierSubnets RouteTable": 1,
      "TierSubnets RouteTableAssociation": TIERS.length,
      "TierSubnets Subnet": TIERS.length,
      "GatewayEndpoint VpcEndpointRouteTableAssociation": 1,
    });
    assert.deepEqual(two, {
      "EmptiedDefaults DefaultNetworkAcl": 1,
      "EmptiedDefaults DefaultRouteTable": 1,
      "EmptiedDefaults DefaultSecurityGroup": 1,
      "Nat Eip": 2,
      "FlowLogs FlowLog": 1,
      "Vpc InternetGateway": 1,
      "FlowLogs LogGroup": 1,
      "Nat NatGateway": 2,
      "NetworkAcls NetworkAcl": 5,
      "NetworkAcls NetworkAclAssociation": 10,
      "NetworkAcls NetworkAclRule": 70,
      "FlowLogs Role": 1,
      "FlowLogs RolePolicy": 1,
      "Nat Route": 2,
      "Vpc Route": 1,
      "TierSubnets RouteTable": 6,
      "TierSubnets RouteTableAssociation": 10,
      "SecurityGroups SecurityGroup": 19,
      "SecurityGroups SecurityGroupEgressRule": 63,
      "SecurityGroups SecurityGroupIngressRule": 64,
      "TierSubnets Subnet": 10,
      "Vpc Vpc": 1,
      "GatewayEndpoint VpcEndpoint": 1,
      "InterfaceEndpoints VpcEndpoint": 7,
      "GatewayEndpoint VpcEndpointRouteTableAssociation": 3,
    });
  });

  it("gives others its subnets in the order of the zones, and its groups by party", async () => {
    await record(VPC_ANSWERS, async () => {
      const vpc = new Vpc("main", argsOf());
      assert.deepEqual(await Promise.all(vpc.subnetIds("internal").map(resolved)), [
        "main-internal-apne1-az1-id",
        "main-internal-apne1-az2-id",
      ]);
      assert.equal(await resolved(vpc.securityGroupId("proxy-nlb")), "main-proxy-nlb-id");
      assert.equal(await resolved(vpc.vpcId), "main-id");
      assert.deepEqual(vpc.subnetIds("outbound"), []);
      assert.ok(vpc.ready.length > 0);
    });
  });

  it("is one component for each concept, all in the one of the VPC", async () => {
    const all = await record(VPC_ANSWERS, () => new Vpc("main", argsOf()));
    const components = lineage(all.filter(({ type }) => type.startsWith("dejima:")));
    const self = "dejima:network:Vpc main";
    assert.deepEqual(components, [
      ...[
        "EmptiedDefaults main-default",
        "FlowLogs main-flow",
        "GatewayEndpoint main-s3",
        "InterfaceEndpoints main",
        "Nat main-nat",
        "NetworkAcls main",
        "SecurityGroups main",
        "TierSubnets main",
      ].map((component) => `dejima:network:${component} < ${self}`),
      self,
    ]);
  });

  it("resolves the names of its endpoints and of its machines (M7)", () => {
    assert.deepEqual(resources.find(({ type }) => type === "aws:ec2/vpc:Vpc")?.inputs, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "main" },
    });
  });
});
