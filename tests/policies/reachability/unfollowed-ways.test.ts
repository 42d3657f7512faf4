import assert from "node:assert/strict";
import { type Input, Stack } from "../stack";
import { addVpc, ask, blocked, type Id, undetermined, verdicts } from "./routed-vpcs";

const associationType = "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation";

/** Three VPCs that nothing joins. */
function apart() {
  const stack = new Stack();
  const vpcOf = (at: number) => addVpc(stack, at, () => []).vpc;
  vpcOf(2);
  return { stack, client: vpcOf(0), server: vpcOf(1) };
}

describe("VPC Lattice between two VPCs", () => {
  const joined = (type: string, inputs: (vpc: Id) => Record<string, Input>) => {
    const { stack, client, server } = apart();
    stack.add(associationType, "client", { vpcIdentifier: client, serviceNetworkIdentifier: "sn-1" });
    stack.add(type, "server", inputs(server));
    return stack;
  };
  const servers: Readonly<Record<string, (vpc: Id) => Record<string, Input>>> = {
    "aws:vpclattice/targetGroup:TargetGroup": (vpc) => ({
      type: "INSTANCE",
      config: { vpcIdentifier: vpc, port: 443 },
    }),
    "aws:vpclattice/resourceGateway:ResourceGateway": (vpc) => ({ vpcId: vpc }),
  };
  for (const [type, inputs] of Object.entries(servers)) {
    it(`leaves open what it carries to where a ${type} is, and nothing else`, () => {
      for (const deployed of [true, false]) {
        const resources = joined(type, inputs).resources(deployed);
        const found = ask(resources, "v0", "v1");
        assert.deepEqual([found.request, found.connection], undetermined);
        assert.match(found.unknowns?.join() ?? "", /what the service network of .* carries to/u);
        assert.deepEqual(verdicts(resources, "v0", "v2"), blocked);
        assert.deepEqual(verdicts(resources, "v2", "v1"), blocked);
      }
    });
  }

  it("carries nothing where no VPC with the sender is associated", () => {
    const { stack, server } = apart();
    stack.add("aws:vpclattice/targetGroup:TargetGroup", "server", { config: { vpcIdentifier: server } });
    assert.deepEqual(verdicts(stack.resources(true), "v0", "v1"), blocked);
  });
});

describe("what carries from the internet to private parties", () => {
  const doors: Readonly<Record<string, readonly [type: string, inputs: (arn: Input) => Record<string, Input>]>> = {
    "Global Accelerator": [
      "aws:globalaccelerator/endpointGroup:EndpointGroup",
      (endpointId) => ({ listenerArn: "arn:1", endpointConfigurations: [{ endpointId, weight: 100 }] }),
    ],
    "a VPC origin of CloudFront": [
      "aws:cloudfront/vpcOrigin:VpcOrigin",
      (arn) => ({ vpcOriginEndpointConfig: { arn, httpPort: 80, httpsPort: 443 } }),
    ],
  };
  for (const [what, [type, inputs]] of Object.entries(doors)) {
    it(`is left open: ${what}`, () => {
      for (const deployed of [true, false]) {
        const stack = new Stack();
        const { subnet, group } = addVpc(stack, 0, () => []);
        const named = stack.add(
          "aws:ec2/instance:Instance",
          "behind",
          { subnetId: subnet, vpcSecurityGroupIds: [group] },
          { arn: "arn:aws:ec2:ap-northeast-1:1:instance/i-1" },
        );
        stack.add(type, "door", inputs(named.of("arn")));
        const resources = stack.resources(deployed);
        assert.deepEqual(verdicts(resources, "internet", "behind"), undetermined);
        assert.deepEqual(verdicts(resources, "internet", "v0"), blocked);
      }
    });
  }

  it("may be named by an elastic address, or by a subnet", () => {
    const stack = new Stack();
    const { subnet } = addVpc(stack, 0, () => []);
    addVpc(stack, 1, () => []);
    const type = "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup";
    stack.add(type, "door", { listenerArn: "arn:1", endpointConfigurations: [{ endpointId: subnet }] });
    assert.deepEqual(verdicts(stack.resources(true), "internet", "v0"), undetermined);
    assert.deepEqual(verdicts(stack.resources(true), "internet", "v1"), blocked);
  });
});
