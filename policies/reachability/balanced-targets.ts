import type { Links } from "./links";
import type { Party } from "./parties";
import { given } from "./resources";

/** May a load balancer forward to the party? Then it is reached by addresses that aren't its own. */
export function mayBeBalanced(links: Links, { kind, resource }: Party): boolean {
  if (kind === "group") {
    const attached = links
      .ofTypes("aws:autoscaling/attachment:Attachment")
      .some((each) => links.follow(each, "autoscalingGroupName", resource.type).candidates.includes(resource));
    return attached || ["targetGroupArns", "loadBalancers"].some((key) => given(resource, key) !== undefined);
  }
  return links
    .ofTypes(
      "aws:lb/targetGroupAttachment:TargetGroupAttachment",
      "aws:alb/targetGroupAttachment:TargetGroupAttachment",
    )
    .some((each) => links.follow(each, "targetId", resource.type).candidates.includes(resource));
}
