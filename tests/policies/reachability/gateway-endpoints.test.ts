import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addMachine, addVpc, ask, blocked, reachable, type Routes, undetermined, verdicts } from "./routed-vpcs";

type Inputs = Parameters<Stack["add"]>[2];

const list = "pl-61a54008";
const known = { cidrBlocks: ["52.219.0.0/20"] };

describe("a gateway endpoint", () => {
  const ways = ["list", "association", "route", "inline route", "inline route as AWS lists it"] as const;
  /** `by` says how the endpoint comes into the table of "v0"; `routes` are others that it has. */
  const named = (by: (typeof ways)[number] | "nothing", more: Inputs = {}, routes: Routes = []) => {
    const stack = new Stack();
    const endpoint = "vpcendpoint-s3";
    const inline = {
      "inline route": [{ destinationPrefixListId: list, vpcEndpointId: endpoint }],
      "inline route as AWS lists it": [{ destinationPrefixListId: list, gatewayId: endpoint }],
    } as Readonly<Record<string, Routes>>;
    const { vpc, table } = addVpc(stack, 0, () => [...routes, ...(inline[by] ?? [])]);
    const listed = by === "list" ? { routeTableIds: [table] } : {};
    const inputs = { vpcId: vpc, serviceName: "com.amazonaws.ap-northeast-1.s3", ...listed, ...more };
    const { id } = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", inputs, { prefixListId: list });
    const type = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
    if (by === "association") stack.add(type, "s3", { vpcEndpointId: id, routeTableId: table });
    const route = { routeTableId: table, destinationPrefixListId: list, vpcEndpointId: id };
    if (by === "route") stack.add("aws:ec2/route:Route", "s3", route);
    const gateway = { vpcId: vpc, availabilityMode: "regional" };
    stack.add("aws:ec2/natGateway:NatGateway", "nat", gateway);
    stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc });
    return stack;
  };
  const deployed = (...args: Parameters<typeof named>) => named(...args).resources(true);

  for (const by of ways) {
    it(`may carry to an address that may be of its service, not to the internet (${by})`, () => {
      assert.deepEqual(verdicts(deployed(by), "v0", "52.219.0.1"), undetermined);
      assert.deepEqual(verdicts(deployed(by), "v0", "internet"), blocked);
      assert.deepEqual(verdicts(deployed(by), "52.219.0.1", "v0"), blocked);
    });

    it(`carries to the addresses of its service where AWS has said them, and to no others (${by})`, () => {
      assert.deepEqual(verdicts(deployed(by, known), "v0", "52.219.0.1"), reachable);
      assert.deepEqual(verdicts(deployed(by, known), "v0", "52.219.16.1"), blocked);
      assert.deepEqual(verdicts(deployed(by, known), "v0", "8.8.8.8"), blocked);
      assert.deepEqual(verdicts(deployed(by, known), "v0", "10.9.0.1"), blocked);
    });
  }

  it("isn't in other tables, nor is an interface endpoint in any", () => {
    assert.deepEqual(verdicts(deployed("nothing"), "v0", "52.219.0.1"), blocked);
    assert.deepEqual(verdicts(deployed("list", { vpcEndpointType: "Interface" }), "v0", "52.219.0.1"), blocked);
  });

  it("has a longer prefix than the default route, though not than every route", () => {
    const out = (cidrBlock: string) => [{ cidrBlock, gatewayId: "internetgateway-main" }];
    // The machine has no public address, so that nothing of it gets out by the gateway.
    const path = (cidrBlock: string) =>
      ask(deployed("list", known, out(cidrBlock)), "v0", "52.219.0.1").path.map(({ what }) => what);
    assert.ok(path("0.0.0.0/0").includes("gateway endpoint vpcendpoint-s3"));
    assert.deepEqual(verdicts(deployed("list", known, out("0.0.0.0/0")), "v0", "52.219.0.1"), reachable);
    assert.deepEqual(verdicts(deployed("list", known, out("52.219.0.0/24")), "v0", "52.219.0.1"), undetermined);
    assert.deepEqual(verdicts(deployed("list", known, out("0.0.0.0/0")), "v0", "8.8.8.8"), blocked);
    const nat = [{ cidrBlock: "0.0.0.0/0", natGatewayId: "natgateway-nat" }];
    assert.deepEqual(verdicts(deployed("list", known, nat), "v0", "52.219.0.1"), reachable);
    assert.deepEqual(verdicts(deployed("route", known, nat), "v0", "internet"), reachable);
  });

  it("is sure of TCP alone", () => {
    const asked = { protocol: "udp" } as const;
    assert.deepEqual(verdicts(deployed("list", known), "v0", "52.219.0.1", asked), undetermined);
  });

  it("is what a group's rule for its prefix list lets out to, exactly where the addresses are known", () => {
    const behind = (more: Inputs) => {
      const stack = named("list", more);
      const rule = { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [list] };
      const group = { vpcId: "vpc-v0", ingress: [], egress: [rule] };
      const { id } = stack.add("aws:ec2/securityGroup:SecurityGroup", "fenced", group);
      addMachine(stack, "fenced", "subnet-v0" as never, id, "10.0.0.20");
      return stack.resources(true);
    };
    assert.deepEqual(verdicts(behind(known), "fenced", "52.219.0.1"), reachable);
    assert.deepEqual(verdicts(behind(known), "fenced", "52.219.0.1", { dstPort: 80 }), blocked);
    assert.deepEqual(verdicts(behind(known), "fenced", "v0"), blocked);
    assert.deepEqual(verdicts(behind({}), "fenced", "52.219.0.1"), undetermined);
  });

  it("is left open before the first deploy, while its addresses aren't known", () => {
    for (const by of ["list", "association", "route"] as const)
      assert.deepEqual(verdicts(named(by).resources(false), "v0", "52.219.0.1"), undetermined);
  });
});
