import { any, type Certainty } from "./certainty";
import { given, UNKNOWN } from "./resources";
import type { Subnet } from "./vpcs";

/** Are two subnets in one Availability Zone? Zones are named per account and have ids besides; either will do. */
export function sameZone(a: Subnet, b: Subnet): Certainty {
  if (a.resource === b.resource) return "yes";
  const known = ["availabilityZone", "availabilityZoneId"].flatMap((key): Certainty[] => {
    const [one, other] = [given(a.resource, key), given(b.resource, key)];
    if (one === undefined || other === undefined || one === UNKNOWN || other === UNKNOWN) return [];
    return [one === other ? "yes" : "no"];
  });
  return known[0] ?? "perhaps";
}

/** Is a subnet in one of the zones of some others? */
export function inZonesOf(others: readonly Subnet[], subnet: Subnet): Certainty {
  return any(...others.map((each) => sameZone(each, subnet)));
}
