import { cidrOf, formatCidr, partOf, type Cidr } from "./cidr";
import type { Tier } from "./tiers";

/**
 * Where a tier's block lies: part `index` of the VPC when `bits` are added to its prefix. The first tier has a quarter
 * of the VPC (machines come and go there), the others an eighth each, and the last eighth is kept for what comes later.
 */
const BLOCKS: Readonly<Record<Tier, { bits: number; index: number }>> = {
  dmz: { bits: 2, index: 0 },
  edge: { bits: 3, index: 2 },
  proxy: { bits: 3, index: 3 },
  outbound: { bits: 3, index: 4 },
  service: { bits: 3, index: 5 },
  internal: { bits: 3, index: 6 },
};

/** Every tier has a slot for each zone id there is: no Region has more than six zones, and ids are never given twice. */
const SLOT_BITS = 3;
export const MAX_ZONE_NUMBER = 2 ** SLOT_BITS;

/**
 * The largest and smallest VPC the plan can cut: AWS allows no VPC above /16, and a load balancer wants subnets of /27 or
 * larger (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html).
 */
export const VPC_PREFIX = { largest: 16, smallest: 27 - 3 - SLOT_BITS } as const;

/** The block of a whole tier, so that one network ACL entry names it. */
export function tierBlock(vpcCidr: string, tier: Tier): string {
  return formatCidr(blockOf(cidrOf(vpcCidr), tier));
}

/**
 * The block of a tier's subnet in a zone. It follows from the zone's id alone (`apne1-az4` takes the fourth slot), so that
 * adding, removing or reordering zones moves no other subnet. Throws a RangeError for an id without such a number.
 */
export function subnetBlock(vpcCidr: string, tier: Tier, zoneId: string): string {
  const zone = zoneNumber(zoneId);
  if (zone === undefined) throw new RangeError(`"${zoneId}" isn't the id of an Availability Zone`);
  return formatCidr(partOf(blockOf(cidrOf(vpcCidr), tier), SLOT_BITS, zone - 1));
}

/** The number at the end of a zone's id; undefined when it has none that the plan has a slot for. */
export function zoneNumber(zoneId: string): number | undefined {
  const digits = /-az(\d+)$/.exec(zoneId)?.[1];
  const zone = Number(digits);
  return zone >= 1 && zone <= MAX_ZONE_NUMBER ? zone : undefined;
}

function blockOf(vpc: Cidr, tier: Tier): Cidr {
  const { bits, index } = BLOCKS[tier];
  return partOf(vpc, bits, index);
}
