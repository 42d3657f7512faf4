import assert from "node:assert/strict";
import type { Query } from "../../../policies/reachability/answer";
import type { Resource } from "../../../policies/reachability/resources";
import { withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import { assertNeverTurns } from "./hidden-answers";
import { addVpc, blocked, reachable, undetermined, transitType, verdicts } from "./routed-vpcs";

const made = "tgw-rtb-made";
const between: readonly Query[] = ["v0", "v1"].map((name, at) => ({
  from: machine(name),
  to: machine(at === 0 ? "v1" : "v0"),
  protocol: "tcp",
  dstPort: 443,
}));

function machine(name: string): Query["from"] {
  return { kind: "party", urn: `urn:pulumi:test::stack::aws:ec2/instance:Instance::${name}` };
}

/** Two VPCs attached to a gateway that says of its default tables what `outputs` has. */
function hub(
  outputs: Record<string, string>,
  settings: Record<string, string> = {},
  plant: (stack: Stack) => void = () => undefined,
): readonly Resource[] {
  const stack = new Stack();
  const id = stack.add(transitType("TransitGateway"), "hub", settings, { ownerId: "111111111111", ...outputs }).id;
  for (const at of [0, 1]) {
    const { vpc, subnet } = addVpc(stack, at, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: id }]);
    const inputs = { transitGatewayId: id, vpcId: vpc, subnetIds: [subnet] };
    const owner = { vpcOwnerId: at === 0 ? "111111111111" : "222222222222" };
    stack.add(transitType("VpcAttachment"), `v${at}`, inputs, owner);
  }
  stack.add(transitType("VpcAttachmentAccepter"), "v1", {
    transitGatewayAttachmentId: "vpcattachment-v1",
    ...accepted(settings),
  });
  plant(stack);
  return stack.resources(true);
}

function accepted({ accepterAssociates, accepterPropagates }: Record<string, string>) {
  return {
    ...(accepterAssociates === undefined ? {} : { transitGatewayDefaultRouteTableAssociation: false }),
    ...(accepterPropagates === undefined ? {} : { transitGatewayDefaultRouteTablePropagation: false }),
  };
}

const both = { associationDefaultRouteTableId: made, propagationDefaultRouteTableId: made };
const silent = { defaultRouteTablePropagation: "disable" };

function propagate(stack: Stack, table = made): void {
  for (const at of [0, 1]) {
    stack.add(transitType("RouteTablePropagation"), `p${at}`, {
      transitGatewayAttachmentId: `vpcattachment-v${at}`,
      transitGatewayRouteTableId: table,
    });
  }
}

function staticRoutes(stack: Stack, table = made): void {
  for (const at of [0, 1]) {
    stack.add(transitType("Route"), `r${at}`, {
      destinationCidrBlock: `10.${at}.0.0/16`,
      transitGatewayAttachmentId: `vpcattachment-v${at}`,
      transitGatewayRouteTableId: table,
    });
  }
}

describe("the table that AWS makes with a transit gateway", () => {
  for (const [what, plant] of [
    ["propagations", propagate],
    ["static routes", staticRoutes],
  ] as const) {
    it(`has the ${what} that name it by the id that the gateway gives`, () => {
      const resources = hub(both, silent, plant);
      assert.deepEqual(verdicts(resources, "v0", "v1"), reachable);
      assert.deepEqual(verdicts(hub(both, silent), "v0", "v1"), blocked);
      assertNeverTurns(resources, between);
    });
  }

  it("may be meant by an id while the gateway's own aren't known", () => {
    assert.deepEqual(verdicts(withoutDependencies(hub({}, silent, staticRoutes)), "v0", "v1"), undetermined);
  });

  it("is the table of a RouteTable resource where the gateway gives that one's id", () => {
    const own = { associationDefaultRouteTableId: "routetable-own", propagationDefaultRouteTableId: "routetable-own" };
    const table = (stack: Stack) => {
      stack.add(transitType("RouteTable"), "own", { transitGatewayId: "transitgateway-hub" });
    };
    const withRoutes = (stack: Stack) => {
      table(stack);
      staticRoutes(stack, "routetable-own");
    };
    assert.deepEqual(verdicts(hub(own, silent, table), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(hub(own, silent, withRoutes), "v0", "v1"), reachable);
    assertNeverTurns(hub(own, silent, withRoutes), between);
    assert.deepEqual(verdicts(hub(own, {}, table), "v0", "v1"), reachable);
  });

  it("isn't taken for both where the default tables are two of which neither is among the resources", () => {
    const two = { associationDefaultRouteTableId: made, propagationDefaultRouteTableId: "tgw-rtb-other" };
    assert.deepEqual(verdicts(hub(two), "v0", "v1"), undetermined);
  });
});

describe("an attachment that a gateway's owner accepts", () => {
  it("is associated and propagated by default as the accepter says", () => {
    assert.deepEqual(verdicts(hub(both), "v0", "v1"), reachable);
    const unpropagated = hub(both, { accepterPropagates: "no" });
    assert.deepEqual(verdicts(unpropagated, "v0", "v1"), blocked);
    assertNeverTurns(unpropagated, between);
    const unassociated = hub(both, { accepterAssociates: "no" });
    assert.deepEqual(verdicts(unassociated, "v1", "v0"), blocked);
    assertNeverTurns(unassociated, between);
  });
});
