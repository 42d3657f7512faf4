import { egressThroughProxyOnly } from "../../../../policies/rules/network/egress-through-proxy-only";
import { edgeStack, group, type Made } from "../../edge-stack";
import { Stack } from "../../stack";
import { describePlanted } from "../planted";

const byNat = ({ nat }: Made) => ({ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id });

/** A relay with direct delivery, in a subnet with the NAT route, whose group lets out so many ports from 25 on. */
const relay =
  (role: string, last: number) =>
  ({ stack, vpc, inside }: Made): void => {
    const mail = group(stack, vpc, "mail", {
      ingress: [],
      egress: [{ protocol: "tcp", fromPort: 25, toPort: last, cidrBlocks: ["0.0.0.0/0"] }],
    });
    stack.add("aws:ec2/instance:Instance", "relay", {
      subnetId: inside.id,
      vpcSecurityGroupIds: [mail.id],
      associatePublicIpAddress: false,
      tags: { Role: role },
    });
  };

describe("egress-through-proxy-only (M5)", () => {
  describePlanted(egressThroughProxyOnly, {
    "only the proxy has a route out": { stack: () => edgeStack(), answer: "proved" },
    "another machine has a route to the NAT gateway": {
      stack: () => edgeStack({ webRoute: byNat }),
      answer: "violated",
      words:
        /^instance-web, which is no proxy, reaches the internet by .*:\n.*instance-web.* → .* → route table routetable-inside → natgateway-main → .*internetgateway-main → the internet\nFix: close this way of instance-web/u,
    },
    "it is a proxy by the settings": {
      stack: () => edgeStack({ webRoute: byNat }),
      config: { proxies: ["proxy", "web"] },
      answer: "proved",
    },
    "what may send mail sends nothing else": {
      stack: () => edgeStack({ web: { tags: { Role: "proxy" } }, webRoute: byNat, plant: relay("outbound", 25) }),
      answer: "proved",
    },
    "what may send mail sends something else too": {
      stack: () => edgeStack({ web: { tags: { Role: "proxy" } }, webRoute: byNat, plant: relay("outbound", 26) }),
      answer: "violated",
      words: /instance-relay, which is no proxy, reaches the internet by tcp\/26/u,
    },
    "mail is sent by what may not": {
      stack: () => edgeStack({ web: { tags: { Role: "proxy" } }, webRoute: byNat, plant: relay("relay", 25) }),
      answer: "violated",
      words: /by tcp\/25/u,
    },
    "a function in a subnet with a route out isn't followed": {
      stack: () =>
        edgeStack({
          web: { tags: { Role: "proxy" } },
          webRoute: byNat,
          plant: ({ stack, inside }) => {
            stack.add("aws:lambda/function:Function", "job", { vpcConfig: { subnetIds: [inside.id] } });
          },
        }),
      answer: "undetermined",
      words: /the traffic of function-job \(aws:lambda\/function:Function\), which isn't modelled/u,
    },
    "a function in a subnet without a route out has no way": {
      stack: () =>
        edgeStack({
          plant: ({ stack, data }) => {
            stack.add("aws:lambda/function:Function", "job", { vpcConfig: { subnetIds: [data.id] } });
          },
        }),
      answer: "proved",
    },
    "a stack without a proxy": {
      stack: () => edgeStack({ webRoute: byNat }),
      config: { proxies: ["squid"] },
      answer: "notApplicable",
    },
    "a stack without a network": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
