import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { type Resource, UNKNOWN, type Value } from "./reachability/resources";

/**
 * The resources of a stack policy as plain data. The SDK's proxy throws on reading an unknown value, and a policy that lets that pass is lowered
 * to advisory: so each property is read by itself here, once, and nothing later can throw.
 *
 * @param wanted tokens begin with one of these; others are left out, which keeps large stacks cheap.
 */
export function readPolicyResources(resources: readonly PolicyResource[], wanted: readonly string[]): Resource[] {
  const areTold = resources.some(isTold);
  return resources
    .filter(({ type }) => wanted.some((prefix) => type.startsWith(prefix)))
    .map((resource) => ({
      type: resource.type,
      name: resource.name,
      urn: resource.urn,
      props: { ...leftOut(resource), ...readObject(resource.props) },
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, found]) => [key, found.map(({ urn }) => urn)]),
      ),
      ...(resource.provider === undefined
        ? {}
        : { provider: { urn: resource.provider.urn, region: readMember(resource.provider.props, "region") } }),
      ...(areTold && needsInputs.has(resource.type) && !isTold(resource) ? { isRead: true } : {}),
    }));
}

/**
 * The SDK doesn't say which resources the program only reads (`get`). The engine names every input of a resource that it manages, and none of one
 * that is read; these can't be made without any.
 */
const needsInputs = new Set(["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"]);

function isTold({ propertyDependencies }: PolicyResource): boolean {
  return Object.keys(propertyDependencies).length > 0;
}

/**
 * What the provider's preview of a creation left out of its outputs. The real provider leaves out top-level properties that it doesn't know yet
 * (an absent one would read as "not set"), but the engine still names what they depend on.
 */
function leftOut(resource: PolicyResource): Record<string, Value> {
  const id = readMember(resource.props, "id");
  if (id !== undefined && id !== "" && id !== UNKNOWN) return {};
  const dependent = Object.entries(resource.propertyDependencies).filter(([, found]) => found.length > 0);
  return { id: UNKNOWN, ...Object.fromEntries(dependent.map(([key]) => [key, UNKNOWN])) };
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
