import type { Links } from "../../reachability/links";
import {
  elements,
  field,
  given,
  hasDependencies,
  type Resource,
  UNKNOWN,
  type Value,
} from "../../reachability/resources";

/** The tags of a resource. `others`: it may have more, which aren't known. */
export interface Tags {
  readonly known: ReadonlyMap<string, Value>;
  readonly others: boolean;
}

/** Resources that are one tag of another, and the property that names that. */
const STANDALONE: Readonly<Record<string, string>> = {
  "aws:ec2/tag:Tag": "resourceId",
  "aws:ecs/tag:Tag": "resourceArn",
  "aws:dynamodb/tag:Tag": "resourceArn",
  "aws:transfer/tag:Tag": "resourceArn",
  "aws:autoscaling/tag:Tag": "autoscalingGroupName",
};

/** Those of the resource itself, those that the provider gives to all (`defaultTags`), and those set from outside. */
export function tagsOf(links: Links, resource: Resource): Tags {
  const known = new Map<string, Value>();
  let others = false;
  // `tagsAll` is given by no program, and yet unknown while one of the provider's tags is.
  const sources: readonly Value[] = [given(resource, "tags"), resource.props.tagsAll];
  for (const tags of sources) {
    for (const [key, value] of entriesOf(tags)) {
      if (key === UNKNOWN) others = true;
      else if (value !== undefined) known.set(key, value);
    }
  }
  for (const [type, property] of Object.entries(STANDALONE)) {
    for (const tag of links.ofTypes(type)) {
      const is = isOf(links, tag, property, resource);
      const { key, value } = standalone(type, tag);
      if (is === "yes" && typeof key === "string") known.set(key, value);
      else if (is !== "no") others = true;
    }
  }
  return { known, others };
}

function standalone(type: string, { props }: Resource): { readonly key: Value; readonly value: Value } {
  if (!type.startsWith("aws:autoscaling/")) return { key: props.key, value: props.value };
  const [inner] = elements(props.tag);
  return { key: field(inner, "key"), value: field(inner, "value") };
}

/** A map, or the list that Auto Scaling groups have. */
function entriesOf(tags: Value): readonly (readonly [string | typeof UNKNOWN, Value])[] {
  if (tags === UNKNOWN) return [[UNKNOWN, UNKNOWN]];
  if (tags === undefined || tags === null || typeof tags !== "object") return [];
  if (!Array.isArray(tags)) return Object.entries(tags);
  return elements(tags).map((tag): readonly [string | typeof UNKNOWN, Value] => {
    const key = field(tag, "key");
    return [typeof key === "string" ? key : UNKNOWN, field(tag, "value")];
  });
}

function isOf(links: Links, tag: Resource, property: string, resource: Resource): "yes" | "no" | "perhaps" {
  const id = given(tag, property);
  const own = [resource.props.id, resource.props.arn, resource.props.name];
  if (typeof id === "string" && own.includes(id)) return "yes";
  // With one of the two unknown, only what the tag's property was made from tells.
  const isOpen = id === UNKNOWN || (typeof id === "string" && own.includes(UNKNOWN));
  const source = links.dependenciesOf(tag, property);
  return isOpen && (source.includes(resource) || !hasDependencies(tag)) ? "perhaps" : "no";
}
