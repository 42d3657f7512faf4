import { any, type Certainty, certaintyOf } from "./certainty";
import { followList, isExactly, type Link, type Links, type ListLink } from "./links";
import type { Party } from "./parties";
import { given, label, type Resource } from "./resources";
import { readGroups } from "./security-groups";
import { subnetTypes } from "./vpcs";

export const subnetGroupTypes = [
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

/** The machines of a cluster, and the cluster, whose groups and mostly whose subnets they have. */
export const clusterTypes: Readonly<Record<string, string>> = {
  "aws:rds/clusterInstance:ClusterInstance": "aws:rds/cluster:Cluster",
  "aws:docdb/clusterInstance:ClusterInstance": "aws:docdb/cluster:Cluster",
  "aws:neptune/clusterInstance:ClusterInstance": "aws:neptune/cluster:Cluster",
};

/** The type of a cluster's machines, by that of the cluster. */
export const machineTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clusterTypes).map(([machine, cluster]) => [cluster, machine]),
);

export function readDatabaseParties(links: Links, vpcOf: (link: Link) => Link): readonly Party[] {
  return [
    ...readDatabases(links).map((database) => databaseParty(links, database, database, vpcOf)),
    ...links.ofTypes(...Object.keys(clusterTypes)).flatMap((machine) => {
      const [cluster, ...others] = clustersOf(links, machine).candidates;
      // Of machines of a cluster that stands elsewhere nothing is known.
      return cluster === undefined || others.length > 0 ? [] : [databaseParty(links, machine, cluster, vpcOf)];
    }),
  ];
}

/** `owner` has the groups; the database itself, or its cluster. */
function databaseParty(links: Links, database: Resource, owner: Resource, vpcOf: (link: Link) => Link): Party {
  const isPlaced = !groupOfDatabase(links, database).absent;
  const within = subnetsOfDatabase(links, isPlaced ? database : owner);
  return {
    kind: "database",
    resource: database,
    label: label(database),
    subnets: within,
    spread: !within.external && within.certain,
    groups: readGroups(links, owner, "vpcSecurityGroupIds", vpcOf(within)),
    publicAddress: any(certaintyOf(given(database, "publiclyAccessible")), ...publicMachines(links, database)),
  };
}

function clustersOf(links: Links, machine: Resource): Link {
  return links.follow(machine, "clusterIdentifier", clusterTypes[machine.type] ?? machine.type);
}

/** A cluster is public where one of its machines is. */
function publicMachines(links: Links, cluster: Resource): readonly Certainty[] {
  return Object.entries(clusterTypes)
    .filter(([, type]) => type === cluster.type)
    .flatMap(([type]) => links.ofTypes(type))
    .flatMap((machine) => {
      const link = clustersOf(links, machine);
      if (!link.candidates.includes(cluster)) return [];
      const isPublic = certaintyOf(given(machine, "publiclyAccessible"));
      return [isPublic === "yes" && !isExactly(link, cluster) ? "perhaps" : isPublic];
    });
}

/** The subnets of an RDS subnet group, and those that may be. */
export function subnetsOfGroup(links: Links, group: Resource): ListLink {
  return followList(links, group, "subnetIds", subnetTypes);
}

/** The subnet groups a database may use. */
export function groupOfDatabase(links: Links, database: Resource): Link {
  const property = database.type.startsWith("aws:neptune/") ? "neptuneSubnetGroupName" : "dbSubnetGroupName";
  return links.follow(database, property, ...subnetGroupTypes);
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
  const source = group.absent ? sourceInRegion(links, database) : undefined;
  if (source !== undefined) return subnetsOfDatabase(links, source);
  const within = group.candidates.map((candidate) => subnetsOfGroup(links, candidate));
  return {
    candidates: [...new Set(within.flatMap(({ certain, possible }) => [...certain, ...possible]))],
    external: group.external || group.absent || within.some(({ outside }) => outside.length > 0),
    id: group.id,
    absent: false,
    certain: within.length === 1 && within.every(({ possible }) => possible.length === 0),
  };
}

/**
 * The database that a read replica copies, where it is in the same Region: there the replica is in its source's subnets, for a subnet group of its own
 * "must not be specified" (RDS API, "CreateDBInstanceReadReplica"). One of another Region is named by its ARN.
 */
function sourceInRegion(links: Links, replica: Resource): Resource | undefined {
  const value = given(replica, "replicateSourceDb");
  const link = links.follow(replica, "replicateSourceDb", "aws:rds/instance:Instance");
  const [source] = link.candidates;
  if (source === undefined || source === replica || !isExactly(link, source)) return undefined;
  if (typeof value === "string") return value.startsWith("arn:") ? undefined : source;
  return source.provider?.urn === replica.provider?.urn && source.props.region === replica.props.region
    ? source
    : undefined;
}
