import type { Certainty } from "../reachability/certainty";
import { machineTypes } from "../reachability/databases";
import { isExactly, type Links } from "../reachability/links";
import { type Network, readNetwork } from "../reachability/network";
import type { Party } from "../reachability/parties";
import { given, type Resource, UNKNOWN } from "../reachability/resources";
import type { Zone } from "./zones";

/** What is left of a network when a zone is lost. */
export interface Remainder {
  /** Without whatever is, or may be, lost. */
  readonly network: Network;
  /** What may be lost or not: it isn't known in which zone it is. */
  readonly perhaps: readonly Party[];
}

/**
 * Takes a zone away: its subnets, with the nodes of load balancers, the NAT gateways and the interfaces of endpoints in them, and whoever is in no other
 * subnet. An Auto Scaling group launches in those that are left; a Multi-AZ database has its standby there.
 *
 * @param isAlone of a database: is there no other of its name? One alone in a single zone, whichever that is, is lost with that.
 */
export function withoutZone(resources: readonly Resource[], zone: Zone, isAlone: (party: Party) => boolean): Remainder {
  const whole = readNetwork(resources);
  const fates = new Map(whole.parties.map((party) => [party, fateOf(whole.links, party, zone, isAlone)]));
  return {
    network: {
      links: whole.links,
      subnets: whole.subnets.filter(({ resource }) => !zone.subnets.has(resource)),
      parties: whole.parties.filter((party) => fates.get(party) === "no"),
    },
    perhaps: whole.parties.filter((party) => fates.get(party) === "perhaps"),
  };
}

/** Is the party lost with the zone? */
function fateOf(links: Links, party: Party, zone: Zone, isAlone: (party: Party) => boolean): Certainty {
  const { candidates, external } = party.subnets;
  const lost = candidates.filter((subnet) => zone.subnets.has(subnet));
  if (lost.length === 0) return "no";
  if (lost.length === candidates.length) return external ? "perhaps" : "yes";
  if (party.kind !== "database") return party.spread ? "no" : "perhaps";
  return databaseFate(links, party, zone, isAlone);
}

/** "Amazon RDS automatically … switches to a standby replica in another Availability Zone" (RDS guide, "Multi-AZ DB instance deployments"). */
function databaseFate(links: Links, party: Party, zone: Zone, isAlone: (party: Party) => boolean): Certainty {
  const { resource } = party;
  const machineType = machineTypes[resource.type];
  if (machineType !== undefined) return clusterFate(links, resource, machineType, zone);
  const multi = given(resource, "multiAz");
  if (multi === true || multi === "true") return "no";
  if (multi === UNKNOWN) return "perhaps";
  const home = isHome(resource, zone);
  return home === "perhaps" && isAlone(party) ? "yes" : home;
}

/** A cluster lives as long as one of its machines; a Multi-AZ DB cluster has three of its own in three zones. */
function clusterFate(links: Links, cluster: Resource, machineType: string, zone: Zone): Certainty {
  if (given(cluster, "dbClusterInstanceClass") !== undefined) return "no";
  const machines = links
    .ofTypes(machineType)
    .filter((machine) => isExactly(links.follow(machine, "clusterIdentifier", cluster.type), cluster));
  const homes = machines.map((machine) => isHome(machine, zone));
  if (homes.includes("no")) return "no";
  if (homes.length === 1) return "yes";
  return homes.length > 0 && homes.every((home) => home === "yes") ? "yes" : "perhaps";
}

function isHome(resource: Resource, { names }: Zone): Certainty {
  const home = given(resource, "availabilityZone");
  if (typeof home !== "string") return "perhaps";
  return names.has(home) ? "yes" : "no";
}
