import assert from "node:assert/strict";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { referablePeer } from "../../../policies/reachability/group-references";
import { Links } from "../../../policies/reachability/links";
import type { Direction } from "../../../policies/reachability/network-acls";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import type { Groups } from "../../../policies/reachability/security-groups";
import type { InterfaceSite } from "../../../policies/reachability/sites";
import { readSubnets } from "../../../policies/reachability/vpcs";
import { resource } from "./plain-resource";

const network = ["a", "b"].flatMap((name) => [
  resource("aws:ec2/vpc:Vpc", `vpc-${name}`, {}),
  resource("aws:ec2/subnet:Subnet", `subnet-${name}`, { vpcId: `vpc-${name}` }),
]);
const group = (name: string) => resource("aws:ec2/securityGroup:SecurityGroup", name, {});
const [own, other] = [group("sg-own"), group("sg-other")];
const theirs: Groups = { certain: [own], possible: [other], outside: ["a list"] };
const perhapsTheirs: Groups = { certain: [], possible: [own, other], outside: ["a list"] };

/** The other end as the rules of a direction see it; traffic goes from subnet a to subnet b, or stays in a. */
function peer(
  more: readonly Resource[],
  {
    direction = "ingress",
    inside = false,
    change = {},
  }: { direction?: Direction; inside?: boolean; change?: object } = {},
) {
  const links = new Links([...network, ...more]);
  const [first, second] = readSubnets(links);
  assert.ok(first && second);
  const site = (subnet: typeof first, groups: Groups | undefined): InterfaceSite => ({
    kind: "interface",
    hop: { what: "it" },
    label: "it",
    subnet,
    addresses: IntervalSet.range(1, 1),
    exact: true,
    groups,
    publicAddress: "no",
    publicAddresses: IntervalSet.empty,
    referable: true,
    ...change,
  });
  const none: Groups = { certain: [], possible: [], outside: [] };
  const [from, to] = direction === "ingress" ? [theirs, none] : [none, theirs];
  return referablePeer(links, site(first, from), site(inside ? first : second, to), direction);
}

const peering = (props: Record<string, Value> = {}) =>
  resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx-1", {
    vpcId: "vpc-a",
    peerVpcId: "vpc-b",
    acceptStatus: "active",
    ...props,
  });
const enable = { securityGroupReferencingSupport: "enable" };
const attachment = (name: string, props: Record<string, Value> = enable, gateway: Value = "tgw-1") =>
  resource("aws:ec2transitgateway/vpcAttachment:VpcAttachment", `attachment-${name}`, {
    vpcId: `vpc-${name}`,
    transitGatewayId: gateway,
    ...props,
  });
const hub = (props: Record<string, Value> = enable, name = "tgw-1") =>
  resource("aws:ec2transitgateway/transitGateway:TransitGateway", name, props);

describe("groups that rules may refer to", () => {
  for (const direction of ["ingress", "egress"] as const) {
    it(`are those of the other end in one VPC, ${direction}`, () => {
      assert.deepEqual(peer([], { direction, inside: true }), theirs);
    });

    it(`are those of the other end over a peering, ${direction}`, () => {
      assert.deepEqual(peer([peering()], { direction }), theirs);
      assert.deepEqual(peer([peering({ acceptStatus: UNKNOWN })], { direction }), perhapsTheirs);
    });

    it(`are none between VPCs that nothing joins, ${direction}`, () => {
      assert.equal(peer([], { direction }), undefined);
    });
  }

  it("are none of an end that isn't seen by its own address, or has no groups", () => {
    assert.equal(peer([], { inside: true, change: { referable: false } }), undefined);
    assert.equal(peer([], { inside: true, change: { groups: undefined } }), undefined);
    assert.equal(peer([peering({ acceptStatus: UNKNOWN })], { change: { groups: undefined } }), undefined);
  });

  it("are the sender's over a transit gateway where gateway and both attachments support it; never the receiver's", () => {
    const all = [hub(), attachment("a"), attachment("b")];
    assert.deepEqual(peer(all), theirs);
    assert.equal(peer(all, { direction: "egress" }), undefined);
    const disable = { securityGroupReferencingSupport: "disable" };
    assert.equal(peer([hub(disable), attachment("a"), attachment("b")]), undefined);
    assert.equal(peer([hub(), attachment("a", disable), attachment("b")]), undefined);
    assert.equal(peer([hub(), attachment("a"), attachment("b", disable)]), undefined);
    assert.equal(peer([hub(), attachment("a", {}), attachment("b")]), undefined);
  });

  it("are perhaps the sender's while the support isn't known", () => {
    const unknown: Record<string, Value> = { securityGroupReferencingSupport: UNKNOWN };
    assert.deepEqual(peer([hub(unknown), attachment("a"), attachment("b")]), perhapsTheirs);
    assert.deepEqual(peer([hub(), attachment("a"), attachment("b", unknown)]), perhapsTheirs);
  });

  it("are perhaps the sender's over a gateway of which nothing is known, as it stands outside or may be either of two", () => {
    assert.deepEqual(peer([attachment("a"), attachment("b")]), perhapsTheirs);
    const disable = { securityGroupReferencingSupport: "disable" };
    const either = [hub(), hub(disable, "tgw-2"), attachment("a", enable, UNKNOWN), attachment("b")];
    assert.deepEqual(peer(either), perhapsTheirs);
    assert.deepEqual(peer([hub(), attachment("a", enable, UNKNOWN), attachment("b")]), perhapsTheirs);
  });

  it("are perhaps the sender's while an attachment may be another VPC's", () => {
    const anyVpc: Record<string, Value> = { ...enable, vpcId: UNKNOWN };
    assert.deepEqual(peer([hub(), attachment("a", anyVpc), attachment("b")]), perhapsTheirs);
    assert.deepEqual(peer([hub(), attachment("a"), attachment("b", anyVpc)]), perhapsTheirs);
  });

  it("are none over two gateways", () => {
    const two = [hub(), hub(enable, "tgw-2"), attachment("a"), attachment("b", enable, "tgw-2")];
    assert.equal(peer(two), undefined);
    assert.equal(peer([hub(), attachment("a")]), undefined);
  });
});
