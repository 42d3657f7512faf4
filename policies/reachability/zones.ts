import { any, type Certainty, certaintyOf } from "./certainty";
import { given } from "./resources";
import { sameVpc, type Subnet } from "./vpcs";

/**
 * Are two subnets in one Availability Zone? Ids of zones tell, and within one account so do their names, which another account may have for other
 * zones (RAM guide, "Availability Zone IDs"). Different providers may be of different accounts.
 */
export function sameZone(a: Subnet, b: Subnet): Certainty {
  if (a.resource === b.resource) return "yes";
  const keys = inOneAccount(a, b) ? ["availabilityZoneId", "availabilityZone"] : ["availabilityZoneId"];
  const known = keys.flatMap((key): Certainty[] => {
    const [one, other] = [given(a.resource, key), given(b.resource, key)];
    return typeof one === "string" && typeof other === "string" ? [certaintyOf(one === other)] : [];
  });
  return known[0] ?? "perhaps";
}

function inOneAccount(a: Subnet, b: Subnet): boolean {
  // All subnets of a VPC are its owner's.
  if (sameVpc(a.vpc, b.vpc) === "yes") return true;
  const [one, other] = [given(a.resource, "ownerId"), given(b.resource, "ownerId")];
  if (typeof one === "string" && typeof other === "string") return one === other;
  return a.resource.provider?.urn === b.resource.provider?.urn;
}

/** Is a subnet in one of the zones of some others? */
export function inZonesOf(others: readonly Subnet[], subnet: Subnet): Certainty {
  return any(...others.map((each) => sameZone(each, subnet)));
}
