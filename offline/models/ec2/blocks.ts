/** The IPv4 blocks of VPCs and subnets in the world. */
import type { Thing, World } from "../../world";
import { property, text } from "../values";
import { parseBlock, type Block } from "./cidr";

const SECONDARY = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

export function blockOf(thing: Thing): Block | undefined {
  return parseBlock(text(property(thing, "cidrBlock")) ?? "");
}

/** A VPC's blocks, the primary one first; undefined where one of them isn't known yet. */
export function vpcBlocks(world: World, vpc: Thing): Block[] | undefined {
  const secondary = world.all(SECONDARY).filter((one) => {
    const id = text(property(one, "vpcId"));
    return id === undefined || id === vpc.id;
  });
  const blocks = [vpc, ...secondary].map((thing) => blockOf(thing));
  return blocks.every((block) => block !== undefined) ? blocks : undefined;
}

export function subnetsOf(world: World, vpcId: string): Thing[] {
  return world.all("aws:ec2/subnet:Subnet").filter((subnet) => text(property(subnet, "vpcId")) === vpcId);
}
