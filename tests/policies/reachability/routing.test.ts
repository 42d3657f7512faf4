import assert from "node:assert/strict";
import { answer, type Query } from "../../../policies/reachability/answer";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { Stack } from "../stack";

type Id = ReturnType<Stack["add"]>["id"];
const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A VPC 10.<at>.0.0/16 with one open machine in one subnet, and the route table of that. */
function addVpc(stack: Stack, at: number, routes: (vpc: Id) => readonly object[], zone = "ap-northeast-1a") {
  const name = `v${at}`;
  const vpc = stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock: `10.${at}.0.0/16` }).id;
  const subnet = addSubnet(stack, vpc, name, `10.${at}.0.0/24`, routes(vpc), zone);
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", name, {
    vpcId: vpc,
    ingress: [all],
    egress: [all],
  }).id;
  stack.add("aws:ec2/instance:Instance", name, {
    subnetId: subnet,
    vpcSecurityGroupIds: [group],
    privateIp: `10.${at}.0.10`,
  });
  return { vpc, subnet, group };
}

function addSubnet(
  stack: Stack,
  vpc: Id,
  name: string,
  cidrBlock: string,
  routes: readonly object[],
  zone: string,
): Id {
  const inputs = { vpcId: vpc, cidrBlock, availabilityZone: zone };
  const subnet = stack.add("aws:ec2/subnet:Subnet", name, inputs).id;
  const table = stack.add("aws:ec2/routeTable:RouteTable", name, { vpcId: vpc, routes: routes as never }).id;
  const associated = { subnetId: subnet, routeTableId: table };
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, associated);
  return subnet;
}

function ask(resources: readonly Resource[], from: string, to: string, more: Partial<Query> = {}) {
  const end = (name: string): Query["from"] =>
    name === "internet"
      ? { kind: "internet" }
      : { kind: "party", urn: `urn:pulumi:test::stack::aws:ec2/instance:Instance::${name}` };
  const question = { from: end(from), to: end(to), protocol: "tcp", dstPort: 443, ...more } as const;
  return answer(readNetwork(resources), question);
}

function verdicts(resources: readonly Resource[], from: string, to: string, more: Partial<Query> = {}) {
  const { request, connection } = ask(resources, from, to, more);
  return [request, connection];
}

describe("routing over a transit gateway", () => {
  interface Shape {
    readonly zone?: string;
    readonly static?: object;
    readonly back?: boolean;
    readonly propagate?: boolean;
  }
  function transit({ zone = "ap-northeast-1a", static: route, back = true, propagate = true }: Shape = {}): Stack {
    const stack = new Stack();
    const gateway = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", "hub", {
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
    }).id;
    const to = (block: string) => ({ cidrBlock: block, transitGatewayId: gateway });
    const a = addVpc(stack, 0, () => [to("10.1.0.0/16")]);
    const b = addVpc(stack, 1, () => (back ? [to("10.0.0.0/16")] : []));
    const away = addSubnet(stack, a.vpc, "away", "10.0.9.0/24", [], zone);
    const table = stack.add("aws:ec2transitgateway/routeTable:RouteTable", "hub", { transitGatewayId: gateway }).id;
    const attachments = [
      ["a", a.vpc, zone === "ap-northeast-1a" ? a.subnet : away],
      ["b", b.vpc, b.subnet],
    ] as const;
    for (const [name, vpcId, subnet] of attachments) {
      const inputs = { transitGatewayId: gateway, vpcId, subnetIds: [subnet] };
      const attachment = stack.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", name, inputs).id;
      const linked = { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: table };
      stack.add("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", name, linked);
      if (propagate) stack.add("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation", name, linked);
    }
    if (route !== undefined)
      stack.add("aws:ec2transitgateway/route:Route", "static", { transitGatewayRouteTableId: table, ...route });
    return stack;
  }

  for (const deployed of [true, false]) {
    it(`follows associations and propagations both ways, ids ${deployed ? "known" : "unknown"}`, () => {
      assert.deepEqual(verdicts(transit().resources(deployed), "v0", "v1"), ["reachable", "reachable"]);
    });
  }

  it("has no way without propagation or static route", () => {
    const found = ask(transit({ propagate: false }).resources(true), "v0", "v1");
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /has no route to instance-v1/u);
  });

  it("drops what a blackhole route matches by a longer prefix", () => {
    const stack = transit({ static: { destinationCidrBlock: "10.1.0.0/24", blackhole: true } });
    assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), ["blocked", "blocked"]);
  });

  it("keeps the request but not the connection where the other VPC has no route back", () => {
    assert.deepEqual(verdicts(transit({ back: false }).resources(true), "v0", "v1"), ["reachable", "blocked"]);
  });

  it("takes nothing from a zone without attachment subnet", () => {
    const found = ask(transit({ zone: "ap-northeast-1c" }).resources(true), "v0", "v1");
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /no attachment subnet in the zone/u);
  });
});

describe("routing over a peering", () => {
  function peered(routesBack: boolean, status = "active", peerRegion?: string): Stack {
    const stack = new Stack();
    const id = "vpcpeeringconnection-peer";
    const to = (block: string) => ({ cidrBlock: block, vpcPeeringConnectionId: id });
    const a = addVpc(stack, 0, () => [to("10.1.0.0/16")]);
    const b = addVpc(stack, 1, () => (routesBack ? [to("10.0.0.0/16")] : []));
    stack.add(
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      "peer",
      { vpcId: a.vpc, peerVpcId: b.vpc, ...(peerRegion === undefined ? {} : { peerRegion, region: "ap-northeast-1" }) },
      { acceptStatus: status },
    );
    const referring = { ...all, cidrBlocks: [], securityGroups: [a.group] };
    const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "ref", { vpcId: b.vpc, ingress: [referring] }).id;
    stack.add("aws:ec2/instance:Instance", "ref", {
      subnetId: b.subnet,
      vpcSecurityGroupIds: [group],
      privateIp: "10.1.0.11",
    });
    return stack;
  }

  it("reaches the peer, and gets replies where the peer routes back", () => {
    assert.deepEqual(verdicts(peered(true).resources(true), "v0", "v1"), ["reachable", "reachable"]);
    assert.deepEqual(verdicts(peered(false).resources(true), "v0", "v1"), ["reachable", "blocked"]);
  });

  it("has no way while the peer hasn't accepted", () => {
    assert.deepEqual(verdicts(peered(true, "pending-acceptance").resources(true), "v0", "v1"), ["blocked", "blocked"]);
  });

  it("lets groups refer to the peer's groups in one Region only", () => {
    assert.deepEqual(verdicts(peered(true).resources(true), "v0", "ref"), ["reachable", "reachable"]);
    const far = peered(true, "active", "ap-northeast-3");
    assert.deepEqual(verdicts(far.resources(true), "v0", "ref"), ["blocked", "blocked"]);
  });
});

describe("routing to the internet", () => {
  function natted(target: "nat" | "internetGateway", publicAddress = false): Stack {
    const stack = new Stack();
    const gateways = {
      nat: { natGatewayId: "natgateway-nat" },
      internetGateway: { gatewayId: "internetgateway-main" },
    };
    const a = addVpc(stack, 0, () => [{ cidrBlock: "0.0.0.0/0", ...gateways[target] }]);
    stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: a.vpc });
    const route = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
    const edge = addSubnet(stack, a.vpc, "edge", "10.0.8.0/24", [route], "ap-northeast-1a");
    stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: edge });
    if (publicAddress) stack.add("aws:ec2/eip:Eip", "v0", { instance: "instance-v0" }, { publicIp: "18.176.0.1" });
    return stack;
  }

  it("goes out by NAT and back, and nothing comes in by it", () => {
    const resources = natted("nat").resources(true);
    assert.deepEqual(verdicts(resources, "v0", "internet"), ["reachable", "reachable"]);
    assert.deepEqual(verdicts(resources, "v0", "internet", { protocol: 50 }), ["blocked", "blocked"]);
    assert.deepEqual(verdicts(resources, "internet", "v0"), ["blocked", "blocked"]);
  });

  it("goes through an internet gateway with a public address only, both ways", () => {
    const hidden = natted("internetGateway").resources(true);
    assert.deepEqual(verdicts(hidden, "v0", "internet"), ["blocked", "blocked"]);
    const open = natted("internetGateway", true).resources(true);
    assert.deepEqual(verdicts(open, "v0", "internet"), ["reachable", "reachable"]);
    assert.deepEqual(verdicts(open, "internet", "v0"), ["reachable", "reachable"]);
    assert.deepEqual(verdicts(open, "internet", "v0", { toIp: "18.176.0.1" }), ["reachable", "reachable"]);
    assert.deepEqual(verdicts(open, "internet", "v0", { toIp: "10.0.0.10" }), ["blocked", "blocked"]);
  });

  it("doesn't reach a public address whose replies leave by NAT", () => {
    assert.deepEqual(verdicts(natted("nat", true).resources(true), "internet", "v0"), ["reachable", "blocked"]);
  });

  it("tells the way hop by hop, and names what isn't known", () => {
    const found = ask(natted("nat").resources(true), "v0", "internet");
    const told = found.path.map(({ what }) => what).join(" → ");
    assert.match(told, /^v0 \(instance-v0\) .*security group .*network ACL .*route table .*natgateway-nat.*internet/u);
    const hidden = natted("nat")
      .resources(true)
      .map((each) => ({
        ...(each.name === "nat" ? hide(each, ["subnetId"]) : each),
        propertyDependencies: {},
      }));
    assert.deepEqual(ask(hidden, "v0", "internet").unknowns, ["the subnet of natgateway-nat"]);
  });
});

describe("a target of a load balancer", () => {
  it("isn't called unreachable because it isn't reached by its own addresses", () => {
    const stack = new Stack();
    addVpc(stack, 0, () => []);
    const inputs = { targetGroupArn: "arn:group", targetId: "instance-v0" };
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "v0", inputs);
    assert.deepEqual(verdicts(stack.resources(true), "internet", "v0"), ["undetermined", "undetermined"]);
  });
});
