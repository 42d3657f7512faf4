/** Addresses that AWS hands out: public ones, private ones of a subnet, and their DNS names. */
import type { OperationContext, Place } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing, World } from "../../world";
import { property, text } from "../values";
import { formatAddress, parseBlock } from "./cidr";
import { NETWORK_INTERFACE } from "./companions";

/** First octets of blocks that Amazon owns as a whole. */
const amazonOctets = [3, 13, 18, 34, 35, 44, 52, 54] as const;

/** The first four addresses and the last one of a subnet are AWS's own. Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_AT_START = 4;

/** A real-looking public address of this generation of the resource. */
export function publicAddress(context: OperationContext, label = "public"): string {
  const first = amazonOctets[context.ids.integer(0, amazonOctets.length - 1, `${label}-network`)] ?? amazonOctets[0];
  const rest = ["b", "c", "d"].map((octet) => context.ids.integer(1, 254, `${label}-${octet}`));
  return [first, ...rest].join(".");
}

const dashed = (address: string): string => address.replaceAll(".", "-");
const suffix = (place: Place): string => (place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");

/** `ec2-…` name of a public address; us-east-1 has its own form. */
export function publicName(place: Place, address: string): string {
  const zone = place.region === "us-east-1" ? "compute-1" : `${place.region}.compute`;
  return `ec2-${dashed(address)}.${zone}.${suffix(place)}`;
}

/** `ip-…` name of a private address; us-east-1 has its own form. */
export function privateName(place: Place, address: string): string {
  return `ip-${dashed(address)}.${place.region === "us-east-1" ? "ec2" : `${place.region}.compute`}.internal`;
}

/** A free address of the subnet, chosen by the resource's ids; unknown where the subnet's block is. */
export function privateAddress(context: OperationContext, subnet: Thing | undefined, label = "private"): string {
  const cidr = subnet === undefined ? undefined : text(property(subnet, "cidrBlock"));
  const block = cidr === undefined ? undefined : parseBlock(cidr);
  if (block === undefined) return UNKNOWN;
  const usable = block.size - RESERVED_AT_START - 1;
  const taken = subnet === undefined ? new Set<string>() : takenIn(context.world, subnet.id);
  const start = context.ids.integer(0, usable - 1, label);
  for (let step = 0; step < usable; step += 1) {
    const address = formatAddress(block.first + RESERVED_AT_START + ((start + step) % usable));
    if (!taken.has(address)) return address;
  }
  return formatAddress(block.first + RESERVED_AT_START + start);
}

/** Private addresses in use in a subnet. */
export function takenIn(world: World, subnetId: string): Set<string> {
  const interfaces = world.all(NETWORK_INTERFACE).filter((one) => text(property(one, "subnetId")) === subnetId);
  return new Set(interfaces.flatMap((one) => text(property(one, "privateIp")) ?? []));
}

/** Puts the network interface of an AWS service (NAT gateway, endpoint) into the world. */
export function putInterface(context: OperationContext, id: string, details: Record<string, unknown>): void {
  const { urn, place, world } = context;
  world.put({
    type: NETWORK_INTERFACE,
    id,
    urn,
    place,
    inputs: {},
    outputs: { ...details, requesterManaged: true },
    companion: true,
  });
}
