import { parseBlock } from "./addresses";
import { type Estimate, exactly, perhaps, union } from "./estimate";
import { followList, isExactly, type Link, type Links, type ListLink } from "./links";
import { given, items, label, type Resource, UNKNOWN } from "./resources";
import { type Groups, readGroups } from "./security-groups";
import { Traffic } from "./traffic";
import { type Certainty, type Subnet, subnetTypes } from "./vpcs";

/** Something with a network interface. */
export interface Party {
  readonly resource: Resource;
  readonly label: string;
  /** The subnets it may have interfaces in. `spread`: it can be in each of them at some time. */
  readonly subnets: Link;
  readonly spread: boolean;
  readonly groups: Groups;
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
  const vpcOf = (link: Link): Link =>
    subnets.find(({ resource }) => link.candidates[0] === resource)?.vpc ?? { ...link, candidates: [], external: true };
  const single = (resource: Resource, groups: string, assigned: Certainty): Party => {
    const link = links.follow(resource, "subnetId", ...subnetTypes);
    return {
      resource,
      label: label(resource),
      subnets: link,
      spread: false,
      groups: readGroups(links, resource, groups, vpcOf(link)),
      publicAddress: either(assigned, elasticAddress(links, resource)),
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
        resource: database,
        label: label(database),
        subnets: within,
        spread: !within.external && within.certain,
        groups: readGroups(links, database, "vpcSecurityGroupIds", vpcOf(within)),
        publicAddress: flag(given(database, "publiclyAccessible")),
      };
    }),
  ];
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
  if (chosen !== undefined) return flag(chosen);
  const link = links.follow(instance, "subnetId", ...subnetTypes);
  const answers = link.candidates.map((subnet) => flag(given(subnet, "mapPublicIpOnLaunch")));
  if (link.external || answers.length === 0) return "perhaps";
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? "perhaps") : "perhaps";
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

export function flag(value: unknown): Certainty {
  if (value === UNKNOWN) return "perhaps";
  return value === true || value === "true" ? "yes" : "no";
}

export function either(...answers: readonly Certainty[]): Certainty {
  if (answers.includes("yes")) return "yes";
  return answers.includes("perhaps") ? "perhaps" : "no";
}

/** Traffic that the party sends from its private addresses. */
export function sendersOf(party: Party, subnet: Subnet): Estimate {
  const { privateIp } = party.resource.props;
  const block = typeof privateIp === "string" ? parseBlock(privateIp) : undefined;
  if (block === undefined) return subnet.senders;
  const own = exactly(Traffic.where({ source: block.addresses }));
  const v6 = items(given(party.resource, "ipv6Addresses"));
  if (v6 === UNKNOWN) return union(own, perhaps(subnet.senders, `the IPv6 addresses of ${party.label}`));
  const more = v6.flatMap((each) => (typeof each === "string" ? (parseBlock(each) ?? []) : []));
  return union(own, ...more.map(({ addresses }) => exactly(Traffic.where({ source: addresses }))));
}
