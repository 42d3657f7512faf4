import { isExactly, type Links, mayBe } from "../../reachability/links";
import { elements, given, items, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Rule } from "../rule";

const groupType = "aws:autoscaling/group:Group";
const attachmentType = "aws:autoscaling/attachment:Attachment";

export const healthChecked: Rule = {
  id: "health-checked",
  title: "Groups behind a load balancer replace what it finds unhealthy",
  proves:
    "Proves that every Auto Scaling group with load balancer targets takes the load balancer's health checks as its own.",
  why:
    "By default a group only sees whether an instance runs. One whose server hangs is taken out of service by the load balancer, " +
    "but never replaced: each such fault costs capacity for good.",
  sources: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html"],
  fix: 'Set healthCheckType: "ELB" on the group.',
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [{ framework: "AWS Foundational Security Best Practices", id: "AutoScaling.1" }],
  tags: ["availability", "load balancing"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no Auto Scaling group with load balancer targets.",
  judge: ({ links }) =>
    links.ofTypes(groupType).flatMap((group) => {
      const balanced = isBalanced(links, group);
      const question = `it can't be told whether group ${label(group)} replaces what its load balancer finds unhealthy`;
      return balanced === "no" ? [] : [findingOf(group, question, [checkOf(group, balanced)])];
    }),
};

function checkOf(group: Resource, balanced: "yes" | "perhaps"): Check {
  const kind = given(group, "healthCheckType");
  if (typeof kind === "string" && kind.split(",").some((each) => each.trim() === "ELB")) return good;
  if (kind === UNKNOWN) return pending("what its healthCheckType is");
  if (balanced === "perhaps") return pending("whether it has load balancer targets");
  const now = kind === undefined ? "isn't set, which means EC2" : `is ${JSON.stringify(kind)}`;
  return bad(
    `group ${label(group)} never replaces what its load balancer finds unhealthy: healthCheckType ${now}`,
    'set healthCheckType: "ELB"',
  );
}

const targetLists = ["targetGroupArns", "loadBalancers", "trafficSources"];

/** Does a load balancer send to the group, by a list of its own or by an attachment? */
function isBalanced(links: Links, group: Resource): "yes" | "no" | "perhaps" {
  const lists = targetLists.map((key) => items(given(group, key)));
  const attachments = links
    .ofTypes(attachmentType)
    .map((each) => links.follow(each, "autoscalingGroupName", groupType));
  const isListed = lists.some((list) => list !== UNKNOWN && elements(list).length > 0);
  if (isListed || attachments.some((link) => isExactly(link, group))) return "yes";
  return lists.includes(UNKNOWN) || attachments.some((link) => mayBe(link, group)) ? "perhaps" : "no";
}
