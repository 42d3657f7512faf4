import { templatesOf } from "../reachability/launch-templates";
import type { Links } from "../reachability/links";
import { elements, field, given, type Resource, UNKNOWN, type Value } from "../reachability/resources";

/**
 * A tag of a resource: its text, undefined where it has none of that name, UNKNOWN where that isn't known. The provider's default tags are in
 * `tagsAll` only; an Auto Scaling group has a list of keys and values.
 */
export function tagOf(resource: Resource, key: string): Value {
  const listed = elements(given(resource, "tags")).map((tag): Value => {
    const name = field(tag, "key");
    if (name === UNKNOWN) return UNKNOWN;
    return name === key ? field(tag, "value") : undefined;
  });
  return first([...listed, field(given(resource, "tags"), key), field(given(resource, "tagsAll"), key)]);
}

/** A tag of the instances that a group, an instance or a template makes: its own, else what the launch template gives them. */
export function launchedTag(links: Links, owner: Resource, key: string): Value {
  const templates = templatesOf(links, owner).flatMap(({ candidates }) => candidates);
  return first([tagOf(owner, key), ...[owner, ...templates].map((each) => templateTag(each, key))]);
}

function templateTag(template: Resource, key: string): Value {
  return first(
    elements(given(template, "tagSpecifications")).map((each): Value => {
      const kind = field(each, "resourceType");
      if (kind !== "instance" && kind !== UNKNOWN) return undefined;
      const value = field(field(each, "tags"), key);
      return kind === UNKNOWN && value !== undefined ? UNKNOWN : value;
    }),
  );
}

/** A text before what isn't known, and that before nothing. */
function first(values: readonly Value[]): Value {
  return values.find((value) => typeof value === "string" && value !== "") ?? values.find((value) => value === UNKNOWN);
}
