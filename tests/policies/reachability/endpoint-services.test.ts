import assert from "node:assert/strict";
import { type Input, Stack } from "../stack";
import { addMachine, addVpc, ask, blocked, undetermined, verdicts } from "./routed-vpcs";

/** "behind", in the VPC of v1, behind a network load balancer with an endpoint service; an endpoint of it in the VPC of v0. */
function shared(more: { readonly serviceName?: Input; readonly isClosed?: boolean } = {}) {
  const stack = new Stack();
  const [client, server] = [0, 1].map((at) => addVpc(stack, at, () => []));
  addVpc(stack, 2, () => []);
  if (client === undefined || server === undefined) throw new RangeError("two VPCs");
  const balancer = stack.add(
    "aws:lb/loadBalancer:LoadBalancer",
    "nlb",
    { loadBalancerType: "network", internal: true, subnets: [server.subnet], securityGroups: [server.group] },
    { arn: "arn:nlb" },
  );
  const target = stack.add(
    "aws:lb/targetGroup:TargetGroup",
    "nlb",
    { vpcId: server.vpc, port: 443, protocol: "TCP", targetType: "instance" },
    { arn: "arn:tg" },
  );
  stack.add("aws:lb/listener:Listener", "nlb", {
    ...{ loadBalancerArn: balancer.of("arn"), port: 443, protocol: "TCP" },
    defaultActions: [{ type: "forward", targetGroupArn: target.of("arn") }],
  });
  const targetId = addMachine(stack, "behind", server.subnet, server.group, "10.1.0.20");
  stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "behind", {
    targetGroupArn: target.of("arn"),
    targetId,
  });
  const closed = stack.add("aws:ec2/securityGroup:SecurityGroup", "closed", { vpcId: client.vpc, ingress: [] }).id;
  const service = stack.add(
    "aws:ec2/vpcEndpointService:VpcEndpointService",
    "own",
    { networkLoadBalancerArns: [balancer.of("arn")], acceptanceRequired: false },
    { serviceName: "com.amazonaws.vpce.ap-northeast-1.vpce-svc-1" },
  );
  stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "door", {
    ...{ vpcId: client.vpc, vpcEndpointType: "Interface", subnetIds: [client.subnet] },
    serviceName: more.serviceName ?? service.of("serviceName"),
    securityGroupIds: [more.isClosed === true ? closed : client.group],
  });
  return stack;
}

describe("an endpoint service of the network's own", () => {
  for (const deployed of [true, false]) {
    it(`leaves open what an endpoint of it carries to the targets (${deployed ? "deployed" : "preview"})`, () => {
      const resources = shared().resources(deployed);
      const found = ask(resources, "v0", "behind");
      assert.deepEqual([found.request, found.connection], undetermined);
      assert.match(found.unknowns?.join() ?? "", /what lies behind endpoint/u);
      assert.deepEqual(verdicts(resources, "v2", "behind"), blocked);
      assert.deepEqual(verdicts(resources, "v0", "v2"), blocked);
    });
  }

  it("carries nothing for who doesn't reach the endpoint, nor by endpoints of other services", () => {
    assert.deepEqual(verdicts(shared({ isClosed: true }).resources(true), "v0", "behind"), blocked);
    const other = shared({ serviceName: "com.amazonaws.ap-northeast-1.logs" });
    assert.deepEqual(verdicts(other.resources(true), "v0", "behind"), blocked);
  });
});
