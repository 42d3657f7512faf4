import { z } from "zod";
import type { Network } from "../../reachability/network";
import { label, type Resource } from "../../reachability/resources";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Rule } from "../rule";
import { type Bastion, clustersOf, findBastions } from "./bastions";
import { joined, zonesOf } from "./zone-count";

const settings = {
  roleTag: z
    .string()
    .default("Role")
    .describe("The tag by which bastions are found, on the group, its launch template or the instance."),
  roles: z.array(z.string()).default(["bastion"]).describe("The values of that tag that bastions have."),
  bastions: z
    .array(z.string())
    .default([])
    .describe(
      "Ids, logical names or URN patterns of Auto Scaling groups and instances that are bastions, besides those with the tag.",
    ),
  instances: z.int().min(2).default(2).describe("How many bastions run at any time in a VPC that has some, at least."),
  zones: z.int().min(2).default(2).describe("In how many Availability Zones they stand, at least."),
  selfHealing: z
    .boolean()
    .default(true)
    .describe("Whether only bastions count that an Auto Scaling group replaces when they are lost."),
};

type Settings = z.output<z.ZodObject<typeof settings>>;

/**
 * What an Auto Scaling group keeps is its minSize: it may scale in to that. It spreads what it runs over its zones; of several groups that each
 * may be anywhere nobody knows that they are apart.
 */
export const redundantBastions: Rule<typeof settings> = {
  id: "redundant-bastions",
  title: "A lost bastion or zone takes nobody's access",
  proves:
    "Proves that a VPC with bastions always has at least two of them, in at least two Availability Zones, kept by Auto Scaling groups.",
  why: "Operators need their way in most when something has failed. One bastion is lost with its machine or its zone, and nobody gets in to mend the rest.",
  sources: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html"],
  fix: "Run the bastions in one Auto Scaling group with minSize of at least 2 over subnets in at least two zones.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [],
  tags: ["availability", "administration"],
  settings,
  defers: true,
  defersByDefault: true,
  notApplicable: "The stack has no bastion.",
  judge: ({ network }, chosen) =>
    clustersOf(network, findBastions(network, chosen)).map(({ first, sure, perhaps }) =>
      findingOf(
        first.resource,
        `it can't be told whether the bastions with ${label(first.resource)} outlive the loss of one, or of a zone`,
        checksOf(network, sure, perhaps, chosen),
      ),
    ),
};

function checksOf(
  network: Network,
  sure: readonly Bastion[],
  perhaps: readonly Bastion[],
  chosen: Settings,
): readonly Check[] {
  if (sure.length === 0) {
    const asIf = checksOf(network, perhaps, [], chosen);
    return asIf.every(({ answer }) => answer === "good") ? asIf : perhaps.flatMap((each) => each.unknowns);
  }
  const counts = ({ heals }: Bastion) => !chosen.selfHealing || heals !== "no";
  const known = sure.filter(counts);
  const all = [...known, ...perhaps.filter(counts)];
  const least = known.filter(({ heals }) => !chosen.selfHealing || heals === "yes");
  const anywhere = zonesOf(network, `bastions ${names(all)}`, joined(...all.map((each) => each.subnets)));
  const unknowns = [
    ...all.flatMap((each) => each.unknowns),
    ...anywhere.unknowns,
    ...(perhaps.length > 0 ? [pending(`which of the bastions ${names([...sure, ...perhaps])} are in one VPC`)] : []),
  ];
  const running = { least: sum(least.map((each) => each.least)), most: sum(all.map((each) => each.most)) };
  const zones = { least: sureZones(network, least), most: anywhere.most };
  const isEnough = running.least >= chosen.instances && zones.least >= chosen.zones;
  if (isEnough) return [good];
  const canBe = running.most >= chosen.instances && zones.most >= chosen.zones;
  if (canBe && unknowns.length > 0) return unknowns;
  return [
    bad(
      [
        `of the bastions ${names(sure)}, ${running.least} in ${zones.least} Availability Zones can be counted on, not ${chosen.instances} in ${chosen.zones}`,
        ...sure.flatMap(({ resource, why }) => (why === undefined ? [] : [`${label(resource)} ${why}`])),
      ].join("\n"),
      `run them in one Auto Scaling group with minSize: ${chosen.instances} or more, over subnets in ${chosen.zones} zones`,
    ),
  ];
}

/** In how many zones some certainly stand: of one group as many as it has zones and machines, of several those that can be nowhere else. */
function sureZones(network: Network, bastions: readonly Bastion[]): number {
  const counted = bastions
    .filter(({ least }) => least > 0)
    .map((bastion) => ({ bastion, zones: zonesOf(network, label(bastion.resource), bastion.subnets) }));
  const alone = counted.map(({ bastion, zones }) => Math.min(bastion.least, zones.least));
  const pinned = counted.filter(({ zones }) => zones.most === 1).map(({ bastion }) => bastion.subnets);
  return Math.max(0, ...alone, zonesOf(network, "bastions", joined(...pinned)).least);
}

function names(bastions: readonly { readonly resource: Resource }[]): string {
  return bastions.map(({ resource }) => label(resource)).join(", ");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
