import { healthChecked } from "../../../../policies/rules/availability/health-checked";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type By = "targets" | "classic" | "source" | "attachment" | "nothing";

const group = (by: By, inputs: Record<string, Input>) => () => {
  const stack = new Stack();
  const target = stack.add("aws:lb/targetGroup:TargetGroup", "web", { port: 443 }, { arn: "arn:tg" });
  const lists: Readonly<Record<By, Record<string, Input>>> = {
    targets: { targetGroupArns: [target.of("arn")] },
    classic: { loadBalancers: ["classic"] },
    source: { trafficSources: [{ identifier: target.of("arn"), type: "elbv2" }] },
    attachment: {},
    nothing: {},
  };
  const made = stack.add(
    "aws:autoscaling/group:Group",
    "web",
    { minSize: 2, ...lists[by], ...inputs },
    { name: "web-1" },
  );
  if (by === "attachment")
    stack.add("aws:autoscaling/attachment:Attachment", "web", {
      autoscalingGroupName: made.of("name"),
      lbTargetGroupArn: target.of("arn"),
    });
  return stack;
};

describe("health-checked (M11)", () => {
  describePlanted(healthChecked, {
    "checked by its targets": { stack: group("targets", { healthCheckType: "ELB" }), answer: "proved" },
    "checked by its targets and its volumes": {
      stack: group("targets", { healthCheckType: "EBS,ELB" }),
      answer: "proved",
    },
    "checked as an instance only": {
      stack: group("targets", { healthCheckType: "EC2" }),
      answer: "violated",
      words: /group group-web never replaces .* is "EC2"\nFix: set healthCheckType: "ELB"/,
    },
    "not told": { stack: group("targets", {}), answer: "violated", words: /isn't set, which means EC2/ },
    "not told, classic load balancer": { stack: group("classic", {}), answer: "violated" },
    "not told, traffic source": { stack: group("source", {}), answer: "violated" },
    "not told, by an attachment": { stack: group("attachment", {}), answer: "violated" },
    "checked, by an attachment": { stack: group("attachment", { healthCheckType: "ELB" }), answer: "proved" },
    "behind nothing": { stack: group("nothing", {}), answer: "notApplicable" },
  });
});
