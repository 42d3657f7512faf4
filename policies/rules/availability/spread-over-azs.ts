import { z } from "zod";
import { matches } from "../../exemptions";
import { subnetGroupTypes } from "../../reachability/databases";
import { endpointType, subnetsOfEndpoint } from "../../reachability/interface-endpoints";
import { followList, isExactly, mayBe } from "../../reachability/links";
import { balancerTypes, scalingGroupType } from "../../reachability/managed-parties";
import type { Network } from "../../reachability/network";
import { field, given, label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { subnetTypes } from "../../reachability/vpcs";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Rule } from "../rule";
import { clusterChecks, clusterTypes, instanceChecks, subnetGroupChecks } from "./database-zones";
import { scalingGroupChecks } from "./scaling-group-zones";
import { enough, joined, listOf, namedZones, zonesOf } from "./zone-count";

const settings = {
  zones: z.int().min(2).default(2).describe("In how many Availability Zones each of them stands at least."),
  togetherBy: z
    .string()
    .default("Role")
    .describe(
      'Auto Scaling groups of one VPC with one value of this tag count together, as where each zone has a group of its own. "": each alone.',
    ),
  singleZone: z
    .array(
      z.strictObject({
        resource: z.string().describe("URN of the resource, with * for any run of characters."),
        reason: z.string().trim().min(1).describe("Why it may be lost with its zone."),
      }),
    )
    .default([])
    .describe("What stands in one zone on purpose, for good; for a time only, exempt it."),
};

type Settings = z.output<z.ZodObject<typeof settings>>;

interface Kind {
  readonly types: readonly string[];
  readonly noun: string;
  /** No checks: it is no subject. */
  readonly checks: (network: Network, resource: Resource, chosen: Settings) => readonly Check[];
}

const kinds: readonly Kind[] = [
  { types: [scalingGroupType], noun: "Auto Scaling group", checks: scalingGroupChecks },
  { types: balancerTypes, noun: "load balancer", checks: balancerChecks },
  { types: ["aws:rds/instance:Instance"], noun: "database", checks: (_, database) => instanceChecks(database) },
  {
    types: clusterTypes,
    noun: "cluster",
    checks: (network, cluster, { zones }) => clusterChecks(network, cluster, zones),
  },
  {
    types: subnetGroupTypes,
    noun: "database subnet group",
    checks: (network, group, { zones }) => subnetGroupChecks(network, group, zones),
  },
  { types: ["aws:efs/fileSystem:FileSystem"], noun: "file system", checks: fileSystemChecks },
  { types: [endpointType], noun: "interface endpoint", checks: endpointChecks },
];

/**
 * Zones are those of the subnets that each of them has, followed through what the stack shows. How many machines run there isn't asked: a group of
 * one over two zones comes up again in the other. Of a cluster the machines count, of a file system its mount targets.
 */
export const spreadOverAzs: Rule<typeof settings> = {
  id: "spread-over-azs",
  title: "What has to keep working stands in several Availability Zones",
  proves:
    "Proves that Auto Scaling groups, load balancers, databases, their subnet groups, file systems with their mount targets, and interface endpoints " +
    "stand in at least two Availability Zones.",
  why: "Availability Zones fail as a whole. What stands in one of them only is gone with it, and with it whatever needs it.",
  sources: [
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
  ],
  fix: "Give it subnets in at least two zones; set multiAz on a database, add an instance in another zone to a cluster.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: ["AutoScaling.2", "ELB.10", "ELB.13", "RDS.5", "RDS.15"].map(
    (id) => ({ framework: "AWS Foundational Security Best Practices", id }) as const,
  ),
  tags: ["availability"],
  settings,
  defers: true,
  defersByDefault: true,
  notApplicable: "The stack has no Auto Scaling group, load balancer, database, file system or interface endpoint.",
  judge: ({ network }, chosen) =>
    kinds.flatMap(({ types, noun, checks }) =>
      network.links.ofTypes(...types).flatMap((resource) => {
        const found = checks(network, resource, chosen);
        if (found.length === 0) return [];
        const question = `it can't be told whether ${noun} ${label(resource)} stands in ${chosen.zones} Availability Zones`;
        const isAllowed = chosen.singleZone.some((each) => matches(each.resource, resource.urn));
        return [findingOf(resource, question, isAllowed ? [good] : found)];
      }),
    ),
};

function balancerChecks(network: Network, balancer: Resource, { zones }: Settings): readonly Check[] {
  const subject = `load balancer ${label(balancer)}`;
  const pick = (item: Value) => (typeof item === "object" ? field(item, "subnetId") : item);
  const lists = ["subnets", "subnetMappings"].map((key) => followList(network.links, balancer, key, subnetTypes, pick));
  const named = namedZones(balancer, "availabilityZones");
  const list = joined(...lists);
  if (list.absent && named === undefined) return [pending(`which subnets ${subject} has`)];
  const count = list.absent && named !== undefined ? named : zonesOf(network, subject, list);
  return enough(count, zones, subject, `give it subnets in at least ${zones} zones`);
}

function fileSystemChecks(network: Network, system: Resource, { zones }: Settings): readonly Check[] {
  const { links } = network;
  const zone = given(system, "availabilityZoneName");
  const one =
    zone === undefined
      ? good
      : zone === UNKNOWN
        ? pending("whether it is a One Zone file system")
        : bad(
            `file system ${label(system)} keeps its data in ${JSON.stringify(zone)} only`,
            "make one without availabilityZoneName, and copy the data",
          );
  const targets = links
    .ofTypes("aws:efs/mountTarget:MountTarget")
    .map((target) => ({ target, link: links.follow(target, "fileSystemId", system.type) }))
    .filter(({ link }) => mayBe(link, system));
  if (targets.length === 0) return [one];
  const subject = `file system ${label(system)}`;
  const list = joined(
    ...targets.map(({ target, link }) =>
      listOf(links.follow(target, "subnetId", ...subnetTypes), isExactly(link, system)),
    ),
  );
  const fix = `add an aws.efs.MountTarget in each zone from which it is used, at least ${zones}`;
  return [one, ...enough(zonesOf(network, subject, list), zones, subject, fix)];
}

/** Gateway endpoints have no subnets, those of gateway load balancers just one. */
function endpointChecks(network: Network, endpoint: Resource, { zones }: Settings): readonly Check[] {
  const kind = given(endpoint, "vpcEndpointType") ?? "Gateway";
  if (kind !== "Interface" && kind !== UNKNOWN) return [];
  const service = given(endpoint, "serviceName");
  const subject = `interface endpoint ${label(endpoint)}${typeof service === "string" ? ` (${service})` : ""}`;
  const count = zonesOf(network, subject, subnetsOfEndpoint(network.links, endpoint));
  const found = enough(count, zones, subject, `give it subnets in at least ${zones} zones`);
  const isOpen = kind === UNKNOWN && found.some(({ answer }) => answer === "bad");
  return isOpen ? [pending("whether it is an interface endpoint")] : found;
}
