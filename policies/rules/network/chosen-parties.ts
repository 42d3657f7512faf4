import { matches } from "../../exemptions";
import { any, type Certainty } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import { instancesWith } from "../../reachability/network-interfaces";
import type { Party } from "../../reachability/parties";
import { type Resource, UNKNOWN } from "../../reachability/resources";
import { launchedTag } from "../tags";

/** Says of a setting that names parties what it may hold. */
export const namesParties = "Roles (tag `Role`), logical names, ids, or URNs with `*`";

/** Is a party one that a setting names? Open while its tag or its id isn't known. */
export function isChosen(links: Links, { resource }: Party, names: readonly string[]): Certainty {
  const owners = instancesWith(links, resource).map(({ instance }) => instance);
  return any(...[resource, ...owners].map((each) => isNamed(links, each, names)));
}

function isNamed(links: Links, resource: Resource, names: readonly string[]): Certainty {
  const { id } = resource.props;
  const role = launchedTag(links, resource, "Role");
  if (names.some((name) => name === role || name === id || name === resource.name || matches(name, resource.urn)))
    return "yes";
  if (names.length > 0 && role === UNKNOWN) return "perhaps";
  return id === UNKNOWN && names.some(looksLikeId) ? "perhaps" : "no";
}

/** "i-0a1b2c3d": what AWS gives a name before anybody else can. */
function looksLikeId(name: string): boolean {
  return /^[a-z]+-[0-9a-f]{8,17}$/.test(name);
}
