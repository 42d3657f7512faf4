/** Where things with several subnets stand: the subnets, their zones and their one VPC. */
import { AwsError } from "../aws-error";
import type { OperationContext } from "../model";
import type { Thing } from "../world";
import { lookUp } from "./ec2/references";
import { property, text } from "./values";

/** The known subnets of a list of ids. Throws `code` for one that doesn't exist. */
export function subnetsOf(context: OperationContext, ids: readonly string[], code: string): Thing[] {
  return ids.map((id) => {
    const subnet = lookUp(context.world, "subnet", id);
    if (subnet === undefined) throw new AwsError(code, `The subnet ID '${id}' does not exist`);
    return subnet;
  });
}

/** Zones of the subnets, each once; a zone that isn't known is left out. */
export function zonesOf(subnets: readonly Thing[]): string[] {
  const zones = subnets.flatMap((subnet) => text(property(subnet, "availabilityZone")) ?? []);
  return [...new Set(zones)].sort();
}

/** True when no zone of theirs is unknown. */
export function zonesKnown(subnets: readonly Thing[]): boolean {
  return subnets.every((subnet) => text(property(subnet, "availabilityZone")) !== undefined);
}

/** VPCs of the subnets, each once. */
export function vpcsOf(subnets: readonly Thing[]): string[] {
  return [...new Set(subnets.flatMap((subnet) => text(property(subnet, "vpcId")) ?? []))];
}

/** Throws when a security group doesn't exist or is of another VPC. */
export function checkGroups(
  context: OperationContext,
  groupIds: readonly string[],
  vpcId: string | undefined,
  codes: { missing: string; elsewhere: string },
): void {
  for (const id of groupIds) {
    const group = lookUp(context.world, "securityGroup", id);
    if (group === undefined) throw new AwsError(codes.missing, `The security group '${id}' does not exist`);
    const theirs = text(property(group, "vpcId"));
    if (theirs !== undefined && vpcId !== undefined && theirs !== vpcId) {
      throw new AwsError(codes.elsewhere, `Security group ${id} does not belong to VPC ${vpcId}`);
    }
  }
}
