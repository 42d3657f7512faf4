import assert from "node:assert/strict";
import { Stack } from "../stack";
import {
  addGroup,
  addMachine,
  addSubnet,
  addVpc,
  ask,
  blocked,
  noReply,
  reachable,
  type Routes,
  undetermined,
  verdicts,
} from "./routed-vpcs";

type Inputs = Parameters<Stack["add"]>[2];

interface Shape {
  readonly gateway?: "internet" | "vpn" | "elsewhere" | "outside";
  readonly appliance?: Inputs;
}

/** "v0" has a public address; `routes` are those of its VPC's gateway. "inspector" stands in 10.0.8.0/24. */
function entering(routes: Routes, { gateway = "internet", appliance = {} }: Shape = {}): Stack {
  const stack = new Stack();
  const route = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
  const placing = { machine: { associatePublicIpAddress: true, publicIp: "18.176.0.1" } };
  const { vpc } = addVpc(stack, 0, () => [route], placing);
  const other = addVpc(stack, 1, () => []).vpc;
  stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc });
  stack.add("aws:ec2/vpnGateway:VpnGateway", "vpn", { vpcId: vpc });
  stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "gwlb", { vpcId: vpc, vpcEndpointType: "GatewayLoadBalancer" });
  const { subnet } = addSubnet(stack, vpc, "inspection", "10.0.8.0/24", []);
  addMachine(stack, "inspector", subnet, addGroup(stack, vpc, "inspector"), "10.0.8.5", appliance);
  const inputs = { vpcId: gateway === "elsewhere" ? other : vpc, routes };
  const table = stack.add("aws:ec2/routeTable:RouteTable", "edge", inputs).id;
  const gatewayId = {
    internet: "internetgateway-main",
    elsewhere: "internetgateway-main",
    vpn: "vpngateway-vpn",
    outside: "vgw-1",
  }[gateway];
  const association = { gatewayId, routeTableId: table };
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "edge", association);
  return stack;
}

const inspected = { cidrBlock: "10.0.0.0/24", instanceId: "instance-inspector" };
const off = { sourceDestCheck: false };

describe("the route table of an internet gateway (edge association)", () => {
  it("leads to subnets by the local route where it says nothing else of them", () => {
    for (const routes of [[], [{ ...inspected, cidrBlock: "10.0.9.0/24" }]]) {
      const resources = entering(routes).resources(true);
      assert.deepEqual(verdicts(resources, "internet", "v0"), reachable);
      assert.deepEqual(verdicts(resources, "v0", "internet"), reachable);
    }
  });

  it("sends what is for a subnet to an appliance, which drops it while it checks destinations", () => {
    const resources = entering([inspected]).resources(true);
    const found = ask(resources, "internet", "v0", { toIp: "18.176.0.1" });
    assert.deepEqual([found.request, found.connection], blocked);
    assert.match(
      found.path.map(({ what }) => what).join(),
      /route table routetable-edge of the gateway sends 10\.0\.0\.0\/24/u,
    );
    assert.deepEqual(verdicts(resources, "v0", "internet"), noReply);
  });

  it("leaves open what an appliance without that check lets through, and an endpoint of a load balancer", () => {
    const resources = entering([inspected], { appliance: off }).resources(true);
    assert.deepEqual(verdicts(resources, "internet", "v0"), undetermined);
    assert.deepEqual(verdicts(resources, "v0", "internet"), ["reachable", "undetermined"]);
    const endpoint = entering([{ cidrBlock: "10.0.0.0/24", vpcEndpointId: "vpcendpoint-gwlb" }]).resources(true);
    assert.deepEqual(verdicts(endpoint, "internet", "v0"), undetermined);
    assert.deepEqual(verdicts(endpoint, "v0", "internet"), ["reachable", "undetermined"]);
  });

  it("may replace the local route, and goes by the longest prefix", () => {
    const all = { ...inspected, cidrBlock: "10.0.0.0/16" };
    assert.deepEqual(verdicts(entering([all]).resources(true), "internet", "v0"), blocked);
    const local = { cidrBlock: "10.0.0.0/24", gatewayId: "local" };
    assert.deepEqual(verdicts(entering([all, local]).resources(true), "internet", "v0"), reachable);
  });

  it("of a virtual private gateway, or of another VPC, decides nothing here", () => {
    for (const gateway of ["vpn", "outside", "elsewhere"] as const) {
      const resources = entering([inspected], { gateway }).resources(true);
      assert.deepEqual(verdicts(resources, "internet", "v0"), reachable, gateway);
      assert.deepEqual(verdicts(resources, "v0", "internet"), reachable, gateway);
    }
  });

  it("gives the same answers before the first deploy, where ids are linked", () => {
    const stack = new Stack();
    const { vpc } = addVpc(stack, 0, () => [], { machine: { associatePublicIpAddress: true } });
    const gatewayId = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc }).id;
    const { subnet } = addSubnet(stack, vpc, "inspection", "10.0.8.0/24", []);
    const instanceId = addMachine(stack, "inspector", subnet, addGroup(stack, vpc, "inspector"), "10.0.8.5");
    const routes = [{ cidrBlock: "10.0.0.0/24", instanceId }];
    const routeTableId = stack.add("aws:ec2/routeTable:RouteTable", "edge", { vpcId: vpc, routes }).id;
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "edge", { gatewayId, routeTableId });
    for (const deployed of [true, false])
      assert.deepEqual(verdicts(stack.resources(deployed), "internet", "v0"), blocked);
  });
});
