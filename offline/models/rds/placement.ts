/** Where a DB instance stands: its subnet group, security groups and zone. */
import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing, World } from "../../world";
import { mayHaveGateway } from "../ec2/attachments";
import { lookUp } from "../ec2/references";
import { checkGroups, zonesOf } from "../subnets";
import { ordinaryZones } from "../ec2/zones";
import { given, isTrue, property, text, texts } from "../values";

interface Placement {
  /** Those that hold an interface: one, two with a standby. */
  subnets: Thing[];
  securityGroups: unknown;
  zone: unknown;
  groupName: unknown;
}

/** Places it, or throws what RDS refuses. */
export function placeInstance(context: OperationContext): Placement {
  const { inputs, world, ids, place } = context;
  const name = text(inputs["dbSubnetGroupName"]);
  const group = name === undefined ? undefined : world.find("aws:rds/subnetGroup:SubnetGroup", name);
  if (name !== undefined && name !== "default" && group === undefined)
    throw new AwsError("DBSubnetGroupNotFoundFault", `DB subnet group '${name}' does not exist.`, "dbSubnetGroupName");
  const members = texts(group === undefined ? [] : property(group, "subnetIds")).flatMap(
    (id) => lookUp(world, "subnet", id) ?? [],
  );
  const vpcId = group === undefined ? undefined : text(property(group, "vpcId"));
  checkGroups(context, texts(inputs["vpcSecurityGroupIds"]), vpcId, {
    missing: "InvalidParameterValue",
    elsewhere: "InvalidVPCNetworkStateFault",
  });
  const zones = zonesOf(members);
  const asked = text(inputs["availabilityZone"]);
  if (asked !== undefined && zones.length > 0 && !zones.includes(asked))
    throw new AwsError(
      "InvalidVPCNetworkStateFault",
      `DB Subnet Group doesn't contain subnets in ${asked}`,
      "availabilityZone",
    );
  const unplaced = inputs["dbSubnetGroupName"] === UNKNOWN;
  const candidates = zones.length > 0 ? zones : ordinaryZones(place.region).map((one) => one.name);
  const zone = asked ?? (unplaced ? UNKNOWN : candidates[ids.integer(0, Math.max(candidates.length - 1, 0), "zone")]);
  if (asked !== undefined && zones.length === 0 && !candidates.includes(asked) && !asked.startsWith(`${place.region}-`))
    throw new AwsError("InvalidParameterValue", `Invalid Availability Zone: ${asked}`, "availabilityZone");
  if (isTrue(inputs["publiclyAccessible"]) && vpcId !== undefined) refusePublic(world, vpcId);
  const first = members.find((subnet) => property(subnet, "availabilityZone") === zone) ?? members[0];
  const standby = isTrue(inputs["multiAz"]) ? members.filter((subnet) => subnet !== first).slice(0, 1) : [];
  const vpc = vpcId === undefined ? undefined : lookUp(world, "vpc", vpcId);
  const own = vpc === undefined ? undefined : text(property(vpc, "defaultSecurityGroupId"));
  return {
    subnets: first === undefined ? [] : [first, ...standby],
    securityGroups: given(inputs["vpcSecurityGroupIds"])
      ? inputs["vpcSecurityGroupIds"]
      : own === undefined
        ? []
        : [own],
    zone: zone ?? UNKNOWN,
    groupName: inputs["dbSubnetGroupName"] ?? "default",
  };
}

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (PubliclyAccessible) */
function refusePublic(world: World, vpcId: string): void {
  const vpc = lookUp(world, "vpc", vpcId);
  const lacks = ["enableDnsHostnames", "enableDnsSupport"].some(
    (name) => vpc !== undefined && property(vpc, name) === false,
  );
  const refuse = (why: string): AwsError =>
    new AwsError(
      "InvalidVPCNetworkStateFault",
      `Cannot create a publicly accessible DBInstance. The specified VPC ${why}. Update the VPC and then try again`,
      "publiclyAccessible",
    );
  if (lacks) throw refuse("does not support DNS resolution, DNS hostnames, or both");
  if (!mayHaveGateway(world, vpcId)) throw refuse("has no internet gateway attached");
}
