import { z } from "zod";
import type { Network } from "../../reachability/network";
import { groupOfDatabase, readDatabases, readSubnetGroups, subnetsOfGroup } from "../../reachability/databases";
import { field, given, label, UNKNOWN } from "../../reachability/resources";
import type { Subnet } from "../../reachability/vpcs";

/** How rules about database subnets are told which these are. */
export const databaseSubnetSettings = {
  databaseSubnets: z
    .array(z.string())
    .default([])
    .describe("Ids, logical names or CIDR blocks of database subnets, besides those of RDS subnet groups."),
  databaseTier: z
    .string()
    .default("internal")
    .describe('Subnets whose tag "Tier" has this value are database subnets.'),
};

export interface DatabaseSettings {
  /** Ids, logical names or CIDR blocks of further database subnets. */
  readonly databaseSubnets: readonly string[];
  /** Subnets whose tag `Tier` has this value are database subnets. */
  readonly databaseTier: string;
}

export interface DatabaseSubnet {
  readonly subnet: Subnet;
  /** Why it may not be one; empty when it certainly is. */
  readonly doubts: readonly string[];
  /** The subnet groups that it may be in. */
  readonly choices: readonly Choice[];
}

/** A subnet group whose members aren't known, but at least one of the subnets is. */
export interface Choice {
  readonly group: string;
  readonly among: readonly Subnet[];
}

export interface DatabaseSubnets {
  readonly found: readonly DatabaseSubnet[];
  /** What keeps others from being found. */
  readonly unknowns: readonly string[];
}

/** Finds the subnets of databases: by RDS subnet group, by tag, by configuration. */
export function findDatabaseSubnets(network: Network, settings: DatabaseSettings): DatabaseSubnets {
  const certainly = new Set<Subnet>();
  const doubts = new Map<Subnet, string[]>();
  const choices: Choice[] = [];
  const unknowns = new Set<string>();
  const add = (subnet: Subnet, doubt?: string) => {
    if (doubt === undefined) certainly.add(subnet);
    doubts.set(subnet, [...(doubts.get(subnet) ?? []), ...(doubt === undefined ? [] : [doubt])]);
  };
  for (const group of readSubnetGroups(network.links)) {
    const { certain, possible, someOfPossible, outside } = subnetsOfGroup(network.links, group);
    const doubt = `which subnets subnet group ${label(group)} has`;
    for (const subnet of network.subnets) {
      if (certain.includes(subnet.resource)) add(subnet);
      else if (possible.includes(subnet.resource)) add(subnet, doubt);
    }
    if (someOfPossible) {
      const among = network.subnets.filter(({ resource }) => possible.includes(resource));
      choices.push({ group: label(group), among });
    }
    for (const id of outside) {
      unknowns.add(
        `the routes of subnet ${id ?? "that isn't named"} of subnet group ${label(group)}, which isn't in this stack`,
      );
    }
  }
  for (const database of readDatabases(network.links)) {
    const group = groupOfDatabase(network.links, database);
    const inherits = ["replicateSourceDb", "replicationSourceIdentifier"].some(
      (key) => given(database, key) !== undefined,
    );
    if (group.external)
      unknowns.add(
        `subnet group ${group.id ?? "that isn't named"} of database ${label(database)}, which isn't in this stack`,
      );
    if (group.absent && !inherits)
      unknowns.add(`the account's default subnet group, which database ${label(database)} uses`);
  }
  for (const subnet of network.subnets) {
    const tier = tierOf(subnet);
    if (tier === settings.databaseTier) add(subnet);
    else if (tier === UNKNOWN) add(subnet, `the tag "Tier" of subnet ${subnet.label}`);
  }
  for (const wanted of settings.databaseSubnets) {
    const named = network.subnets.filter(({ resource }) =>
      [resource.props.id, resource.name, resource.props.cidrBlock].includes(wanted),
    );
    named.forEach((subnet) => {
      add(subnet);
    });
    if (named.length === 0 && network.subnets.length > 0) unknowns.add(`which subnet the configured "${wanted}" is`);
  }
  const found = [...doubts].map(([subnet, reasons]) => ({
    subnet,
    doubts: certainly.has(subnet) ? [] : reasons,
    choices: certainly.has(subnet) ? [] : choices.filter(({ among }) => among.includes(subnet)),
  }));
  return { found, unknowns: [...unknowns] };
}

/** The provider's default tags are in `tagsAll` only. */
function tierOf({ resource }: Subnet) {
  const own = field(given(resource, "tags"), "Tier");
  return own ?? field(given(resource, "tagsAll"), "Tier");
}
