import { machineTypes, subnetsOfGroup } from "../../reachability/databases";
import { isExactly, mayBe } from "../../reachability/links";
import type { Network } from "../../reachability/network";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, outside, pending, switchOf } from "../check";
import { enough, zonesOf } from "./zone-count";

/** Clusters whose storage alone is in several zones. */
export const clusterTypes = Object.keys(machineTypes);

export function instanceChecks(database: Resource): readonly Check[] {
  const state = switchOf(given(database, "multiAz"));
  if (state === "on") return [good];
  if (state === "unknown") return [pending("what its multiAz is")];
  const now = state === "off" ? "is false" : "isn't set";
  return [bad(`database ${label(database)} has no standby in another zone: multiAz ${now}`, "set multiAz: true")];
}

/** A Multi-AZ DB cluster is always spread; another is where its machines are. */
export function clusterChecks({ links }: Network, cluster: Resource, wanted: number): readonly Check[] {
  if (cluster.type === "aws:rds/cluster:Cluster") {
    const engine = given(cluster, "engine");
    const mode = given(cluster, "engineMode");
    if (engine === UNKNOWN || mode === UNKNOWN) return [pending("what its engine and engineMode are")];
    if (mode === "serverless" || (typeof engine === "string" && !engine.startsWith("aurora"))) return [good];
  }
  const type = machineTypes[cluster.type] ?? "";
  const machines = links
    .ofTypes(type)
    .map((machine) => ({ machine, link: links.follow(machine, "clusterIdentifier", cluster.type) }))
    .filter(({ link }) => mayBe(link, cluster));
  const own = machines.filter(({ link }) => isExactly(link, cluster));
  const zones = own.map(({ machine }) => given(machine, "availabilityZone"));
  const named = new Set(zones.filter((zone) => typeof zone === "string"));
  if (named.size >= wanted) return [good];
  if (machines.length === 0)
    return [outside(`the instances of cluster ${label(cluster)}, none of which is in this stack`)];
  if (machines.length < wanted) {
    return [
      bad(
        `cluster ${label(cluster)} has too few instances to be in ${wanted} zones: ${machines.length}`,
        `give it at least ${wanted} instances, in different zones`,
      ),
    ];
  }
  if (machines.length > own.length) return [pending(`which instances cluster ${label(cluster)} has`)];
  if (named.size > 0 && zones.every((zone) => typeof zone === "string"))
    return [
      bad(
        `all instances of cluster ${label(cluster)} are in ${[...named].join(", ")}`,
        "give its instances different availabilityZones",
      ),
    ];
  return [pending(`in which zones the instances of cluster ${label(cluster)} are (say it: availabilityZone)`)];
}

export function subnetGroupChecks(network: Network, group: Resource, wanted: number): readonly Check[] {
  const subject = `database subnet group ${label(group)}`;
  const count = zonesOf(network, subject, subnetsOfGroup(network.links, group));
  return enough(count, wanted, subject, `give it subnets in at least ${wanted} zones`);
}
