import { followList, type ListLink } from "../../reachability/links";
import { scalingGroupType } from "../../reachability/managed-parties";
import type { Network } from "../../reachability/network";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { subnetsAmong } from "../../reachability/subnets-among";
import { sameVpc, subnetTypes } from "../../reachability/vpcs";
import { bad, type Check, pending } from "../check";
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
  const spread = enough(count, zones, subject, `give it subnets in at least ${zones} zones`);
  return others.length > 0 ? spread : [...spread, ...manyEnough(group, subject, zones)];
}

/** Fewer machines than zones can't stand in all of them. A group that may be empty promises nothing, as one that works off a queue. */
function manyEnough(group: Resource, subject: string, zones: number): readonly Check[] {
  const least = given(group, "minSize");
  if (least === UNKNOWN) return [pending(`the minSize of ${subject}`)];
  if (typeof least !== "number" || least === 0 || least >= zones) return [];
  const what = `${subject} keeps ${least} ${least === 1 ? "machine" : "machines"} for ${zones} Availability Zones`;
  return [
    bad(
      `${what} (minSize): while a zone is down, nothing may be left until another is launched`,
      `set minSize: ${zones} or more`,
    ),
  ];
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
