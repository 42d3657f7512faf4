import { given, hasDependencies, items, type Resource, UNKNOWN, type Value } from "./resources";

/** What a property such as `subnetId` refers to. */
export interface Link {
  /** The resources it may mean; exactly one and not `external` is certain. */
  readonly candidates: readonly Resource[];
  /** It may mean something that isn't among the resources. */
  readonly external: boolean;
  /** The value, where it is known. */
  readonly id: string | undefined;
  /** The property isn't set at all. */
  readonly absent: boolean;
}

/** Properties by which resources of a type are referred to, where it isn't `id` alone. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/eip:Eip": ["allocationId"],
  "aws:rds/subnetGroup:SubnetGroup": ["name"],
  "aws:rds/instance:Instance": ["identifier"],
  "aws:docdb/subnetGroup:SubnetGroup": ["name"],
  "aws:neptune/subnetGroup:SubnetGroup": ["name"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["name"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["prefixListId"],
  "aws:lb/loadBalancer:LoadBalancer": ["arn"],
  "aws:lb/listener:Listener": ["arn"],
  "aws:lb/targetGroup:TargetGroup": ["arn"],
  "aws:alb/loadBalancer:LoadBalancer": ["arn"],
  "aws:alb/listener:Listener": ["arn"],
  "aws:alb/targetGroup:TargetGroup": ["arn"],
  "aws:autoscaling/group:Group": ["name"],
  "aws:ses/emailIdentity:EmailIdentity": ["email", "arn"],
  "aws:ses/domainIdentity:DomainIdentity": ["domain", "arn"],
  "aws:sesv2/emailIdentity:EmailIdentity": ["emailIdentity", "arn"],
  "aws:ses/configurationSet:ConfigurationSet": ["name"],
  "aws:sesv2/configurationSet:ConfigurationSet": ["configurationSetName"],
  "aws:sns/topic:Topic": ["arn"],
  "aws:sqs/queue:Queue": ["arn", "url"],
  "aws:kms/key:Key": ["arn", "keyId"],
  "aws:kms/externalKey:ExternalKey": ["arn"],
  "aws:kms/replicaKey:ReplicaKey": ["arn", "keyId"],
  "aws:kms/replicaExternalKey:ReplicaExternalKey": ["arn", "keyId"],
  "aws:kms/alias:Alias": ["name", "arn"],
};

/** Properties by which a VPC stands for the table, ACL and group that AWS makes with it. */
const madeWithVpc = [
  "mainRouteTableId",
  "defaultRouteTableId",
  "defaultNetworkAclId",
  "defaultSecurityGroupId",
] as const;
export const defaultVpcType = "aws:ec2/defaultVpc:DefaultVpc";
export const vpcTypes = ["aws:ec2/vpc:Vpc", defaultVpcType] as const;

export const transitGatewayType = "aws:ec2transitgateway/transitGateway:TransitGateway";
/** The same of a transit gateway, for the tables that attachments have by default: mostly one, which AWS makes with it. */
const madeWithTransitGateway = ["associationDefaultRouteTableId", "propagationDefaultRouteTableId"] as const;

export function isVpc({ type }: Resource): boolean {
  return vpcTypes.some((each) => each === type);
}

const noLink: Link = { candidates: [], external: false, id: undefined, absent: true };

/**
 * Finds the resources that a property refers to: by id where it is known, else through `propertyDependencies` for that property and type.
 * What stays ambiguous is answered with every candidate, so that nothing is overlooked.
 */
export class Links {
  private readonly byUrn = new Map<string, Resource>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly byName = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      this.byUrn.set(resource.urn, resource);
      const sameType = this.byType.get(resource.type);
      if (sameType === undefined) this.byType.set(resource.type, [resource]);
      else sameType.push(resource);
      const names = ["id", ...(otherNames[resource.type] ?? []), ...namesOfMade(resource)];
      for (const name of new Set(names.map((key) => resource.props[key]))) {
        if (typeof name !== "string" || name === "") continue;
        const named = this.byName.get(`${resource.type} ${name}`);
        if (named === undefined) this.byName.set(`${resource.type} ${name}`, [resource]);
        else named.push(resource);
      }
    }
  }

  ofTypes(...types: readonly string[]): readonly Resource[] {
    const [only] = types;
    if (only !== undefined && types.length === 1) return this.byType.get(only) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  all(): readonly Resource[] {
    return [...this.byType.values()].flat();
  }

  /** The link of a property of the resource itself. */
  follow(resource: Resource, property: string, ...types: readonly string[]): Link {
    return this.resolve(resource, property, resource.props[property], ...types);
  }

  /** The link of a value inside the property (an item of an inline list shares the property's dependencies). */
  resolve(resource: Resource, property: string, value: Value, ...types: readonly string[]): Link {
    if (value === UNKNOWN) return this.resolveUnknown(resource, property, types);
    if (typeof value !== "string" || value === "") return noLink;
    for (const type of types) {
      const candidates = inReach(this.byName.get(`${type} ${value}`) ?? [], resource);
      if (candidates.length > 0) return { candidates, external: false, id: value, absent: false };
    }
    // A known value can still mean a resource that doesn't show by what name it goes.
    const direct = nameless(this.directly(resource, property, types), types, property);
    if (direct.length > 0) return { candidates: direct, external: false, id: value, absent: false };
    const anyNameless = hasDependencies(resource) ? [] : nameless(this.ofTypes(...types), types, property);
    return { candidates: anyNameless, external: true, id: value, absent: false };
  }

  private resolveUnknown(resource: Resource, property: string, types: readonly string[]): Link {
    const known = resource.propertyDependencies[property];
    if (known === undefined && hasDependencies(resource)) return noLink; // Computed by AWS, not given by the program.
    const direct = this.directly(resource, property, types);
    const candidates = direct.length > 0 ? direct : this.indirectly(resource, property, types);
    if (candidates.length > 0) return { candidates, external: false, id: undefined, absent: false };
    return { candidates: this.ofTypes(...types), external: true, id: undefined, absent: false };
  }

  /** The resources of the types that the property was computed from. */
  directly(resource: Resource, property: string, types: readonly string[]): readonly Resource[] {
    return this.dependenciesOf(resource, property).filter((each) => types.includes(each.type));
  }

  dependenciesOf(resource: Resource, property: string): readonly Resource[] {
    return (resource.propertyDependencies[property] ?? [])
      .map((urn) => this.byUrn.get(urn))
      .filter((found): found is Resource => found !== undefined);
  }

  /** A value may come by way of another resource (`attachment.internetGatewayId`). */
  private indirectly(resource: Resource, property: string, types: readonly string[]): readonly Resource[] {
    const seen = new Set<Resource>();
    const found = new Set<Resource>();
    let wave = this.dependenciesOf(resource, property);
    while (wave.length > 0) {
      const next: Resource[] = [];
      for (const each of wave) {
        if (seen.has(each)) continue;
        seen.add(each);
        if (types.includes(each.type)) found.add(each);
        else next.push(...Object.keys(each.propertyDependencies).flatMap((key) => this.dependenciesOf(each, key)));
      }
      wave = next;
    }
    return [...found];
  }
}

/** Of several that go by one name in different accounts or Regions: the one of whoever asks, else each of them. Of one scope, the last one. */
function inReach(named: readonly Resource[], asking: Resource): readonly Resource[] {
  if (named.length < 2) return named;
  const scopes = new Map(named.map((each) => [scopeOf(each), each]));
  const own = scopes.get(scopeOf(asking));
  return own === undefined ? [...scopes.values()] : [own];
}

/** Names are kept apart by account and Region: by provider, by stack, by the Region of the resource or else of the provider. */
function scopeOf({ provider, urn, props }: Resource): string {
  const region = typeof props.region === "string" ? props.region : provider?.region;
  return [provider?.urn ?? "", ...urn.split("::").slice(0, 2), typeof region === "string" ? region : ""].join(" ");
}

/** The properties by which a resource stands for what AWS makes with it. */
function namesOfMade(resource: Resource): readonly string[] {
  if (isVpc(resource)) return madeWithVpc;
  return resource.type === transitGatewayType ? madeWithTransitGateway : [];
}

/** Those that hide a name by which a property of these types would refer to them. */
function nameless(candidates: readonly Resource[], types: readonly string[], property: string): readonly Resource[] {
  const makers = [...vpcTypes, transitGatewayType];
  const isMadeMeant = madeWithVpc.some((each) => each === property); // As `defaultRouteTableId` of what takes a table over.
  const isMakerMeant = !isMadeMeant && types.every((type) => makers.some((each) => each === type));
  return candidates.filter((each) => {
    const made = isMakerMeant ? [] : namesOfMade(each);
    const names = made.length > 0 ? made : ["id", ...(otherNames[each.type] ?? [])];
    return names.some((name) => typeof each.props[name] !== "string" || each.props[name] === "");
  });
}

/** What a list such as `subnetIds` refers to. */
export interface ListLink {
  readonly certain: readonly Resource[];
  readonly possible: readonly Resource[];
  /** Some of `possible` are in the list for certain, though it isn't known which. */
  readonly someOfPossible: boolean;
  /** Items that may mean something outside the resources; an item's id where it is known. */
  readonly outside: readonly (string | undefined)[];
  readonly absent: boolean;
}

/** The links of all items of a list. `pick` finds the reference in an item that isn't one itself. */
export function followList(
  links: Links,
  resource: Resource,
  property: string,
  types: readonly string[],
  pick: (item: Value) => Value = (item) => item,
): ListLink {
  const list = items(given(resource, property));
  if (list === UNKNOWN) {
    // Providers turn a whole set unknown when an item is (pulumi#7854). A program may have picked from what it was made from.
    const { candidates, external } = links.resolve(resource, property, UNKNOWN, ...types);
    const someOfPossible = links.directly(resource, property, types).length > 0;
    const [only] = candidates;
    if (someOfPossible && candidates.length === 1 && only !== undefined)
      return { certain: [only], possible: [], someOfPossible: false, outside: [], absent: false };
    return { certain: [], possible: candidates, someOfPossible, outside: external ? [undefined] : [], absent: false };
  }
  const found = list.map((item) => links.resolve(resource, property, pick(item), ...types));
  const candidates = new Set(found.flatMap((link) => link.candidates));
  const exact = found
    .filter((link) => !link.external && link.candidates.length === 1)
    .flatMap((link) => link.candidates);
  // Items of one list share their dependencies: as many items as candidates means each of them.
  const inside = found.filter((link) => link.candidates.length > 0);
  const closed = inside.every((link) => !link.external) && inside.length >= candidates.size;
  const certain = closed ? [...candidates] : [...new Set(exact)];
  return {
    certain,
    possible: [...candidates].filter((each) => !certain.includes(each)),
    someOfPossible:
      certain.length === 0 &&
      found.some((link) => !link.external && link.candidates.length > 0) &&
      links.directly(resource, property, types).length > 0,
    outside: found.filter((link) => link.external).map(({ id }) => id),
    absent: found.length === 0,
  };
}

/** Certainly this one resource. */
export function isExactly(link: Pick<Link, "candidates" | "external">, resource: Resource): boolean {
  return !link.external && link.candidates.length === 1 && link.candidates[0] === resource;
}

export function mayBe(link: Pick<Link, "candidates">, resource: Resource): boolean {
  return link.candidates.includes(resource);
}
