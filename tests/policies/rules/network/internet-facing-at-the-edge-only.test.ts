import { internetFacingAtTheEdgeOnly } from "../../../../policies/rules/network/internet-facing-at-the-edge-only";
import { edgeStack, group } from "../../edge-stack";
import { Stack } from "../../stack";
import { describePlanted } from "../planted";

describe("internet-facing-at-the-edge-only (M1, M5)", () => {
  describePlanted(internetFacingAtTheEdgeOnly, {
    "only the load balancer faces the internet": { stack: () => edgeStack(), answer: "proved" },
    "a server has a public address of its own": {
      stack: () => edgeStack({ web: { associatePublicIpAddress: true } }),
      answer: "violated",
      words:
        /^the internet reaches instance-web straight by tcp\/443:\nthe internet → internetgateway-main → the public address of instance-web → .* → security group securitygroup-open lets it into instance-web .*\nFix: take the public address/u,
    },
    "a server with a public address that the settings name by its role": {
      stack: () => edgeStack({ web: { associatePublicIpAddress: true } }),
      config: { internetFacing: ["web"] },
      answer: "proved",
    },
    "a public address that no rule lets anything in at": {
      stack: () =>
        edgeStack({
          plant: ({ stack, vpc, inside }) => {
            const closed = group(stack, vpc, "closed", { ingress: [], egress: [] });
            stack.add("aws:ec2/instance:Instance", "closed", {
              subnetId: inside.id,
              vpcSecurityGroupIds: [closed.id],
              associatePublicIpAddress: true,
            });
          },
        }),
      answer: "proved",
    },
    "an elastic address at an imported interface without tags": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside, open }) => {
            const own = { subnetId: inside.id, securityGroups: [open.id] };
            const { id } = stack.add("aws:ec2/networkInterface:NetworkInterface", "bare", own);
            stack.add("aws:ec2/eip:Eip", "bare", { networkInterface: id });
          },
        }),
      answer: "violated",
      words: /the internet reaches networkinterface-bare straight/u,
    },
    "an Auto Scaling group whose launch template gives public addresses": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside, open }) => {
            const interfaces = [{ associatePublicIpAddress: "true", securityGroups: [open.id] }];
            const template = { networkInterfaces: interfaces, imageId: "ami-1", instanceType: "t4g.small" };
            const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "fleet", template);
            const inputs = { vpcZoneIdentifiers: [inside.id], launchTemplate: { id }, minSize: 1, maxSize: 2 };
            stack.add("aws:autoscaling/group:Group", "fleet", inputs);
          },
        }),
      answer: "violated",
    },
    "a function in the VPC never has a public address": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside }) => {
            stack.add("aws:lambda/function:Function", "job", { vpcConfig: { subnetIds: [inside.id] } });
          },
        }),
      answer: "proved",
    },
    "what CloudFront carries to a server isn't known": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside, open }) => {
            const own = { subnetId: inside.id, vpcSecurityGroupIds: [open.id], associatePublicIpAddress: false };
            const outputs = { arn: "arn:aws:ec2:::instance/origin" };
            const server = stack.add("aws:ec2/instance:Instance", "origin", own, outputs);
            const config = { arn: server.of("arn"), httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" };
            stack.add("aws:cloudfront/vpcOrigin:VpcOrigin", "front", { vpcOriginEndpointConfig: config });
          },
        }),
      answer: "undetermined",
      words: /what vpcorigin-front .* carries to instance-origin/u,
    },
    "a stack without a network": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
