import type { Link, Links } from "./links";
import { followInterface, instanceType, interfaceType } from "./network-interfaces";
import { given, label, type Resource, UNKNOWN, type Value } from "./resources";

export type TargetKind =
  | "local"
  | "internetGateway"
  | "nat"
  | "egressOnly"
  | "peering"
  | "virtualPrivateGateway"
  | "gatewayEndpoint"
  | "transitGateway"
  | "blackhole"
  /** A network interface, or the primary one of an instance. */
  | "interface"
  /** A target this model doesn't follow (a Gateway Load Balancer's endpoint, …), or one that isn't known. */
  | "undecided";

/** Where a route leads. */
export interface Target {
  readonly kind: TargetKind;
  readonly label: string;
  /** Undefined when it isn't among the resources. */
  readonly resource: Resource | undefined;
}

interface Property {
  readonly key: string;
  /** What a person calls it. */
  readonly noun: string;
  readonly kinds: Readonly<Record<string, TargetKind>>;
  /** By the beginning of an id that isn't among the resources. */
  readonly prefixes: Readonly<Record<string, TargetKind>>;
}

const properties: readonly Property[] = [
  {
    key: "gatewayId",
    noun: "gateway",
    kinds: {
      "aws:ec2/internetGateway:InternetGateway": "internetGateway",
      "aws:ec2/vpnGateway:VpnGateway": "virtualPrivateGateway",
      // "GatewayId" is how AWS lists routes to endpoints.
      "aws:ec2/vpcEndpoint:VpcEndpoint": "undecided",
    },
    prefixes: { "igw-": "internetGateway", "vgw-": "virtualPrivateGateway", local: "local", "vpce-": "undecided" },
  },
  {
    key: "natGatewayId",
    noun: "NAT gateway",
    kinds: { "aws:ec2/natGateway:NatGateway": "nat" },
    prefixes: { "nat-": "nat" },
  },
  {
    key: "egressOnlyGatewayId",
    noun: "egress-only gateway",
    kinds: { "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "egressOnly" },
    prefixes: { "eigw-": "egressOnly" },
  },
  {
    key: "vpcPeeringConnectionId",
    noun: "peering",
    kinds: {
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": "peering",
      "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": "peering",
    },
    prefixes: { "pcx-": "peering" },
  },
  { key: "vpcEndpointId", noun: "endpoint", kinds: { "aws:ec2/vpcEndpoint:VpcEndpoint": "undecided" }, prefixes: {} },
  {
    key: "transitGatewayId",
    noun: "transit gateway",
    kinds: { "aws:ec2transitgateway/transitGateway:TransitGateway": "transitGateway" },
    prefixes: { "tgw-": "transitGateway" },
  },
  ...[
    ["carrierGatewayId", "carrier gateway"],
    ["localGatewayId", "local gateway"],
    ["coreNetworkArn", "core network"],
    ["odbNetworkArn", "ODB network"],
  ].map(([key = "", noun = ""]): Property => ({ key, noun, kinds: {}, prefixes: {} })),
];

/**
 * The targets a route may have. `list` names the property that holds the route, when it is an inline one: its items share their dependencies.
 */
export function readTargets(
  links: Links,
  owner: Resource,
  read: (key: string) => Value,
  list: string | undefined,
): readonly Target[] {
  if (given(owner, "state") === "blackhole") return [{ kind: "blackhole", label: "blackhole", resource: undefined }];
  const targets = properties.flatMap((property): Target[] => {
    const value = read(property.key);
    if (value === undefined || value === null) return [];
    const types = Object.keys(property.kinds);
    if (types.length === 0) return [named(links, owner, property, value, list)];
    return targetsOf(property, links.resolve(owner, list ?? property.key, value, ...types));
  });
  const all = [...targets, ...interfacesOf(links, owner, read, list)];
  return all.length > 0 ? all : [{ kind: "undecided", label: "a target that isn't known", resource: undefined }];
}

const interfaceProperty: Property = {
  key: "networkInterfaceId",
  noun: "network interface",
  kinds: { [interfaceType]: "interface", [instanceType]: "interface" },
  prefixes: {},
};
const instanceProperty: Property = { ...interfaceProperty, key: "instanceId", noun: "instance" };

/** AWS says of a route both the interface and the instance that it is at: whichever is known is meant. */
function interfacesOf(
  links: Links,
  owner: Resource,
  read: (key: string) => Value,
  list: string | undefined,
): readonly Target[] {
  const byInterface = followInterface(links, owner, list ?? "networkInterfaceId", read("networkInterfaceId"));
  const byInstance = links.resolve(owner, list ?? "instanceId", read("instanceId"), instanceType);
  const isKnown = byInterface.candidates.length === 1 && !byInterface.external;
  if (!byInterface.absent && (isKnown || byInstance.absent)) return targetsOf(interfaceProperty, byInterface);
  return byInstance.absent ? [] : targetsOf(instanceProperty, byInstance);
}

function targetsOf(property: Property, link: Link): Target[] {
  const targets = link.candidates.map((resource): Target => {
    const name = label(resource);
    const kind = kindOf(property, resource);
    const noun = nouns[resource.type] ?? property.noun;
    return { kind, label: name.startsWith('"') ? `${noun} ${name}` : name, resource };
  });
  if (!link.external) return targets;
  const { id } = link;
  const [, kind] = Object.entries(property.prefixes).find(([prefix]) => id?.startsWith(prefix)) ?? [];
  return [
    ...targets,
    { kind: kind ?? "undecided", label: id ?? `${article(property.noun)} that isn't known`, resource: undefined },
  ];
}

function article(noun: string): string {
  return `${/^[aeio]/iu.test(noun) ? "an" : "a"} ${noun}`;
}

const nouns: Readonly<Record<string, string>> = {
  "aws:ec2/internetGateway:InternetGateway": "internet gateway",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "endpoint",
  [instanceType]: "instance",
};

function kindOf(property: Property, resource: Resource): TargetKind {
  if (resource.type !== "aws:ec2/vpcEndpoint:VpcEndpoint") return property.kinds[resource.type] ?? "undecided";
  const type = given(resource, "vpcEndpointType");
  return type === undefined || type === "Gateway" ? "gatewayEndpoint" : "undecided";
}

function named(links: Links, owner: Resource, property: Property, value: Value, list: string | undefined): Target {
  const [dependency] = links.dependenciesOf(owner, list ?? property.key);
  const text =
    value === UNKNOWN || typeof value !== "string"
      ? `${property.noun} ${dependency === undefined ? "that isn't known" : label(dependency)}`
      : value;
  return { kind: "undecided", label: text, resource: undefined };
}
