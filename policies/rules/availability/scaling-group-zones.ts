import { followList, type ListLink } from "../../reachability/links";
import { scalingGroupType } from "../../reachability/managed-parties";
import type { Network } from "../../reachability/network";
import { label, type Resource, UNKNOWN } from "../../reachability/resources";
import { subnetsAmong } from "../../reachability/subnets-among";
import { sameVpc, subnetTypes } from "../../reachability/vpcs";
import type { Check } from "../check";
import { launchedTag } from "../tags";
import { enough, joined, namedZones, zonesOf } from "./zone-count";

export function scalingGroupChecks(
  network: Network,
  group: Resource,
  { zones, togetherBy }: { readonly zones: number; readonly togetherBy: string },
): readonly Check[] {
  const subject = `Auto Scaling group ${label(group)}`;
  const own = scalingGroupSubnets(network, group);
  // The zones that AWS says the group has are those of its subnets, whoever has made them.
  const named = own.outside.length > 0 || own.absent ? namedZones(group, "availabilityZones") : undefined;
  const others = togetherBy === "" ? [] : fellows(network, group, own, togetherBy);
  const isTold = named !== undefined && (others.length === 0 || named.least >= zones);
  const count = isTold ? named : zonesOf(network, subject, joined(own, ...others));
  return enough(count, zones, subject, `give it subnets in at least ${zones} zones`);
}

export function scalingGroupSubnets({ links }: Network, group: Resource): ListLink {
  const list = followList(links, group, "vpcZoneIdentifiers", subnetTypes);
  return list.absent ? { ...list, outside: [undefined] } : list;
}

/** The subnets of the other groups with the same tag, in the same VPC. */
function fellows(network: Network, group: Resource, own: ListLink, key: string): readonly ListLink[] {
  const value = launchedTag(network.links, group, key);
  if (value === undefined) return [];
  const [home] = subnetsAmong(network.subnets, [...own.certain, ...own.possible]);
  return network.links.ofTypes(scalingGroupType).flatMap((other): ListLink[] => {
    const theirs = launchedTag(network.links, other, key);
    if (other === group || theirs === undefined) return [];
    const isOpen = value === UNKNOWN || theirs === UNKNOWN;
    if (!isOpen && value !== theirs) return [];
    const list = scalingGroupSubnets(network, other);
    const isNear = (resource: Resource) => {
      const [subnet] = subnetsAmong(network.subnets, [resource]);
      return home === undefined || subnet === undefined ? "perhaps" : sameVpc(home.vpc, subnet.vpc);
    };
    const certain = isOpen ? [] : list.certain.filter((each) => isNear(each) === "yes");
    const possible = [...list.certain, ...list.possible].filter(
      (each) => !certain.includes(each) && isNear(each) !== "no",
    );
    return [{ ...list, certain, possible, someOfPossible: false }];
  });
}
