import type { Links } from "../../reachability/links";
import { remembered } from "../../reachability/remembered";
import { hasDependencies, type Resource } from "../../reachability/resources";
import { textsIn } from "../../reachability/texts";
import { bad, type Check, good, pending } from "../check";

const adoptedType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ruleType = /^aws:(?:ec2\/securityGroupRule|vpc\/securityGroup(?:In|E)gressRule):/;

/**
 * Does anything but rules and other groups name the group: what wears it, an attachment, an output of the stack? The group that AWS makes with a VPC is
 * there whether anybody wears it or not.
 */
export function unusedGroup(links: Links, group: Resource): Check {
  if (group.type === adoptedType) return good;
  const { texts, urns, isUntold, isOpen } = remembered(links, "what names groups", () => namesIn(links));
  const { id } = group.props;
  if (urns.has(group.urn) || (typeof id === "string" && texts.has(id))) return good;
  if (typeof id === "string" ? isOpen : isUntold)
    return pending(`whether anything wears security group "${group.name}"`);
  return bad(
    `nothing in the stack wears security group ${typeof id === "string" ? id : `"${group.name}"`}, and no output gives it out`,
    "remove it, or put it on what it was made for",
  );
}

function namesIn(links: Links) {
  const texts = new Set<string>();
  const urns = new Set<string>();
  // Without an id a group is known by its URN alone, which not every source tells; and behind a value that isn't known may be any.
  let [isUntold, isOpen] = [false, false];
  for (const resource of links.all()) {
    if (ruleType.test(resource.type) || /:(?:DefaultS|S)ecurityGroup$/.test(resource.type)) continue;
    const tellsUrns = hasDependencies(resource);
    const named = textsIn(resource.props);
    named.texts.forEach((text) => texts.add(text));
    isOpen ||= !named.isWhole && !tellsUrns;
    isUntold ||= !tellsUrns;
    for (const behind of Object.values(resource.propertyDependencies)) for (const urn of behind) urns.add(urn);
  }
  return { texts, urns, isUntold, isOpen };
}
