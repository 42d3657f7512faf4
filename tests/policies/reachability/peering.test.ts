import assert from "node:assert/strict";
import { type Link, Links } from "../../../policies/reachability/links";
import { joinsVpcs, peeringsOf, peersInOneRegion } from "../../../policies/reachability/peering";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";

const connectionType = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const accepterType = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";

const resource = (type: string, name: string, props: Record<string, Value>, region?: Value): Resource => ({
  type,
  name,
  urn: `${type}::${name}`,
  props: { id: name, ...props },
  propertyDependencies: {},
  ...(region === undefined ? {} : { provider: { urn: "aws", region } }),
});
const vpc = (name: string, region?: Value) => resource("aws:ec2/vpc:Vpc", name, {}, region);
const [a, b, c] = [vpc("vpc-a"), vpc("vpc-b"), vpc("vpc-c")];
const to = (each: Resource): Link => ({ candidates: [each], external: false, id: undefined, absent: false });
const between = (props: Record<string, Value> = {}) =>
  resource(connectionType, "pcx-1", { vpcId: "vpc-a", peerVpcId: "vpc-b", acceptStatus: "active", ...props });
const accepter = (props: Record<string, Value> = {}) =>
  resource(accepterType, "accepter", { vpcPeeringConnectionId: "pcx-1", autoAccept: true, ...props });

function joins(from: Resource, other: Resource, peering: Resource | undefined, ...more: readonly Resource[]) {
  const all = [a, b, c, ...(peering === undefined ? [] : [peering]), ...more];
  return joinsVpcs(new Links(all), { kind: "peering", label: "pcx-1", resource: peering }, to(from), to(other));
}

describe("a peering", () => {
  it("joins its two VPCs, both ways, and no others", () => {
    assert.deepEqual(
      [joins(a, b, between()), joins(b, a, between()), joins(a, c, between()), joins(c, b, between())],
      ["yes", "yes", "no", "no"],
    );
    assert.deepEqual([joins(a, a, between()), joins(b, b, between())], ["no", "no"]);
  });

  it("may join anything when it stands outside the resources", () => {
    assert.equal(joins(a, b, undefined), "perhaps");
  });

  it("may join what it isn't known to", () => {
    assert.equal(joins(a, b, between({ peerVpcId: UNKNOWN })), "perhaps");
    assert.equal(joins(c, c, between({ peerVpcId: UNKNOWN })), "no");
  });

  const statuses: readonly (readonly [string, Record<string, Value>, string])[] = [
    ["active", {}, "yes"],
    ["accepted by itself", { acceptStatus: UNKNOWN, autoAccept: true }, "yes"],
    ["not yet accepted", { acceptStatus: "pending-acceptance" }, "no"],
    ["not accepted by itself", { acceptStatus: UNKNOWN, autoAccept: false }, "perhaps"],
    ["about to be accepted", { acceptStatus: "provisioning" }, "perhaps"],
    ["about to be requested", { acceptStatus: "initiating-request" }, "perhaps"],
    ["of unknown status", { acceptStatus: UNKNOWN }, "perhaps"],
  ];
  for (const [what, props, expected] of statuses) {
    it(`that is ${what}: ${expected}`, () => {
      assert.equal(joins(a, b, between(props)), expected);
    });
  }

  it("is accepted by an accepter, its own only", () => {
    const pending = between({ acceptStatus: UNKNOWN });
    assert.equal(joins(a, b, pending, accepter()), "yes");
    assert.equal(joins(a, b, pending, accepter({ vpcPeeringConnectionId: "pcx-2" })), "perhaps");
  });

  it("is accepted by an accepter that is told to, or that says it was", () => {
    const pending = between({ acceptStatus: "pending-acceptance" });
    assert.equal(joins(a, b, pending, accepter()), "yes");
    assert.equal(joins(a, b, pending, accepter({ autoAccept: false })), "no");
    assert.equal(joins(a, b, pending, accepter({ autoAccept: UNKNOWN })), "perhaps");
    assert.equal(joins(a, b, pending, accepter({ autoAccept: false, acceptStatus: "active" })), "yes");
  });

  it("isn't accepted by another's accepter, and perhaps by one that isn't known to be its own or whose status isn't", () => {
    const pending = between({ acceptStatus: "pending-acceptance" });
    assert.equal(joins(a, b, pending, accepter({ vpcPeeringConnectionId: "pcx-2" })), "no");
    assert.equal(joins(a, b, pending, accepter({ vpcPeeringConnectionId: UNKNOWN })), "perhaps");
    assert.equal(joins(a, b, pending, accepter({ autoAccept: false, acceptStatus: UNKNOWN })), "perhaps");
  });

  it("isn't made between VPCs whose blocks overlap, unless it says that it was", () => {
    const at = (name: string, cidrBlock: string) => resource("aws:ec2/vpc:Vpc", name, { cidrBlock });
    const ask = (one: string, other: string, status: Value) => {
      const [first, second] = [at("vpc-a", one), at("vpc-b", other)];
      const peering = between({ acceptStatus: status, autoAccept: UNKNOWN });
      const target = { kind: "peering", label: "pcx-1", resource: peering } as const;
      return joinsVpcs(new Links([first, second, peering]), target, to(first), to(second));
    };
    assert.equal(ask("10.0.0.0/16", "10.0.128.0/17", undefined), "no");
    assert.equal(ask("10.0.0.0/16", "10.1.0.0/16", undefined), "perhaps");
    assert.equal(ask("10.0.0.0/16", "10.0.128.0/17", "active"), "yes");
    assert.equal(ask("10.0.0.0/16", "10.0.128.0/17", UNKNOWN), "perhaps");
  });

  it("is known by its accepter too, whether its connection stands among the resources or not", () => {
    const links = (...more: Resource[]) => new Links([a, b, c, ...more]);
    const target = { kind: "peering", label: "pcx-1", resource: accepter() } as const;
    assert.equal(joinsVpcs(links(between(), accepter()), target, to(a), to(b)), "yes");
    assert.equal(joinsVpcs(links(between(), accepter()), target, to(a), to(c)), "no");
    const lone = accepter({ vpcPeeringConnectionId: "pcx-2", vpcId: "vpc-b", peerVpcId: "vpc-a" });
    assert.equal(joinsVpcs(links(lone), { ...target, resource: lone }, to(a), to(b)), "yes");
  });
});

describe("groups over a peering", () => {
  const may = (...peerings: readonly Resource[]) => peersInOneRegion(new Links([a, b, c, ...peerings]), to(a), to(b));

  it("may be referred to in one Region, by the peering or by the provider", () => {
    assert.equal(may(between()), "yes");
    assert.equal(may(between({ region: "ap-northeast-1", peerRegion: "ap-northeast-1" })), "yes");
    assert.equal(may(between({ region: "ap-northeast-1", peerRegion: "ap-northeast-3" })), "no");
    assert.equal(may(), "no");
    assert.equal(may(between({ vpcId: "vpc-of-others", peerVpcId: "vpc-of-others-too" })), "no");
  });

  it("may be once the peering is accepted, between its VPCs", () => {
    assert.equal(may(between({ acceptStatus: "pending-acceptance" })), "no");
    assert.equal(may(between({ peerVpcId: "vpc-c" })), "no");
    assert.equal(may(between({ acceptStatus: UNKNOWN }), accepter()), "yes");
    assert.equal(may(between({ peerVpcId: "vpc-c" }), { ...between(), urn: "second" }), "yes");
  });

  it("may perhaps while a Region isn't known", () => {
    assert.equal(may(between({ region: UNKNOWN, peerRegion: "ap-northeast-3" })), "perhaps");
    assert.equal(may(between({ region: "ap-northeast-1", peerRegion: UNKNOWN })), "perhaps");
    assert.equal(may(between({ peerRegion: "ap-northeast-3" })), "perhaps");
    assert.equal(may(between({ region: "ap-northeast-1" })), "yes");
  });

  it("are in the Regions that the names of the VPCs' zones tell", () => {
    const placed = (first: string, second: string, props: Record<string, Value> = {}) => {
      const zone = (name: string, availabilityZone: string) =>
        resource("aws:ec2/subnet:Subnet", `subnet-${name}`, { vpcId: `vpc-${name}`, availabilityZone });
      const all = [a, b, zone("a", first), zone("b", second), between(props)];
      return peersInOneRegion(new Links(all), to(a), to(b));
    };
    assert.equal(placed("us-east-1a", "us-east-1c"), "yes");
    assert.equal(placed("us-east-1a", "us-west-2a"), "no");
    assert.equal(placed("us-east-1a", "zone", { peerRegion: "us-west-2" }), "no");
    assert.equal(placed("us-east-1a", "zone", { peerRegion: "us-east-1" }), "yes");
  });

  it("are in the Regions of the VPCs' providers where the peering says nothing", () => {
    const placed = (first: Value, second: Value) => {
      const [one, other] = [vpc("vpc-a", first), vpc("vpc-b", second)];
      return peersInOneRegion(new Links([one, other, between()]), to(one), to(other));
    };
    assert.equal(placed("ap-northeast-1", "ap-northeast-1"), "yes");
    assert.equal(placed("ap-northeast-1", "ap-northeast-3"), "no");
    assert.equal(placed(UNKNOWN, "ap-northeast-3"), "perhaps");
  });
});

describe("the peerings of a VPC", () => {
  const peersOf = (own: Resource, ...peerings: readonly Resource[]) =>
    peeringsOf(new Links([a, b, c, ...peerings]), to(own))
      .filter(({ answer }) => answer !== "no")
      .map(({ answer, other }) => [answer, other.id]);

  it("are those that it asked for and those that it was asked for, once each", () => {
    assert.deepEqual(peersOf(a, between()), [["yes", "vpc-b"]]);
    assert.deepEqual(peersOf(b, between(), accepter()), [["yes", "vpc-a"]]);
    assert.deepEqual(peersOf(c, between()), []);
  });

  it("are open while they aren't known to be accepted, and none before", () => {
    assert.deepEqual(peersOf(a, between({ acceptStatus: UNKNOWN })), [["perhaps", "vpc-b"]]);
    assert.deepEqual(peersOf(a, between({ acceptStatus: "pending-acceptance" })), []);
  });
});
