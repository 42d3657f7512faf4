import { allIpv4, allIpv6, type Block, parseBlock, noAddresses } from "./addresses";
import { type Estimate, exactly, perhaps, union } from "./estimate";
import { isExactly, type Link, type Links, mayBe } from "./links";
import { given, items, label, type Resource, UNKNOWN, type Value } from "./resources";
import { Traffic } from "./traffic";

export const vpcTypes = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"] as const;
export const subnetTypes = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;

/** An answer that may have to be left open. */
export type Certainty = "yes" | "no" | "perhaps";

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

/** The blocks of a VPC, which its tables route locally; `complete` is false while one isn't known. */
export function blocksOf(links: Links, vpc: Link): { blocks: readonly Block[]; complete: boolean } {
  const [resource] = vpc.candidates;
  if (resource === undefined || !isExactly(vpc, resource)) return { blocks: [], complete: false };
  const values = [given(resource, "cidrBlock"), given(resource, "ipv6CidrBlock")];
  for (const family of ["4", "6"]) {
    for (const more of links.ofTypes(
      `aws:ec2/vpcIpv${family}CidrBlockAssociation:VpcIpv${family}CidrBlockAssociation`,
    )) {
      const link = links.follow(more, "vpcId", ...vpcTypes);
      if (mayBe(link, resource)) values.push(given(more, family === "4" ? "cidrBlock" : "ipv6CidrBlock"));
    }
  }
  const blocks = values
    .map((value) => (typeof value === "string" ? parseBlock(value) : undefined))
    .filter((block): block is Block => block !== undefined);
  return { blocks, complete: !values.includes(UNKNOWN) && blocks.length > 0 };
}

/** Do both links mean one VPC? */
export function sameVpc(a: Link, b: Link): Certainty {
  const certain = [a, b].every((link) => (link.external ? link.candidates.length === 0 : link.candidates.length === 1));
  if (!certain || a.absent || b.absent) return "perhaps";
  const identity = (link: Link) => link.candidates[0]?.urn ?? link.id;
  if (identity(a) === undefined || identity(b) === undefined) return "perhaps";
  return identity(a) === identity(b) ? "yes" : "no";
}

/** The entries of a prefix list that stands among the resources; undefined where they aren't (all) known. */
export function prefixListBlocks(list: Link): readonly Block[] | undefined {
  const [resource] = list.candidates;
  if (resource === undefined || !isExactly(list, resource)) return undefined;
  const entries = items(given(resource, "entries"));
  if (entries === UNKNOWN || entries.length === 0) return undefined;
  const blocks = entries.map((entry) => {
    const cidr = entry !== null && typeof entry === "object" && "cidr" in entry ? entry.cidr : undefined;
    return typeof cidr === "string" ? parseBlock(cidr) : undefined;
  });
  return blocks.includes(undefined) ? undefined : blocks.filter((block): block is Block => block !== undefined);
}

/** The addresses of blocks together. */
export function addressesOf(blocks: readonly Block[]) {
  return blocks.reduce((sum, block) => sum.union(block.addresses), noAddresses);
}
