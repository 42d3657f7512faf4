import { dbNoInternetIngress } from "../../../../policies/rules/network/db-no-internet-ingress";
import { edgeStack, type Made } from "../../edge-stack";
import { Stack } from "../../stack";
import { describePlanted } from "../planted";

/** An IP target of a load balancer at the edge: the address 10.0.3.9, of a machine in the database subnet. */
function balanced({ stack, vpc, edge, data, open }: Made): void {
  stack.add("aws:ec2/instance:Instance", "replica", {
    subnetId: data.id,
    vpcSecurityGroupIds: [open.id],
    privateIp: "10.0.3.9",
    associatePublicIpAddress: false,
  });
  const inputs = { loadBalancerType: "network", internal: false, subnets: [edge.id], securityGroups: [open.id] };
  const made = stack.add("aws:lb/loadBalancer:LoadBalancer", "direct", inputs, { arn: "arn:lb:direct" });
  const target = { port: 443, protocol: "TCP", targetType: "ip", vpcId: vpc.id };
  const targets = stack.add("aws:lb/targetGroup:TargetGroup", "direct", target, { arn: "arn:tg:direct" });
  stack.add("aws:lb/listener:Listener", "direct", {
    loadBalancerArn: made.of("arn"),
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.of("arn") }],
  });
  const attached = { targetGroupArn: targets.of("arn"), targetId: "10.0.3.9" };
  stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "direct", attached);
}

describe("db-no-internet-ingress (M1)", () => {
  describePlanted(dbNoInternetIngress, {
    "a database that is open to everybody, at no public address": { stack: () => edgeStack(), answer: "proved" },
    "a database with a public address": {
      stack: () => edgeStack({ database: { publiclyAccessible: true } }),
      answer: "violated",
      words:
        /^the internet reaches database instance-main by tcp\/5432:\nthe internet → internetgateway-main → the public address of instance-main → .*\nFix: close this way/u,
    },
    "a machine in the database subnet with a public address": {
      stack: () =>
        edgeStack({
          plant: ({ stack, data, open }) => {
            const inputs = { subnetId: data.id, vpcSecurityGroupIds: [open.id], associatePublicIpAddress: true };
            stack.add("aws:ec2/instance:Instance", "side", inputs);
          },
        }),
      answer: "violated",
      words: /the internet reaches instance-side by tcp\/443/u,
    },
    "a load balancer that forwards into the database subnet": {
      stack: () => edgeStack({ plant: balanced }),
      answer: "violated",
      words: /the internet reaches instance-replica by tcp\/443:\n.*load balancer/u,
    },
    "a machine elsewhere that the tag Role makes a database": {
      stack: () => edgeStack({ web: { tags: { Role: "database" }, associatePublicIpAddress: true } }),
      answer: "violated",
    },
    "a stack without a network": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
