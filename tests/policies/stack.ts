import * as sdk from "@pulumi/policy";
import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { UNKNOWN, type Resource, type Value } from "../../policies/reachability/resources";

/** An output of another resource of the stack. */
class Reference {
  constructor(
    readonly target: Declared,
    readonly output: string,
  ) {}
}

type Input = string | number | boolean | Reference | readonly Input[] | { readonly [key: string]: Input };

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack as the engine shows it to a policy, without an engine. */
export class Stack {
  private readonly declared: Declared[] = [];

  /** `outputs`: what AWS says besides `id` once the resource exists. */
  add(type: string, name: string, inputs: Record<string, Input>, outputs: Record<string, string> = {}) {
    const prefix = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
    const declared: Declared = { type, name, inputs, outputs: { id: `${prefix}-${name}`, ...outputs } };
    this.declared.push(declared);
    return { id: new Reference(declared, "id"), of: (output: string) => new Reference(declared, output) };
  }

  /**
   * Deployed: all outputs known. Not deployed: the first preview with the real provider; every output unknown, and so is what AWS would fill
   * in (`computed`); dependencies named for every input, as the SDK does.
   */
  resources(deployed: boolean, computed: Readonly<Record<string, readonly string[]>> = filledIn): Resource[] {
    return this.declared.map(({ type, name, inputs, outputs }) => {
      const filled = deployed ? [] : (computed[type] ?? []).filter((key) => inputs[key] === undefined);
      return {
        type,
        name,
        urn: urnOf({ type, name }),
        props: {
          ...Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, deployed ? value : UNKNOWN])),
          ...Object.fromEntries(filled.map((key) => [key, UNKNOWN])),
          ...Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, resolve(input, deployed)])),
        },
        propertyDependencies: Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, behind(input)])),
      };
    });
  }
}

/** Optional inputs that AWS fills in, so that a preview of the real provider shows them as unknown. */
const filledIn: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/routeTable:RouteTable": ["routes", "propagatingVgws"],
  "aws:ec2/securityGroup:SecurityGroup": ["ingress", "egress"],
  "aws:ec2/networkAcl:NetworkAcl": ["ingress", "egress", "subnetIds"],
  "aws:ec2/route:Route": ["instanceId", "networkInterfaceId", "state", "origin"],
  "aws:ec2/eip:Eip": ["instance", "networkInterface"],
  "aws:rds/instance:Instance": ["dbSubnetGroupName"],
  "aws:ec2/instance:Instance": ["associatePublicIpAddress", "publicIp", "privateIp", "vpcSecurityGroupIds"],
};

function urnOf({ type, name }: { type: string; name: string }): string {
  return `urn:pulumi:test::stack::${type}::${name}`;
}

function resolve(input: Input, deployed: boolean): Value {
  if (input instanceof Reference) {
    const { target, output } = input;
    const own = target.inputs[output];
    if (own !== undefined) return resolve(own, deployed);
    return deployed ? (target.outputs[output] ?? `no output ${output}`) : UNKNOWN;
  }
  if (typeof input !== "object") return input;
  if (isList(input)) return input.map((each) => resolve(each, deployed));
  return Object.fromEntries(Object.entries(input).map(([key, each]) => [key, resolve(each, deployed)]));
}

function behind(input: Input): string[] {
  if (input instanceof Reference) return [urnOf(input.target)];
  if (typeof input !== "object") return [];
  return [...new Set((isList(input) ? input : Object.values(input)).flatMap(behind))];
}

function isList(input: Input): input is readonly Input[] {
  return Array.isArray(input);
}

/** The SDK exports its proxy, but its typings leave it out. */
const { unknownCheckingProxy } = sdk as unknown as {
  unknownCheckingProxy: (props: unknown) => Record<string, unknown>;
};

/** The SDK's sentinel for an unknown string; its proxy treats the sentinels of all types alike. */
const sentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function onTheWire(value: Value): unknown {
  if (value === UNKNOWN) return sentinel;
  if (Array.isArray(value)) return value.map(onTheWire);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, onTheWire(each)]));
}

/** The resources behind the SDK's own proxy, which throws on reading what is unknown. */
export function asPolicyResources(resources: readonly Resource[]): PolicyResource[] {
  const made = resources.map((resource): PolicyResource => {
    const props = unknownCheckingProxy(onTheWire(resource.props));
    return {
      type: resource.type,
      name: resource.name,
      urn: resource.urn,
      props,
      opts: {
        protect: false,
        ignoreChanges: [],
        aliases: [],
        customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: [],
      },
      dependencies: [],
      propertyDependencies: {},
      isType: () => {
        throw new Error("the pack compares tokens");
      },
      asType: () => {
        throw new Error("the pack compares tokens");
      },
    };
  });
  const byUrn = new Map(made.map((resource) => [resource.urn, resource]));
  resources.forEach(({ propertyDependencies }, at) => {
    const resource = made[at];
    if (resource === undefined) return;
    for (const [key, urns] of Object.entries(propertyDependencies)) {
      resource.propertyDependencies[key] = urns.flatMap((urn) => byUrn.get(urn) ?? []);
    }
  });
  return made;
}

export class NotApplicable extends Error {}

/** Runs a stack policy as the SDK does; what it throws comes out. */
export async function violations(
  policy: StackValidationPolicy,
  resources: readonly Resource[],
  config: object = {},
): Promise<string[]> {
  const messages: string[] = [];
  await policy.validateStack(
    {
      resources: asPolicyResources(resources),
      stackTags: new Map(),
      getConfig: () => config as never,
      notApplicable: (reason) => {
        throw new NotApplicable(reason);
      },
    },
    (message) => {
      messages.push(message);
    },
  );
  return messages;
}
