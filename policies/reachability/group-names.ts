import type { Link, Links } from "./links";
import { elements, given, type Resource, UNKNOWN } from "./resources";

/** Groups that a launch names instead of giving their ids, as it may in a default VPC (EC2 API, RunInstances, "SecurityGroup.N"). */
export interface NamedGroups {
  readonly certain: readonly Resource[];
  readonly possible: readonly Resource[];
  readonly outside: readonly string[];
}

/** Undefined where none is named. Of one name every VPC may have a group; "default" is the one that AWS made with the VPC. */
export function namedGroups(
  links: Links,
  launch: Resource,
  vpc: Link,
  types: readonly string[],
): NamedGroups | undefined {
  const names = ["securityGroups", "securityGroupNames"].flatMap((key) => elements(given(launch, key)));
  if (names.length === 0) return undefined;
  const found = names.map((name): NamedGroups => {
    const none = { certain: [], possible: [], outside: [] };
    if (name === "default" && vpc.candidates.length === 1 && !vpc.external) return { ...none, certain: vpc.candidates };
    const groups = links.ofTypes(...types).filter(({ props }) => [name, UNKNOWN].includes(props.name ?? UNKNOWN));
    const [only] = groups;
    if (typeof name !== "string" || only === undefined)
      return {
        ...none,
        possible: groups,
        outside: [`security group ${typeof name === "string" ? name : "that isn't known"}`],
      };
    return groups.length === 1 && only.props.name === name
      ? { ...none, certain: groups }
      : { ...none, possible: groups };
  });
  return {
    certain: found.flatMap(({ certain }) => certain),
    possible: found.flatMap(({ possible }) => possible),
    outside: found.flatMap(({ outside }) => outside),
  };
}
