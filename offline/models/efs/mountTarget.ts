import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { privateAddress, putInterface, takenIn } from "../ec2/addresses";
import { ipv4Problem, parseBlock } from "../ec2/cidr";
import { NETWORK_INTERFACE } from "../ec2/companions";
import { lookUp } from "../ec2/references";
import { zoneNameOf } from "../ec2/subnet";
import { ordinaryZones } from "../ec2/zones";
import { filled, whenKnown } from "../filled";
import { Findings } from "../findings";
import { checkGroups, subnetsOf } from "../subnets";
import { given, property, text, texts } from "../values";
import { CODE, dnsName, fileSystemOf, MOUNT_TARGET } from "./fileSystems";

/** Source: https://docs.aws.amazon.com/efs/latest/ug/limits.html */
const GROUPS = 5;

function subnetOf(context: OperationContext): Thing | undefined {
  const id = text(context.inputs["subnetId"]);
  return id === undefined ? undefined : subnetsOf(context, [id], "SubnetNotFound")[0];
}

/** Throws where another mount target of the file system excludes this one: same zone, or another VPC. */
function refuseNeighbour({ world }: OperationContext, fileSystem: Thing, subnet: Thing): void {
  const zone = zoneNameOf(subnet);
  for (const other of world.all(MOUNT_TARGET)) {
    if (text(property(other, "fileSystemId")) !== fileSystem.id) continue;
    const theirs = lookUp(world, "subnet", property(other, "subnetId"));
    const [vpc, otherVpc] = [subnet, theirs].map((one) =>
      one === undefined ? undefined : text(property(one, "vpcId")),
    );
    if (vpc !== undefined && otherVpc !== undefined && vpc !== otherVpc)
      throw new AwsError(
        "MountTargetConflict",
        "requested subnet for new mount target is not in the same VPC as existing mount targets",
        "subnetId",
      );
    if (zone !== undefined && theirs !== undefined && zoneNameOf(theirs) === zone)
      throw new AwsError("MountTargetConflict", `mount target already exists in this AZ (${zone})`, "subnetId");
  }
  const only = text(property(fileSystem, "availabilityZoneName"));
  if (only !== undefined && zone !== undefined && only !== zone)
    throw new AwsError("AvailabilityZonesMismatch", `The One Zone file system is in ${only}, the subnet in ${zone}.`);
}

function refuseAddress({ inputs, world }: OperationContext, subnet: Thing): void {
  const address = text(inputs["ipAddress"]);
  const [block, single] = [text(property(subnet, "cidrBlock")), address].map((cidr) =>
    cidr === undefined ? undefined : parseBlock(cidr.includes("/") ? cidr : `${cidr}/32`),
  );
  if (address === undefined || block === undefined || single === undefined) return;
  const offset = single.first - block.first;
  if (offset < 4 || offset > block.size - 2)
    throw new AwsError(CODE, `Address ${address} is not a usable one of the subnet ${subnet.id}`, "ipAddress");
  if (takenIn(world, subnet.id).has(address))
    throw new AwsError("IpAddressInUse", `The IP address ${address} is in use`, "ipAddress");
}

function groupsOf(context: OperationContext, subnet: Thing | undefined): unknown {
  const { inputs, world } = context;
  const asked = inputs["securityGroups"];
  const vpcId = subnet === undefined ? undefined : text(property(subnet, "vpcId"));
  if (given(asked)) {
    if (Array.isArray(asked) && asked.length > GROUPS)
      throw new AwsError("SecurityGroupLimitExceeded", `More than ${GROUPS} security groups.`, "securityGroups");
    checkGroups(context, texts(asked), vpcId, { missing: "SecurityGroupNotFound", elsewhere: "SecurityGroupNotFound" });
    return asked;
  }
  const vpc = lookUp(world, "vpc", vpcId);
  return vpc === undefined ? UNKNOWN : [property(vpc, "defaultSecurityGroupId")];
}

/** Groups can change; the interface in the subnet is made anew with them. */
function stand(context: OperationContext, interfaceId: string, ipAddress: unknown): Props {
  const subnet = subnetOf(context);
  const securityGroups = groupsOf(context, subnet);
  putInterface(context, interfaceId, {
    subnetId: context.inputs["subnetId"],
    vpcId: subnet === undefined ? UNKNOWN : property(subnet, "vpcId"),
    securityGroups,
    privateIp: ipAddress,
    description: "EFS mount target",
  });
  return { securityGroups };
}

const model: Model = {
  type: MOUNT_TARGET,
  // A file system has one mount target a zone.
  deleteBeforeReplace: true,
  replaceOn: ["fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const address = text(inputs["ipAddress"]);
    const problem = address === undefined ? undefined : ipv4Problem(`${address}/32`);
    if (problem !== undefined)
      found.refuse("ipAddress", CODE, `expected ip_address to contain a valid IPv4 address, got: ${address ?? ""}`);
    found.oneOf("ipAddressType", ["IPV4_ONLY", "IPV6_ONLY", "DUAL_STACK"], CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const [fileSystem, subnet] = [fileSystemOf(context), subnetOf(context)];
    if (fileSystem !== undefined && subnet !== undefined) refuseNeighbour(context, fileSystem, subnet);
    if (subnet !== undefined) refuseAddress(context, subnet);
    const ipAddress = inputs["ipAddress"] ?? privateAddress(context, subnet);
    const networkInterfaceId = ids.ec2("eni");
    const zone = subnet === undefined ? undefined : zoneNameOf(subnet);
    const name = whenKnown(inputs["fileSystemId"], (id) => dnsName(id, place));
    return {
      id: ids.ec2("fsmt"),
      outputs: {
        ...filled(inputs, { ipAddressType: "IPV4_ONLY", ipv6Address: "" }),
        ...stand(context, networkInterfaceId, ipAddress),
        availabilityZoneId: ordinaryZones(place.region).find((one) => one.name === zone)?.id ?? UNKNOWN,
        availabilityZoneName: zone ?? UNKNOWN,
        dnsName: name,
        fileSystemArn: fileSystem === undefined ? UNKNOWN : property(fileSystem, "arn"),
        ipAddress,
        mountTargetDnsName: zone === undefined ? UNKNOWN : whenKnown(name, (known) => `${zone}.${known}`),
        networkInterfaceId,
        ownerId: place.accountId,
      },
    };
  },

  update: (context, old) => stand(context, String(old.outputs["networkInterfaceId"]), old.outputs["ipAddress"]),

  delete({ world }, old) {
    world.remove(NETWORK_INTERFACE, String(old.outputs["networkInterfaceId"]));
  },
};

export default model;
