import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { type Resource, UNKNOWN, type Value } from "./reachability/resources";

/**
 * The resources of a stack policy as plain data. The SDK's proxy throws on reading an unknown value, and a policy that lets that pass is lowered
 * to advisory: so each property is read by itself here, once, and nothing later can throw.
 *
 * @param wanted tokens begin with one of these; others are left out, which keeps large stacks cheap.
 */
export function readPolicyResources(resources: readonly PolicyResource[], wanted: readonly string[]): Resource[] {
  return resources
    .filter(({ type }) => wanted.some((prefix) => type.startsWith(prefix)))
    .map((resource) => ({
      type: resource.type,
      name: resource.name,
      urn: resource.urn,
      props: readObject(resource.props),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, found]) => [key, found.map(({ urn }) => urn)]),
      ),
    }));
}

function readObject(object: object): Record<string, Value> {
  return Object.fromEntries(Object.keys(object).map((key) => [key, readMember(object, key)]));
}

function readMember(owner: object, key: string | number): Value {
  let value: unknown;
  try {
    value = Reflect.get(owner, key);
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, at) => readMember(value, at));
  if (value !== null && typeof value === "object") return readObject(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
