import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addVpc, ask, blocked, type Id, undetermined, verdicts } from "./routed-vpcs";

const office = "192.168.1.5";

function entered(joint?: (stack: Stack, vpcId: Id, subnetId: Id) => void, groups?: readonly object[]): Stack {
  const stack = new Stack();
  const { vpc, subnet } = addVpc(stack, 0, () => [{ cidrBlock: "192.168.0.0/16", gatewayId: "vgw-of-others" }]);
  if (groups !== undefined) {
    const inputs = { vpcId: vpc, ingress: groups as never, egress: [] };
    const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "narrow", inputs).id;
    stack.add("aws:ec2/instance:Instance", "narrow", { subnetId: subnet, vpcSecurityGroupIds: [group] });
  }
  joint?.(stack, vpc, subnet);
  return stack;
}

const vpn = (stack: Stack, vpcId: Id) => void stack.add("aws:ec2/vpnGateway:VpnGateway", "main", { vpcId });

describe("a sender at a private address of nothing in the network", () => {
  it("doesn't come into a VPC that nothing joins to other networks", () => {
    const found = ask(entered().resources(true), office, "v0");
    assert.equal(found.request, "blocked");
    assert.match(found.blockedBy?.what ?? "", /nothing joins the VPC of instance-v0/u);
  });

  const joints: Readonly<Record<string, (stack: Stack, vpcId: Id, subnetId: Id) => void>> = {
    "a virtual private gateway": vpn,
    "a transit gateway": (stack, vpcId, subnetId) => {
      const inputs = { vpcId, subnetIds: [subnetId], transitGatewayId: "tgw-1" };
      stack.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "main", inputs);
    },
    "a peering with a VPC of others": (stack, vpcId) => {
      const inputs = { vpcId, peerVpcId: "vpc-of-others" };
      stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", inputs, { acceptStatus: "active" });
    },
    "a core network": (stack, vpcId) => {
      stack.add("aws:networkmanager/vpcAttachment:VpcAttachment", "core", { vpcArn: vpcId });
    },
  };
  for (const [what, joint] of Object.entries(joints)) {
    it(`may come by ${what}`, () => {
      for (const deployed of [true, false]) {
        const found = ask(entered(joint).resources(deployed), office, "v0");
        assert.deepEqual([found.request, found.connection], undetermined);
        assert.match(found.unknowns?.join() ?? "", /what lies at 192\.168\.1\.5/u);
      }
    });
  }

  it("may come by a Client VPN of the VPC, whatever the groups say of its own address", () => {
    const type = "aws:ec2clientvpn/networkAssociation:NetworkAssociation";
    const associated = (subnetOf: "own" | "other") =>
      entered((made, _, own) => {
        const other = addVpc(made, 1, () => []).subnet;
        made.add(type, "clients", { clientVpnEndpointId: "cvpn-1", subnetId: subnetOf === "own" ? own : other });
      }, []);
    assert.deepEqual(verdicts(associated("own").resources(true), office, "narrow"), undetermined);
    assert.deepEqual(verdicts(associated("other").resources(true), office, "narrow"), blocked);
  });

  it("doesn't come by a peering with a VPC of the network: its address would be there", () => {
    const stack = entered((made, vpcId) => {
      const other = addVpc(made, 1, () => []);
      const inputs = { vpcId, peerVpcId: other.vpc, autoAccept: true };
      made.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", inputs);
    });
    assert.deepEqual(verdicts(stack.resources(true), office, "v0"), blocked);
  });

  it("doesn't come past the groups of its target", () => {
    const only = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["192.168.0.0/16"] };
    const resources = entered(vpn, [only]).resources(true);
    assert.deepEqual(verdicts(resources, office, "narrow"), blocked);
    assert.deepEqual(verdicts(resources, office, "narrow", { dstPort: 22 }), undetermined);
    assert.deepEqual(verdicts(resources, "172.16.0.1", "narrow", { dstPort: 22 }), blocked);
  });
});
