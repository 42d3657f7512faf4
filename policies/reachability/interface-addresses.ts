import { allIpv4, allIpv6, parseBlock } from "./addresses";
import { internet, unknownVpcSpace } from "./axioms";
import type { IntervalSet } from "./interval-set";
import type { Links } from "./links";
import type { Party } from "./parties";
import { elements, given, type Resource } from "./resources";
import { addressesOf, spaceOf, type Subnet } from "./vpcs";

export type Family = "ipv4" | "ipv6";

const everything: Readonly<Record<Family, IntervalSet>> = { ipv4: allIpv4, ipv6: allIpv6 };

/** The addresses of a subnet in a family: while its block isn't known, those of its VPC. */
export function blockOf(links: Links, subnet: Subnet, family: Family): IntervalSet {
  const value = given(subnet.resource, family === "ipv4" ? "cidrBlock" : "ipv6CidrBlock");
  const block = typeof value === "string" ? parseBlock(value) : undefined;
  if (block !== undefined) return block.addresses;
  if (value === undefined && family === "ipv6") return everything.ipv6.intersect(everything.ipv4);
  const { blocks, possible } = spaceOf(links, subnet.vpc);
  const vpc = addressesOf(blocks).union(possible).intersect(everything[family]);
  return vpc.isEmpty ? unknownVpcSpace.intersect(everything[family]) : vpc;
}

const privateKeys = ["privateIp", "privateIps", "secondaryPrivateIps", "ipv6Addresses", "ipAddress"] as const;

/** The addresses that a party is known to have of its own, in a family. */
export function ownAddresses({ resource }: Party, family: Family): IntervalSet {
  const texts = privateKeys.flatMap((key) => elements(given(resource, key)));
  return addressesOf(texts.flatMap((each) => (typeof each === "string" ? (parseBlock(each) ?? []) : []))).intersect(
    everything[family],
  );
}

/** The public IPv4 addresses that it is known to have; where none is known, any may be its own. */
export function publicAddressesOf(links: Links, { resource }: Party): { addresses: IntervalSet; exact: boolean } {
  const found = [given(resource, "publicIp"), ...elasticAddresses(links, resource)];
  const blocks = found.flatMap((each) => (typeof each === "string" ? (parseBlock(each) ?? []) : []));
  return blocks.length > 0
    ? { addresses: addressesOf(blocks), exact: true }
    : { addresses: internet.intersect(allIpv4), exact: false };
}

function elasticAddresses(links: Links, resource: Resource) {
  const property = resource.type === "aws:ec2/instance:Instance" ? "instance" : "networkInterface";
  const eips = links
    .ofTypes("aws:ec2/eip:Eip")
    .filter((eip) => links.follow(eip, property, resource.type).candidates.includes(resource));
  const associated = links
    .ofTypes("aws:ec2/eipAssociation:EipAssociation")
    .filter((each) => links.follow(each, `${property}Id`, resource.type).candidates.includes(resource))
    .map((each) => links.follow(each, "allocationId", "aws:ec2/eip:Eip").candidates[0] ?? each);
  return [...eips, ...associated].map((each) => given(each, "publicIp"));
}
