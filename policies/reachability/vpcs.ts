import { allIpv4, allIpv6, type Block, parseBlock, noAddresses } from "./addresses";
import { unknownVpcSpace } from "./axioms";
import { type Certainty, certaintyOf } from "./certainty";
import { type Estimate, exactly, perhaps, union } from "./estimate";
import type { IntervalSet } from "./interval-set";
import { isExactly, type Link, type Links, mayBe, vpcTypes } from "./links";
import { remembered } from "./remembered";
import { given, label, type Resource, UNKNOWN, type Value } from "./resources";
import { Traffic } from "./traffic";

export const subnetTypes = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;

/** Does what is launched there get a public IPv4 address? In a default subnet it does unless that says otherwise (VPC guide, "Default subnets"). */
export function mapsPublicAddresses(subnet: Resource): Certainty {
  const setting = given(subnet, "mapPublicIpOnLaunch");
  return certaintyOf(setting === undefined && subnet.type === subnetTypes[1] ? true : setting);
}

export interface Subnet {
  readonly resource: Resource;
  readonly vpc: Link;
  /** "10.0.64.0/24", or the subnet's name while the block isn't known. */
  readonly label: string;
  /** Traffic whose source lies in the subnet. */
  readonly senders: Estimate;
}

export function readSubnets(links: Links): readonly Subnet[] {
  return links.ofTypes(...subnetTypes).map((resource) => {
    const { cidrBlock } = resource.props;
    return {
      resource,
      vpc: links.follow(resource, "vpcId", ...vpcTypes),
      label: typeof cidrBlock === "string" ? cidrBlock : label(resource),
      senders: union(
        senders(resource, given(resource, "cidrBlock"), "ipv4"),
        senders(resource, given(resource, "ipv6CidrBlock"), "ipv6"),
      ),
    };
  });
}

function senders(subnet: Resource, value: Value, family: "ipv4" | "ipv6"): Estimate {
  const block = typeof value === "string" ? parseBlock(value) : undefined;
  if (block !== undefined) return exactly(Traffic.where({ source: block.addresses }));
  if (value === undefined) return exactly(Traffic.none);
  const all = exactly(Traffic.where({ source: family === "ipv4" ? allIpv4 : allIpv6 }));
  return perhaps(all, `the ${family} block of subnet ${label(subnet)}`);
}

/** What the tables of a VPC route locally: blocks that it has for certain, and addresses that it may have besides. */
export interface VpcSpace {
  readonly blocks: readonly Block[];
  readonly possible: IntervalSet;
}

export function spaceOf(links: Links, vpc: Link): VpcSpace {
  const [resource] = vpc.candidates;
  if (resource === undefined || !isExactly(vpc, resource)) return { blocks: [], possible: unknownVpcSpace };
  const values: Value[] = [given(resource, "cidrBlock"), given(resource, "ipv6CidrBlock")];
  const possible: Value[] = [];
  for (const [type, property] of moreBlocks) {
    for (const more of links.ofTypes(type)) {
      const link = links.follow(more, "vpcId", ...vpcTypes);
      if (isExactly(link, resource)) values.push(given(more, property));
      else if (mayBe(link, resource)) possible.push(given(more, property));
    }
  }
  const blocks = blocksIn(values);
  const isUnknown = blocks.length === 0 || values.includes(UNKNOWN) || possible.includes(UNKNOWN);
  const known = addressesOf(blocksIn(possible));
  return { blocks, possible: isUnknown ? known.union(unknownVpcSpace) : known };
}

/** The addresses that the VPCs among the resources have for certain. */
export function vpcAddresses(links: Links): IntervalSet {
  return remembered(links, "addresses of VPCs", () =>
    addressesOf(
      links
        .ofTypes(...vpcTypes)
        .flatMap((vpc) => spaceOf(links, { candidates: [vpc], external: false, id: undefined, absent: false }).blocks),
    ),
  );
}

const moreBlocks = [
  ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "cidrBlock"],
  ["aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation", "ipv6CidrBlock"],
] as const;

function blocksIn(values: readonly Value[]): readonly Block[] {
  return values.flatMap((value) => (typeof value === "string" ? (parseBlock(value) ?? []) : []));
}

/** Do both links mean one VPC? */
export function sameVpc(a: Link, b: Link): Certainty {
  const certain = [a, b].every((link) => (link.external ? link.candidates.length === 0 : link.candidates.length === 1));
  if (!certain || a.absent || b.absent) return "perhaps";
  const identity = (link: Link) => link.candidates[0]?.urn ?? link.id;
  if (identity(a) === undefined || identity(b) === undefined) return "perhaps";
  return identity(a) === identity(b) ? "yes" : "no";
}

/** The addresses of blocks together. */
export function addressesOf(blocks: readonly Block[]): IntervalSet {
  return blocks.reduce((sum, block) => sum.union(block.addresses), noAddresses);
}
