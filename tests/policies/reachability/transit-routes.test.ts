import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { type Input, Stack } from "../stack";
import { addVpc, ask, blocked, type Id, noReply, reachable, undetermined, transitType, verdicts } from "./routed-vpcs";

interface Hub {
  readonly stack: Stack;
  readonly gateway: Id;
  /** The table that both attachments are associated with; nothing propagates into it by itself. */
  readonly table: Id;
  readonly attachments: readonly [Id, Id];
}

/** Two VPCs, v0 (10.0.0.0/16) and v1 (10.1.0.0/16), attached to a gateway; both use one table. */
function hub(): Hub {
  const stack = new Stack();
  const gateway = stack.add(transitType("TransitGateway"), "hub", {
    defaultRouteTableAssociation: "disable",
    defaultRouteTablePropagation: "disable",
  }).id;
  const table = stack.add(transitType("RouteTable"), "shared", { transitGatewayId: gateway }).id;
  const attach = (at: number) => {
    const { vpc, subnet } = addVpc(stack, at, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: gateway }]);
    const inputs = { transitGatewayId: gateway, vpcId: vpc, subnetIds: [subnet] };
    const { id } = stack.add(transitType("VpcAttachment"), `v${at}`, inputs);
    stack.add(transitType("RouteTableAssociation"), `v${at}`, {
      transitGatewayAttachmentId: id,
      transitGatewayRouteTableId: table,
    });
    return id;
  };
  return { stack, gateway, table, attachments: [attach(0), attach(1)] };
}

let made = 0;
function route({ stack, table }: Hub, destinationCidrBlock: string, more: Record<string, Input>): void {
  made += 1;
  const inputs = { destinationCidrBlock, transitGatewayRouteTableId: table, ...more };
  stack.add(transitType("Route"), `route-${made}`, inputs);
}

function propagate({ stack, table }: Hub, name: string, transitGatewayAttachmentId: Input): void {
  const inputs = { transitGatewayAttachmentId, transitGatewayRouteTableId: table };
  stack.add(transitType("RouteTablePropagation"), name, inputs);
}

/** A table where v0 and v1 reach each other by propagation. */
function joined(): Hub {
  const found = hub();
  found.attachments.forEach((id, at) => {
    propagate(found, `v${at}`, id);
  });
  return found;
}

/** One property of one resource isn't known. */
function hidden(resources: readonly Resource[], name: string, key: string): readonly Resource[] {
  const found = resources.map((each) => (each.name === name && key in each.props ? hide(each, [key]) : each));
  assert.notDeepEqual(found, resources, `${name} has no ${key}`);
  return found;
}

describe("the routes of a transit gateway's table", () => {
  it("are none by themselves", () => {
    assert.deepEqual(verdicts(hub().stack.resources(true), "v0", "v1"), blocked);
  });

  for (const deployed of [true, false]) {
    const when = deployed ? "deployed" : "preview";
    it(`are what attachments propagate into it, each way by itself (${when})`, () => {
      assert.deepEqual(verdicts(joined().stack.resources(deployed), "v0", "v1"), reachable);
      const oneWay = hub();
      propagate(oneWay, "v1", oneWay.attachments[1]);
      assert.deepEqual(verdicts(oneWay.stack.resources(deployed), "v0", "v1"), noReply);
      assert.deepEqual(verdicts(oneWay.stack.resources(deployed), "v1", "v0"), blocked);
    });

    it(`are static ones, by block or by the entries of a prefix list (${when})`, () => {
      const byBlock = hub();
      byBlock.attachments.forEach((id, at) => {
        route(byBlock, `10.${at}.0.0/16`, { transitGatewayAttachmentId: id });
      });
      assert.deepEqual(verdicts(byBlock.stack.resources(deployed), "v0", "v1"), reachable);

      const byList = hub();
      const { stack, table, attachments } = byList;
      propagate(byList, "v0", attachments[0]);
      const list = stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
        addressFamily: "IPv4",
        entries: [{ cidr: "10.1.0.0/24" }, { cidr: "10.7.0.0/16" }],
      });
      stack.add(transitType("PrefixListReference"), "list", {
        prefixListId: list.id,
        transitGatewayAttachmentId: attachments[1],
        transitGatewayRouteTableId: table,
      });
      assert.deepEqual(verdicts(stack.resources(deployed), "v0", "v1"), reachable);
      assert.deepEqual(verdicts(stack.resources(deployed), "v0", "10.9.0.1"), blocked);
      assert.deepEqual(verdicts(hidden(stack.resources(deployed), "list", "entries"), "v0", "v1"), undetermined);
    });
  }

  it("drop what a blackhole matches: by a longer prefix, by a prefix list, not what others match longer", () => {
    const dropped = joined();
    route(dropped, "10.1.0.0/24", { blackhole: true });
    assert.deepEqual(verdicts(dropped.stack.resources(true), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(dropped.stack.resources(true), "v1", "v0"), noReply);

    const wider = joined();
    route(wider, "10.0.0.0/8", { blackhole: true });
    assert.deepEqual(verdicts(wider.stack.resources(true), "v0", "v1"), reachable);

    const listed = joined();
    const { id } = listed.stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
      entries: [{ cidr: "10.1.0.0/24" }],
    });
    const inputs = { prefixListId: id, blackhole: true, transitGatewayRouteTableId: listed.table };
    listed.stack.add(transitType("PrefixListReference"), "list", inputs);
    assert.deepEqual(verdicts(listed.stack.resources(true), "v0", "v1"), blocked);
  });

  it("prefer a static route to a propagated one of the same block", () => {
    const found = joined();
    route(found, "10.1.0.0/16", { transitGatewayAttachmentId: found.attachments[0] });
    const { request, blockedBy } = ask(found.stack.resources(true), "v0", "v1");
    assert.equal(request, "blocked");
    assert.match(blockedBy?.what ?? "", /sends back to itself/u);
    const black = joined();
    route(black, "10.1.0.0/16", { blackhole: true });
    assert.deepEqual(verdicts(black.stack.resources(true), "v0", "v1"), blocked);
  });

  it("leave open what an unknown block, blackhole, table or attachment could change", () => {
    const found = joined();
    route(found, "10.1.0.0/24", { blackhole: true });
    const name = `route-${made}`;
    const resources = found.stack.resources(true);
    for (const key of ["destinationCidrBlock", "blackhole"])
      assert.deepEqual(verdicts(hidden(resources, name, key), "v0", "v1"), undetermined, key);

    const other = joined();
    const second = other.stack.add(transitType("RouteTable"), "second", { transitGatewayId: other.gateway }).id;
    route({ ...other, table: second }, "10.1.0.0/24", { blackhole: true });
    const apart = other.stack.resources(true);
    assert.deepEqual(verdicts(apart, "v0", "v1"), reachable);
    const nameless = apart.map((each) => ({ ...each, propertyDependencies: {} }));
    const unplaced = hidden(nameless, `route-${made}`, "transitGatewayRouteTableId");
    assert.deepEqual(verdicts(unplaced, "v0", "v1"), undetermined);
  });

  it("of a VPC whose block isn't known may be any private ones", () => {
    const resources = joined().stack.resources(true);
    const vpc = resources.find((each) => each.type === "aws:ec2/vpc:Vpc" && each.name === "v1");
    assert(vpc !== undefined);
    const unknown = resources.map((each) => (each === vpc ? hide(each, ["cidrBlock"]) : each));
    assert.deepEqual(verdicts(unknown, "v0", "v1"), undetermined);
  });
});

describe("what isn't a VPC and propagates into a transit gateway's table", () => {
  const elsewhere = "10.77.0.1";

  it("announces what it says: private addresses, but none that a VPC's own route matches", () => {
    const found = joined();
    assert.deepEqual(verdicts(found.stack.resources(true), "v0", elsewhere), blocked);
    propagate(found, "office", "tgw-attach-of-a-direct-connect-gateway");
    assert.deepEqual(verdicts(found.stack.resources(true), "v0", elsewhere), undetermined);
    assert.deepEqual(verdicts(found.stack.resources(true), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(found.stack.resources(true), "v0", "internet"), blocked);
  });

  for (const [options, expected] of [
    [[], blocked],
    [[{ dynamicRouting: "disable" }], blocked],
    [[{ dynamicRouting: "enable" }], undetermined],
  ] as const) {
    it(`is a peering only with dynamic routing: ${JSON.stringify(options)}`, () => {
      const found = joined();
      const peering = found.stack.add(transitType("PeeringAttachment"), "peer", {
        ...{ transitGatewayId: found.gateway, peerTransitGatewayId: "tgw-of-others", peerRegion: "eu-west-1" },
        options,
      });
      propagate(found, "peer", peering.id);
      assert.deepEqual(verdicts(found.stack.resources(true), "v0", elsewhere), expected);
    });
  }

  it("is a VPN, unless its routes are static", () => {
    const withVpn = (staticRoutesOnly: boolean) => {
      const stack = new Stack();
      const gateway = stack.add(transitType("TransitGateway"), "hub", {}).id;
      const { vpc, subnet } = addVpc(stack, 0, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: gateway }]);
      stack.add(transitType("VpcAttachment"), "v0", { transitGatewayId: gateway, vpcId: vpc, subnetIds: [subnet] });
      const inputs = { transitGatewayId: gateway, customerGatewayId: "cgw-1", type: "ipsec.1", staticRoutesOnly };
      stack.add("aws:ec2/vpnConnection:VpnConnection", "office", inputs);
      return stack.resources(true);
    };
    assert.deepEqual(verdicts(withVpn(false), "v0", elsewhere), undetermined);
    assert.deepEqual(verdicts(withVpn(true), "v0", elsewhere), blocked);
  });
});

describe("the way into a transit gateway", () => {
  it("isn't known where the VPC's attachment isn't in this stack: AWS takes no route to a gateway without one", () => {
    const stack = new Stack();
    const own = stack.add(transitType("TransitGateway"), "hub", {}).id;
    addVpc(stack, 0, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: own }]);
    addVpc(stack, 1, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: "tgw-of-others" }]);
    for (const [from, to] of [
      ["v0", "v1"],
      ["v1", "v0"],
    ] as const)
      assert.deepEqual(verdicts(stack.resources(true), from, to), undetermined);
  });

  it("ends where an attachment has no table, and where it isn't known which it has", () => {
    const { stack } = joined();
    const resources = stack.resources(true);
    const lone = resources.filter(
      (each) => !(each.type === transitType("RouteTableAssociation") && each.name === "v0"),
    );
    const { request, blockedBy } = ask(lone, "v0", "v1");
    assert.equal(request, "blocked");
    assert.match(blockedBy?.what ?? "", /is associated with no route table/u);
    assert.deepEqual(verdicts(lone, "v1", "v0"), noReply);
    const elsewhere = resources.map((each) =>
      each.type === transitType("RouteTableAssociation") && each.name === "v0"
        ? { ...each, props: { ...each.props, transitGatewayRouteTableId: "tgw-rtb-of-others" } }
        : each,
    );
    assert.deepEqual(verdicts(elsewhere, "v0", "v1"), undetermined);
  });
});
