import { all, type Certainty } from "../reachability/certainty";
import { given, type Resource, UNKNOWN, type Value } from "../reachability/resources";

/** Are both in one account and Region, as far as their providers tell? A setting of an account holds in one Region of it. */
export function inOnePlace(one: Resource, other: Resource): Certainty {
  return all(sameProvider(one, other), same(given(one, "region"), given(other, "region")));
}

function sameProvider(one: Resource, other: Resource): Certainty {
  return one.provider?.urn === other.provider?.urn ? "yes" : "perhaps";
}

function same(one: Value, other: Value): Certainty {
  if (one === UNKNOWN || other === UNKNOWN) return "perhaps";
  if (one === other) return "yes";
  return one === undefined || other === undefined ? "perhaps" : "no";
}
