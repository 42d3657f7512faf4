import { any, type Certainty, certaintyOf } from "./certainty";
import { templatesOf } from "./launch-templates";
import type { Links } from "./links";
import type { Party } from "./parties";
import { elements, field, given, items, type Resource, UNKNOWN, type Value } from "./resources";
import type { Subnet } from "./vpcs";

export type Family = "ipv4" | "ipv6";

/** Does a party's interface in a subnet have addresses of a family? A block of the subnet alone gives nothing an IPv6 address. */
export function hasFamily(links: Links, { kind, resource }: Party, subnet: Subnet, family: Family): Certainty {
  const isNative = certaintyOf(given(subnet.resource, "ipv6Native"));
  if (family === "ipv4") {
    if (isNative !== "no") return isNative === "yes" ? "no" : "perhaps";
    return typed(resource, kind === "endpoint" ? ["ipv6"] : kind === "mountTarget" ? ["IPV6_ONLY"] : [], "no") ?? "yes";
  }
  switch (kind) {
    case "unmodelled":
      return "perhaps";
    case "database":
      return typed(resource, ["DUAL"], "yes", "networkType") ?? "no";
    case "endpoint":
      return typed(resource, ["dualstack", "ipv6"], "yes") ?? "no";
    case "balancer":
      return typed(resource, ["dualstack", "dualstack-without-public-ipv4"], "yes") ?? "no";
    case "mountTarget":
      return typed(resource, ["DUAL_STACK", "IPV6_ONLY"], "yes") ?? "no";
    case "instance":
    case "group": {
      const chosen = chosenIpv6(resource);
      if (chosen !== undefined) return chosen;
      const launched = templatesOf(links, resource).flatMap(({ candidates, external }) => [
        ...candidates.map((template) => templateIpv6(template)),
        ...(external ? ["perhaps" as const] : []),
      ]);
      return any(isNative, certaintyOf(given(subnet.resource, "assignIpv6AddressOnCreation")), ...launched);
    }
  }
}

/** `answer` when the property has one of the values; undefined when it has another. */
function typed(
  resource: Resource,
  values: readonly string[],
  answer: Certainty,
  property = "ipAddressType",
): Certainty | undefined {
  const value = given(resource, property);
  if (value === UNKNOWN) return values.length === 0 ? undefined : "perhaps";
  return typeof value === "string" && values.includes(value) ? answer : undefined;
}

const lists = ["ipv6Addresses", "ipv6AddressLists", "ipv6Prefixes"] as const;
const counts = ["ipv6AddressCount", "ipv6PrefixCount"] as const;

/** By the resource itself; undefined where it leaves it to the subnet. */
function chosenIpv6(resource: Resource): Certainty | undefined {
  const listed = lists.map((key): Value => given(resource, key)).filter((value) => value !== undefined);
  const counted = counts.map((key): Value => given(resource, key)).filter((value) => value !== undefined);
  const answers = [...listed.map(isThere), ...counted.map(isThere)];
  const answer = any(...answers);
  if (answer !== "no") return answer;
  // What exists and lists its addresses has no others.
  const { id } = resource.props;
  return listed.length > 0 && typeof id === "string" && id !== "" ? "no" : undefined;
}

function templateIpv6(template: Resource): Certainty {
  const keys = [...lists, ...counts];
  return any(
    ...elements(given(template, "networkInterfaces")).flatMap((each) =>
      each === UNKNOWN ? ["perhaps" as const] : keys.map((key) => isThere(field(each, key))),
    ),
  );
}

/** A list with something in it, or a count above none. */
function isThere(value: Value): Certainty {
  if (value === UNKNOWN) return "perhaps";
  if (typeof value === "number") return certaintyOf(value > 0);
  const list = items(value);
  return list === UNKNOWN ? "perhaps" : certaintyOf(list.length > 0);
}
