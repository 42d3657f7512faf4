import assert from "node:assert/strict";
import { announced } from "../../../policies/reachability/axioms";
import { blocks } from "../../../policies/reachability/addresses";
import { hide, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import {
  addSubnet,
  addVpc,
  ask,
  blocked,
  type Id,
  reachable,
  type Routes,
  undetermined,
  verdicts,
} from "./routed-vpcs";

const gateway = "vpngateway-main";

interface Shape {
  readonly routes?: (gateway: Id) => Routes;
  /** How the gateway is attached. */
  readonly attached?: "itself" | "attachment" | "elsewhere";
  readonly propagated?: "resource" | "listed" | "foreign";
  /** A VPN connection with these static routes. */
  readonly statics?: readonly string[];
  readonly bgp?: boolean;
  readonly more?: (stack: Stack, vpc: Id) => void;
}

function joined({ routes = () => [], attached = "itself", propagated, statics, bgp = false, more }: Shape = {}): Stack {
  const stack = new Stack();
  const other = stack.add("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" }).id;
  const listed = { listed: [gateway], foreign: ["vgw-of-others"], resource: [] }[propagated ?? "resource"];
  const made: Id[] = [];
  const add = (vpc: Id) => {
    const vpcId = attached === "elsewhere" ? other : vpc;
    const { id } = stack.add("aws:ec2/vpnGateway:VpnGateway", "main", attached === "attachment" ? {} : { vpcId });
    if (attached === "attachment")
      stack.add("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment", "main", { vpcId, vpnGatewayId: id });
    made.push(id);
    return routes(id);
  };
  const own = addVpc(stack, 0, add, listed.length > 0 ? { table: { propagatingVgws: listed } } : {});
  const [id = gateway] = made;
  if (propagated === "resource") {
    const linked = { vpnGatewayId: id, routeTableId: own.table };
    stack.add("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "main", linked);
  }
  if (statics !== undefined || bgp) {
    const vpn = { vpnGatewayId: id, customerGatewayId: "cgw-1", type: "ipsec.1", staticRoutesOnly: !bgp };
    const connection = stack.add("aws:ec2/vpnConnection:VpnConnection", "office", vpn).id;
    for (const block of statics ?? [])
      stack.add("aws:ec2/vpnConnectionRoute:VpnConnectionRoute", block, {
        vpnConnectionId: connection,
        destinationCidrBlock: block,
      });
  }
  more?.(stack, own.vpc);
  return stack;
}

const office = "192.168.1.5";
const toOffice = (gatewayId: Id): Routes => [{ cidrBlock: "192.168.0.0/16", gatewayId }];

describe("a virtual private gateway", () => {
  for (const deployed of [true, false]) {
    const known = `ids ${deployed ? "known" : "unknown"}`;
    it(`may carry to an address behind it, whichever way it is attached: it isn't known what lies there, ${known}`, () => {
      for (const attached of ["itself", "attachment"] as const) {
        const found = ask(joined({ routes: toOffice, attached }).resources(deployed), "v0", office);
        assert.deepEqual([found.request, found.connection], undetermined);
        assert.match(found.unknowns?.join() ?? "", /^what lies behind (vpngateway-main|gateway "main")$/u);
      }
    });
  }

  it("carries nothing for a VPC that it isn't attached to", () => {
    const found = ask(joined({ routes: toOffice, attached: "elsewhere" }).resources(true), "v0", office);
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /isn't attached to this VPC/u);
  });

  it("isn't the internet, even by a default route", () => {
    const out = joined({ routes: (gatewayId) => [{ cidrBlock: "0.0.0.0/0", gatewayId }] }).resources(true);
    assert.deepEqual(verdicts(out, "v0", "internet"), blocked);
    assert.deepEqual(verdicts(out, "v0", "internet", { toIp: "8.8.8.8" }), blocked);
    assert.deepEqual(verdicts(out, "v0", office), undetermined);
  });

  it("carries only to the static routes of its connections, where they have no others", () => {
    const routes = toOffice;
    const known = joined({ routes, statics: ["192.168.1.0/24"] });
    assert.deepEqual(verdicts(known.resources(true), "v0", office), undetermined);
    const found = ask(known.resources(true), "v0", "192.168.2.5");
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /none of its VPN connections has a route to 192\.168\.2\.5/u);
    const told = joined({ routes, statics: ["192.168.1.0/24"], bgp: true });
    assert.deepEqual(verdicts(told.resources(true), "v0", "192.168.2.5"), undetermined);
  });

  it("may carry further than its static routes where Direct Connect or what isn't known joins it too", () => {
    const routes = toOffice;
    const direct = joined({
      routes,
      statics: ["192.168.1.0/24"],
      more: (stack) =>
        stack.add("aws:directconnect/gatewayAssociation:GatewayAssociation", "dc", { associatedGatewayId: gateway }),
    });
    assert.deepEqual(verdicts(direct.resources(true), "v0", "192.168.2.5"), undetermined);
    const known = joined({ routes, statics: ["192.168.1.0/24"] }).resources(true);
    for (const [type, key] of [
      ["VpnConnection", "staticRoutesOnly"],
      ["VpnConnection", "vpnGatewayId"],
      ["VpnConnectionRoute", "destinationCidrBlock"],
      ["VpnConnectionRoute", "vpnConnectionId"],
      ["VpnConnection", "routes"],
    ] as const) {
      const hidden = withoutDependencies(
        known.map((each) => (each.type.endsWith(`:${type}`) ? hide(each, [key]) : each)),
      );
      assert.notDeepEqual(verdicts(hidden, "v0", "192.168.2.5"), reachable, key);
      assert.deepEqual(verdicts(hidden, "v0", "192.168.1.5"), undetermined, key);
      if (key !== "vpnConnectionId") assert.deepEqual(verdicts(hidden, "v0", "192.168.2.5"), undetermined, key);
    }
  });
});

describe("routes that a virtual private gateway propagates", () => {
  for (const propagated of ["resource", "listed", "foreign"] as const) {
    it(`may lead to any private address, and the unknown is named (${propagated})`, () => {
      const found = ask(joined({ propagated }).resources(true), "v0", office);
      assert.deepEqual([found.request, found.connection], undetermined);
      assert.match(found.unknowns?.join() ?? "", /the routes that (vpngateway-main|vgw-of-others) propagates/u);
      assert.deepEqual(verdicts(joined().resources(true), "v0", office), blocked);
    });
  }

  it("are those of its static routes alone, where its connections have no others", () => {
    const known = joined({ propagated: "resource", statics: ["192.168.1.0/24"] });
    for (const deployed of [true, false]) {
      assert.deepEqual(verdicts(known.resources(deployed), "v0", office), undetermined);
      assert.deepEqual(verdicts(known.resources(deployed), "v0", "192.168.2.5"), blocked);
    }
  });

  it("don't lead to the internet, nor take it from a default route", () => {
    const lone = joined({ propagated: "resource" });
    assert.deepEqual(verdicts(lone.resources(true), "v0", "internet"), blocked);
    const out = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
    const both = joined({
      propagated: "resource",
      routes: () => [out],
      more: (stack, vpcId) => {
        stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId });
        stack.add("aws:ec2/eip:Eip", "v0", { instance: "instance-v0" }, { publicIp: "18.176.0.1" });
      },
    });
    assert.deepEqual(verdicts(both.resources(true), "v0", "internet"), reachable);
    assert.deepEqual(verdicts(both.resources(true), "v0", office), undetermined);
  });

  it("never take the VPC's own addresses, but may take more specific parts of a wide static route", () => {
    const peer = "vpcpeeringconnection-peer";
    const stack = joined({
      propagated: "listed",
      routes: () => [
        { cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peer },
        { cidrBlock: "172.16.0.0/12", vpcPeeringConnectionId: peer },
      ],
      more: (made, vpcId) => {
        addSubnet(made, vpcId, "inner", "10.0.7.0/24", []);
        const other = addVpc(made, 1, () => [{ cidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peer }]);
        const inputs = { vpcId, peerVpcId: other.vpc, autoAccept: true };
        made.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", inputs);
        made.add("aws:ec2/instance:Instance", "inner", {
          subnetId: "subnet-inner",
          vpcSecurityGroupIds: ["securitygroup-v0"],
          privateIp: "10.0.7.10",
        });
      },
    });
    const resources = stack.resources(true);
    assert.deepEqual(verdicts(resources, "v0", "inner"), reachable);
    assert.deepEqual(verdicts(resources, "v0", "v1"), reachable, "a VPC of one's own isn't announced");
    assert.deepEqual(verdicts(resources, "v0", "172.16.3.4"), undetermined);
  });

  it("may lead to a VPC that nothing else leads to", () => {
    const stack = joined({ propagated: "resource", more: (made) => void addVpc(made, 1, () => []) });
    assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), undetermined);
  });

  it("announced: the axiom holds all private addresses and none on the internet", () => {
    for (const text of ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"])
      assert.ok(blocks(text).subtract(announced).isEmpty, text);
    for (const text of ["8.8.8.8", "2600:1f00::/24"]) assert.ok(blocks(text).intersect(announced).isEmpty, text);
  });

  it("may be there while the table's list isn't known", () => {
    const hidden = withoutDependencies(joined({ propagated: "listed" }).resources(true)).map((each) =>
      each.name === "v0" ? hide(each, ["propagatingVgws"]) : each,
    );
    assert.deepEqual(verdicts(hidden, "v0", office), undetermined);
  });
});
