import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { hideOne, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import {
  addGroup,
  addMachine,
  addSubnet,
  addVpc,
  ask,
  blocked,
  type Id,
  noReply,
  reachable,
  type Routes,
  undetermined,
  transitType,
  verdicts,
} from "./routed-vpcs";

function attach(stack: Stack, name: string, gateway: Id, vpcId: Id, subnet: Id, outputs = {}): Id {
  const inputs = { transitGatewayId: gateway, vpcId, subnetIds: [subnet] };
  return stack.add(transitType("VpcAttachment"), name, inputs, outputs).id;
}

/** Two VPCs attached to one gateway, with its default table. */
function shared(gateway: Record<string, string> = {}, owners: Record<string, string> = {}): Stack {
  const stack = new Stack();
  const id = stack.add(transitType("TransitGateway"), "hub", gateway, { ownerId: "111111111111" }).id;
  const a = addVpc(stack, 0, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: id }]);
  const b = addVpc(stack, 1, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: id }]);
  attach(stack, "a", id, a.vpc, a.subnet, { vpcOwnerId: "111111111111" });
  attach(stack, "b", id, b.vpc, b.subnet, { vpcOwnerId: "111111111111", ...owners });
  return stack;
}

describe("an attachment of another account", () => {
  const foreign = { vpcOwnerId: "222222222222" };
  it("has no way until the gateway's owner accepts it, or the gateway does by itself", () => {
    assert.deepEqual(verdicts(shared().resources(true), "v0", "v1"), reachable);
    const found = ask(shared({}, foreign).resources(true), "v0", "v1");
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /of another account, isn't accepted/u);
    assert.deepEqual(verdicts(shared({}, foreign).resources(true), "v1", "v0"), blocked);
    const auto = shared({ autoAcceptSharedAttachments: "enable" }, foreign);
    assert.deepEqual(verdicts(auto.resources(true), "v0", "v1"), reachable);
    const accepted = shared({}, foreign);
    accepted.add(transitType("VpcAttachmentAccepter"), "b", { transitGatewayAttachmentId: "vpcattachment-b" });
    assert.deepEqual(verdicts(accepted.resources(true), "v0", "v1"), reachable);
  });
});

describe("a VPC that may have several attachments (M4)", () => {
  it("isn't taken to have the first of them: another may have a subnet in the sender's zone", () => {
    const known = shared()
      .resources(true)
      .map((each) => {
        if (each.type !== "aws:ec2/subnet:Subnet") return each;
        return { ...each, props: { ...each.props, availabilityZone: `zone of ${each.name}` } };
      });
    assert.deepEqual(verdicts(known, "v1", "v0"), reachable);
    const at = known.findIndex((each) => each.type === "aws:ec2/vpc:Vpc");
    assert.deepEqual(verdicts(hideOne(withoutDependencies(known), at, ["id"]), "v1", "v0"), undetermined);
  });
});

describe("the routes of a transit gateway to one destination (transitRanks)", () => {
  const list = "managedprefixlist-own";
  /** "v1" and "v2" are attached; the gateway's table has the routes that are named, for 10.1.0.0/16. */
  function routed(
    ...kinds: readonly ("static" | "blackhole" | "list" | "list drops" | "twice")[]
  ): readonly Resource[] {
    const stack = new Stack();
    const hub = stack.add(transitType("TransitGateway"), "hub", { defaultRouteTablePropagation: "disable" }).id;
    const to = [{ cidrBlock: "10.0.0.0/8", transitGatewayId: hub }];
    const vpcs = [0, 1].map((at) => addVpc(stack, at, () => to));
    const [, own] = vpcs.map(({ vpc, subnet }, at) => attach(stack, `v${at}`, hub, vpc, subnet));
    const shadow = addVpc(stack, 2, () => [], { vpc: { cidrBlock: "10.1.0.0/16" } });
    const other = attach(stack, "shadow", hub, shadow.vpc, shadow.subnet);
    assert.ok(own);
    const linked = { transitGatewayRouteTableId: hub };
    const propagate = (name: string, id: Id) =>
      stack.add(transitType("RouteTablePropagation"), name, { ...linked, transitGatewayAttachmentId: id });
    propagate("home", "vpcattachment-v0" as never);
    if (kinds.includes("twice")) ["own", "shadow"].forEach((name, at) => propagate(name, at === 0 ? own : other));
    else propagate("shadow", other);
    const route = { ...linked, destinationCidrBlock: "10.1.0.0/16" };
    if (kinds.includes("static")) stack.add(transitType("Route"), "own", { ...route, transitGatewayAttachmentId: own });
    if (kinds.includes("blackhole")) stack.add(transitType("Route"), "own", { ...route, blackhole: true });
    stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "own", { entries: [{ cidr: "10.1.0.0/16" }] });
    const reference = { ...linked, prefixListId: list };
    if (kinds.includes("list"))
      stack.add(transitType("PrefixListReference"), "own", { ...reference, transitGatewayAttachmentId: own });
    if (kinds.includes("list drops"))
      stack.add(transitType("PrefixListReference"), "own", { ...reference, blackhole: true });
    return stack.resources(true);
  }

  it("are the static ones, then those of prefix lists, then those of VPCs", () => {
    assert.deepEqual(verdicts(routed(), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(routed("static"), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(routed("list"), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(routed("static", "list drops"), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(routed("blackhole", "list"), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(routed("list drops"), "v0", "v1"), blocked);
  });

  it("aren't known where two VPCs propagate it, unless another route goes before", () => {
    assert.deepEqual(verdicts(routed("twice"), "v0", "v1"), undetermined);
    assert.deepEqual(verdicts(routed("twice", "static"), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(routed("twice", "list"), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(routed("twice", "blackhole"), "v0", "v1"), blocked);
  });
});

describe("a main table that the program adopts (aws.ec2.DefaultRouteTable)", () => {
  it("leads over a transit gateway and a peering as any other does", () => {
    const adopted = (deployed: boolean) => {
      const stack = new Stack();
      const hub = stack.add(transitType("TransitGateway"), "hub", {}).id;
      const [a, b] = [0, 1].map((at) => {
        const main = { defaultRouteTableId: `rtb-main-${at}` };
        const vpc = stack.add("aws:ec2/vpc:Vpc", `v${at}`, { cidrBlock: `10.${at}.0.0/16` }, main);
        const inputs = { vpcId: vpc.id, cidrBlock: `10.${at}.0.0/24`, availabilityZone: "ap-northeast-1a" };
        const subnet = stack.add("aws:ec2/subnet:Subnet", `v${at}`, inputs).id;
        addMachine(stack, `v${at}`, subnet, addGroup(stack, vpc.id, `v${at}`), `10.${at}.0.10`);
        attach(stack, `v${at}`, hub, vpc.id, subnet);
        return vpc;
      });
      assert.ok(a && b);
      const joined = { vpcId: a.id, peerVpcId: b.id, autoAccept: true };
      const peering = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", joined).id;
      const adopt = (vpc: typeof a, name: string, routes: Routes) =>
        stack.add("aws:ec2/defaultRouteTable:DefaultRouteTable", name, {
          defaultRouteTableId: vpc.of("defaultRouteTableId"),
          routes,
        });
      adopt(a, "v0", [{ cidrBlock: "10.1.0.0/16", transitGatewayId: hub }]);
      adopt(b, "v1", [{ cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peering }]);
      return stack.resources(deployed);
    };
    for (const deployed of [true, false]) {
      assert.deepEqual(verdicts(adopted(deployed), "v0", "v1"), reachable);
      assert.deepEqual(verdicts(adopted(deployed), "v1", "v0"), reachable);
    }
  });
});

describe("the zone in which a transit gateway enters a VPC", () => {
  /** The attachment of "v1" has subnets in two zones, of which one sends on to the machine's. */
  function entered(attachment: object): readonly Resource[] {
    const stack = new Stack();
    const hub = stack.add(transitType("TransitGateway"), "hub", {}).id;
    const to = [{ cidrBlock: "10.0.0.0/8", transitGatewayId: hub }];
    const [a, b] = [0, 1].map((at) => addVpc(stack, at, () => to));
    assert.ok(a && b);
    const drop = [...to, { cidrBlock: "10.1.0.0/24", instanceId: "instance-v1b" }];
    const far = addSubnet(stack, b.vpc, "far", "10.1.1.0/24", drop, { zone: "ap-northeast-1c" });
    addMachine(stack, "v1b", far.subnet, b.group, "10.1.1.10");
    attach(stack, "a", hub, a.vpc, a.subnet);
    const inputs = { transitGatewayId: hub, vpcId: b.vpc, subnetIds: [b.subnet, far.subnet], ...attachment };
    stack.add(transitType("VpcAttachment"), "b", inputs);
    return stack.resources(true);
  }

  it("is the sender's, but any of the attachment's in appliance mode", () => {
    assert.deepEqual(verdicts(entered({}), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(entered({ applianceModeSupport: "disable" }), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(entered({ applianceModeSupport: "enable" }), "v0", "v1"), undetermined);
    assert.deepEqual(verdicts(entered({ applianceModeSupport: "enable" }), "v0", "v1b"), reachable);
  });
});

describe("a VPN of a transit gateway", () => {
  it("may announce private addresses, but not those of the network's VPCs, nor the internet", () => {
    const stack = shared();
    assert.deepEqual(verdicts(stack.resources(true), "v0", "10.77.0.1"), blocked);
    const inputs = { transitGatewayId: "transitgateway-hub", customerGatewayId: "cgw-1", type: "ipsec.1" };
    stack.add("aws:ec2/vpnConnection:VpnConnection", "office", inputs);
    assert.deepEqual(verdicts(stack.resources(true), "v0", "10.77.0.1"), undetermined);
    assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), reachable);
  });
});

describe("a peering of transit gateways", () => {
  interface Shape {
    readonly accepted?: boolean;
    readonly back?: boolean;
    readonly state?: string;
  }
  function peered({ accepted = true, back = true, state }: Shape = {}): readonly Resource[] {
    const stack = new Stack();
    const hubs = ["tokyo", "osaka"].map((name) => stack.add(transitType("TransitGateway"), name, {}).id);
    const [tokyo, osaka] = hubs;
    assert.ok(tokyo && osaka);
    hubs.forEach((id, at) => {
      const made = addVpc(stack, at, () => [{ cidrBlock: "10.0.0.0/8", transitGatewayId: id }]);
      attach(stack, `v${at}`, id, made.vpc, made.subnet);
    });
    const inputs = { transitGatewayId: tokyo, peerTransitGatewayId: osaka, peerRegion: "ap-northeast-3" };
    const peering = stack.add(
      transitType("PeeringAttachment"),
      "peer",
      inputs,
      state === undefined ? {} : { state },
    ).id;
    if (accepted) stack.add(transitType("PeeringAttachmentAccepter"), "peer", { transitGatewayAttachmentId: peering });
    hubs.forEach((id, at) => {
      const table = stack.add(transitType("RouteTable"), `peer-${at}`, { transitGatewayId: id }).id;
      for (const [name, attachment] of [
        ["vpc", `vpcattachment-v${at}`],
        ["peer", peering],
      ] as const) {
        const linked = { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: table };
        stack.add(transitType("RouteTableAssociation"), `${name}-${at}`, linked);
        stack.add(transitType("RouteTablePropagation"), `${name}-${at}`, linked);
      }
      if (at === 1 && !back) return;
      stack.add(transitType("Route"), `peer-${at}`, {
        destinationCidrBlock: `10.${1 - at}.0.0/16`,
        transitGatewayAttachmentId: peering,
        transitGatewayRouteTableId: table,
      });
    });
    return stack.resources(true);
  }

  it("carries where both sides' tables route over it, by static routes only", () => {
    assert.deepEqual(verdicts(peered(), "v0", "v1"), reachable);
    assert.deepEqual(verdicts(peered({ back: false }), "v0", "v1"), noReply);
    assert.deepEqual(verdicts(peered({ back: false }), "v1", "v0"), blocked);
  });

  it("carries nothing until it is accepted", () => {
    assert.deepEqual(verdicts(peered({ accepted: false, state: "pendingAcceptance" }), "v0", "v1"), blocked);
    assert.deepEqual(verdicts(peered({ accepted: false }), "v0", "v1"), undetermined);
    assert.deepEqual(verdicts(peered({ accepted: false, state: "available" }), "v0", "v1"), reachable);
  });
});

describe("an egress VPC behind a transit gateway", () => {
  function egress(back: boolean): readonly Resource[] {
    const stack = new Stack();
    const hub = stack.add(transitType("TransitGateway"), "hub", {}).id;
    const spoke = addVpc(stack, 0, () => [{ cidrBlock: "0.0.0.0/0", transitGatewayId: hub }]);
    const out = addVpc(stack, 1, () => [{ cidrBlock: "0.0.0.0/0", natGatewayId: "natgateway-nat" }]);
    stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: out.vpc });
    const edge = addSubnet(stack, out.vpc, "edge", "10.1.8.0/24", [
      { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" },
      ...(back ? [{ cidrBlock: "10.0.0.0/16", transitGatewayId: hub }] : []),
    ]);
    stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: edge.subnet });
    attach(stack, "spoke", hub, spoke.vpc, spoke.subnet);
    const attachment = attach(stack, "out", hub, out.vpc, out.subnet);
    stack.add(transitType("Route"), "default", {
      destinationCidrBlock: "0.0.0.0/0",
      transitGatewayAttachmentId: attachment,
      transitGatewayRouteTableId: hub,
    });
    return stack.resources(true);
  }

  it("brings spokes to the internet and back where the NAT gateway's subnet routes back", () => {
    assert.deepEqual(verdicts(egress(true), "v0", "internet"), reachable);
    assert.deepEqual(verdicts(egress(false), "v0", "internet"), noReply);
    assert.deepEqual(verdicts(egress(true), "internet", "v0"), blocked);
  });
});
