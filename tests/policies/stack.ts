import * as sdk from "@pulumi/policy";
import type { PolicyResource } from "@pulumi/policy";
import type { z } from "zod";
import { UNKNOWN, type Resource, type Value } from "../../policies/reachability/resources";
import type { Finding, Rule } from "../../policies/rules/rule";
import { settingsOf } from "../../policies/rules/settings";
import { stackPolicy } from "../../policies/rules/stack-policy";
import { StackModel } from "../../policies/stack-model";

/** An output of another resource of the stack. */
class Reference {
  constructor(
    readonly target: Declared,
    readonly output: string,
  ) {}
}

/** A text that other resources' outputs stand in: unknown as a whole while one of them is. */
class Text {
  constructor(readonly parts: readonly (string | Reference)[]) {}
}

export type Input = string | number | boolean | Reference | Text | readonly Input[] | { readonly [key: string]: Input };

/** What `apply` makes of a value with outputs in it: JSON, unknown while one of them is. */
export function jsonOf(value: Input): Text {
  const parts: (string | Reference)[] = [];
  const write = (each: Input): void => {
    if (each instanceof Reference) parts.push('"', each, '"');
    else if (each instanceof Text) parts.push('"', ...each.parts, '"');
    else if (typeof each !== "object") parts.push(JSON.stringify(each));
    else {
      const list = isList(each);
      parts.push(list ? "[" : "{");
      Object.entries(each).forEach(([key, inner]: [string, Input], at) => {
        parts.push(`${at === 0 ? "" : ","}${list ? "" : `${JSON.stringify(key)}:`}`);
        write(inner);
      });
      parts.push(list ? "]" : "}");
    }
  };
  write(value);
  return new Text(parts);
}

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly provider: string | undefined;
}

/** A stack as the engine shows it to a policy, without an engine. */
export class Stack {
  private readonly declared: Declared[] = [];

  /** `outputs`: what AWS says besides `id` once the resource exists. `provider`: the URN of the provider, where it matters. */
  add(
    type: string,
    name: string,
    inputs: Record<string, Input>,
    outputs: Record<string, string> = {},
    provider?: string,
  ) {
    const prefix = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
    const declared: Declared = { type, name, inputs, outputs: { id: `${prefix}-${name}`, ...outputs }, provider };
    this.declared.push(declared);
    return { id: new Reference(declared, "id"), of: (output: string) => new Reference(declared, output) };
  }

  /**
   * Deployed: all outputs known. Not deployed: the first preview with the real provider; every output unknown, and so is what AWS would fill
   * in (`computed`); dependencies named for every input, as the SDK does.
   */
  resources(deployed: boolean, computed: Readonly<Record<string, readonly string[]>> = filledIn): Resource[] {
    return this.declared.map(({ type, name, inputs, outputs, provider }) => {
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
        ...(provider === undefined ? {} : { provider: { urn: provider, region: "ap-northeast-1" } }),
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
  if (input instanceof Text) {
    const parts = input.parts.map((part) => resolve(part, deployed));
    return parts.includes(UNKNOWN) ? UNKNOWN : parts.map(String).join("");
  }
  if (typeof input !== "object") return input;
  if (isList(input)) return input.map((each) => resolve(each, deployed));
  return Object.fromEntries(Object.entries(input).map(([key, each]) => [key, resolve(each, deployed)]));
}

function behind(input: Input): string[] {
  if (input instanceof Reference) return [urnOf(input.target)];
  if (input instanceof Text) return [...new Set(input.parts.flatMap(behind))];
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
      ...(resource.provider === undefined
        ? {}
        : {
            provider: {
              type: "pulumi:providers:aws",
              name: resource.provider.urn,
              urn: resource.provider.urn,
              props: unknownCheckingProxy(onTheWire({ region: resource.provider.region })),
            },
          }),
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

/** Runs a rule's stack policy as the SDK does; what it throws comes out. */
export async function violations<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  resources: readonly Resource[],
  config: object = {},
): Promise<string[]> {
  const messages: string[] = [];
  await stackPolicy(rule).validateStack(
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

/** What a rule finds, as the pure function that it is. */
export function findingsOf<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  resources: readonly Resource[],
  config: object = {},
): readonly Finding[] {
  return rule.judge(new StackModel(resources), settingsOf(rule, config));
}
