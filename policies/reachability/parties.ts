import { parseBlock } from "./addresses";
import { any, type Certainty, certaintyOf, whichever } from "./certainty";
import { type Estimate, exactly, perhaps, union } from "./estimate";
import { launchedAddress } from "./launch-templates";
import { followList, isExactly, type Link, type Links, type ListLink } from "./links";
import { elements, given, label, type Resource, UNKNOWN } from "./resources";
import { type Groups, readGroups } from "./security-groups";
import { Traffic } from "./traffic";
import { addressesOf, type Subnet, subnetTypes } from "./vpcs";

/** What answers are derived from: "unmodelled" has interfaces of which too little is said. */
export type PartyKind = "instance" | "database" | "group" | "balancer" | "endpoint" | "mountTarget" | "unmodelled";

/** Something with a network interface. */
export interface Party {
  readonly kind: PartyKind;
  readonly resource: Resource;
  readonly label: string;
  /** The subnets it may have interfaces in. `spread`: it can be in each of them at some time. */
  readonly subnets: Link;
  readonly spread: boolean;
  /** Undefined: it was made without any, so that none watches over it. */
  readonly groups: Groups | undefined;
  /** Does it have a public IPv4 address? */
  readonly publicAddress: Certainty;
}

const subnetGroupTypes = [
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:docdb/subnetGroup:SubnetGroup",
  "aws:neptune/subnetGroup:SubnetGroup",
] as const;

const databaseTypes = [
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:docdb/cluster:Cluster",
  "aws:neptune/cluster:Cluster",
] as const;

export function readParties(links: Links, subnets: readonly Subnet[]): readonly Party[] {
  const vpcOf = (link: Link) => vpcOfSubnets(subnets, link);
  const single = (resource: Resource, groups: string, assigned: Certainty): Party => {
    const link = links.follow(resource, "subnetId", ...subnetTypes);
    return {
      kind: "instance",
      resource,
      label: label(resource),
      subnets: link,
      spread: false,
      groups: readGroups(links, resource, groups, vpcOf(link)),
      publicAddress: any(assigned, elasticAddress(links, resource)),
    };
  };
  return [
    ...links
      .ofTypes("aws:ec2/instance:Instance")
      .map((instance) => single(instance, "vpcSecurityGroupIds", instanceAddress(links, instance))),
    ...links.ofTypes("aws:ec2/networkInterface:NetworkInterface").map((eni) => single(eni, "securityGroups", "no")),
    ...links.ofTypes(...databaseTypes).map((database): Party => {
      const within = subnetsOfDatabase(links, database);
      return {
        kind: "database",
        resource: database,
        label: label(database),
        subnets: within,
        spread: !within.external && within.certain,
        groups: readGroups(links, database, "vpcSecurityGroupIds", vpcOf(within)),
        publicAddress: certaintyOf(given(database, "publiclyAccessible")),
      };
    }),
  ];
}

/** The VPC that the first of some subnets is in. */
export function vpcOfSubnets(subnets: readonly Subnet[], { candidates, ...link }: Link): Link {
  const own = remembered(subnets).get(candidates[0]);
  return own?.vpc ?? { ...link, candidates: [], external: true };
}

const byResource = new WeakMap<readonly Subnet[], ReadonlyMap<Resource | undefined, Subnet>>();

function remembered(subnets: readonly Subnet[]): ReadonlyMap<Resource | undefined, Subnet> {
  const known = byResource.get(subnets) ?? new Map(subnets.map((each) => [each.resource, each]));
  byResource.set(subnets, known);
  return known;
}

/** The subnets of an RDS subnet group, and those that may be. */
export function subnetsOfGroup(links: Links, group: Resource): ListLink {
  return followList(links, group, "subnetIds", subnetTypes);
}

/** The subnet groups a database may use. */
export function groupOfDatabase(links: Links, database: Resource): Link {
  return links.follow(database, "dbSubnetGroupName", ...subnetGroupTypes);
}

export function readSubnetGroups(links: Links): readonly Resource[] {
  return links.ofTypes(...subnetGroupTypes);
}

export function readDatabases(links: Links): readonly Resource[] {
  return links.ofTypes(...databaseTypes);
}

/** `certain`: each candidate is a subnet of the database for certain. */
function subnetsOfDatabase(links: Links, database: Resource): Link & { certain: boolean } {
  const group = groupOfDatabase(links, database);
  const within = group.candidates.map((candidate) => subnetsOfGroup(links, candidate));
  return {
    candidates: [...new Set(within.flatMap(({ certain, possible }) => [...certain, ...possible]))],
    external: group.external || group.absent || within.some(({ outside }) => outside.length > 0),
    id: group.id,
    absent: false,
    certain: within.length === 1 && within.every(({ possible }) => possible.length === 0),
  };
}

/** An explicit choice at launch, else what the subnet does for everything launched in it. */
function instanceAddress(links: Links, instance: Resource): Certainty {
  const { publicIp } = instance.props;
  if (typeof publicIp === "string" && publicIp !== "") return "yes";
  const chosen = given(instance, "associatePublicIpAddress");
  if (chosen !== undefined) return certaintyOf(chosen);
  const launched = launchedAddress(links, instance);
  if (launched !== undefined) return launched;
  const link = links.follow(instance, "subnetId", ...subnetTypes);
  if (link.external) return "perhaps";
  return whichever(link.candidates.map((subnet) => certaintyOf(given(subnet, "mapPublicIpOnLaunch"))));
}

function elasticAddress(links: Links, party: Resource): Certainty {
  const property = party.type === "aws:ec2/instance:Instance" ? "instance" : "networkInterface";
  const holders = [
    ...links.ofTypes("aws:ec2/eip:Eip").map((eip) => links.follow(eip, property, party.type)),
    ...links
      .ofTypes("aws:ec2/eipAssociation:EipAssociation")
      .map((association) => links.follow(association, `${property}Id`, party.type)),
  ];
  if (holders.some((link) => isExactly(link, party))) return "yes";
  return holders.some((link) => link.candidates.includes(party)) ? "perhaps" : "no";
}

/** Traffic that the party sends from its private addresses. */
export function sendersOf(party: Party, subnet: Subnet): Estimate {
  const { props } = party.resource;
  const primary = typeof props.privateIp === "string" ? parseBlock(props.privateIp) : undefined;
  if (primary === undefined) return subnet.senders;
  const more = ["privateIps", "secondaryPrivateIps", "ipv6Addresses"].flatMap((key) =>
    elements(given(party.resource, key)),
  );
  const known = more.flatMap((each) => (typeof each === "string" ? (parseBlock(each) ?? []) : []));
  const own = exactly(Traffic.where({ source: addressesOf([primary, ...known]) }));
  return more.includes(UNKNOWN) ? union(own, perhaps(subnet.senders, `the addresses of ${party.label}`)) : own;
}
