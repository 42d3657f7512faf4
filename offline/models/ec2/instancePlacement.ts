/** Where an instance stands, and what EC2 refuses about it. */
import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { checkGroups } from "../subnets";
import { given, isRecord, property, records, text, texts } from "../values";
import { takenIn } from "./addresses";
import { parseAddress, parseBlock } from "./cidr";
import { lookUp, referred } from "./references";
import { ordinaryZones } from "./zones";

const GROUPS_PER_INTERFACE = 5;
/** Bytes of user data before base 64. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const USER_DATA = 16384;
/** The first four addresses and the last one of a subnet are AWS's own. */
const RESERVED = 5;
const SIZES =
  /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|xlarge|\d{1,3}xlarge|metal|metal-\d+xl|\d+xl-\d+gb|mac[\w-]*)$/;

interface InstancePlace {
  subnet: Thing | undefined;
  securityGroups: unknown;
  zone: unknown;
}

/** Throws what is wrong with image, type, key, user data or disks. */
export function refuseInstance({ inputs, world }: OperationContext): void {
  const ami = text(inputs["ami"]);
  if (ami !== undefined && !/^ami-[0-9a-f]{8,17}$/.test(ami))
    throw new AwsError("InvalidAMIID.Malformed", `Invalid id: "${ami}" (expecting "ami-...")`, "ami");
  if (ami !== undefined && /^ami-0+$/.test(ami))
    throw new AwsError("InvalidAMIID.NotFound", `The image id '[${ami}]' does not exist`, "ami");
  const type = text(inputs["instanceType"]);
  if (type !== undefined && !SIZES.test(type))
    throw new AwsError("InvalidParameterValue", `Invalid value '${type}' for InstanceType.`, "instanceType");
  const key = text(inputs["keyName"]);
  if (key !== undefined && world.find("aws:ec2/keyPair:KeyPair", key) === undefined)
    throw new AwsError("InvalidKeyPair.NotFound", `The key pair '${key}' does not exist`, "keyName");
  const profile = text(inputs["iamInstanceProfile"]);
  if (profile !== undefined && world.find("aws:iam/instanceProfile:InstanceProfile", profile) === undefined)
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      "iamInstanceProfile",
    );
  const data = text(inputs["userData"]);
  const encoded = text(inputs["userDataBase64"]);
  const size = data === undefined ? Buffer.from(encoded ?? "", "base64").length : Buffer.byteLength(data);
  if (size > USER_DATA)
    throw new AwsError("InvalidParameterValue", `User data is limited to ${USER_DATA} bytes`, "userData");
  refuseDisks(inputs["ebsBlockDevices"], "ebs_block_device");
  refuseDisks([inputs["rootBlockDevice"]], "root_block_device");
}

function refuseDisks(devices: unknown, what: string): void {
  for (const device of records(devices)) {
    const type = text(device["volumeType"]);
    if (type === undefined) continue;
    const refuse = (name: string): AwsError =>
      new AwsError(
        "InvalidParameterCombination",
        `creating resource: ${name} attribute not supported for ${what} with volume_type ${type}`,
      );
    if (given(device["throughput"]) && type !== "gp3") throw refuse("throughput");
    if (given(device["iops"]) && !["io1", "io2", "gp3"].includes(type)) throw refuse("iops");
  }
}

/** Subnet, groups and zone; throws what EC2 refuses about them. */
export function placeOfInstance(context: OperationContext): InstancePlace {
  const { inputs, world, place } = context;
  const subnet = referred(context, "subnet", inputs["subnetId"]);
  const groups = texts(inputs["vpcSecurityGroupIds"]);
  const vpcId = subnet === undefined ? undefined : text(property(subnet, "vpcId"));
  if (groups.length > GROUPS_PER_INTERFACE) {
    throw new AwsError(
      "SecurityGroupsPerInterfaceLimitExceeded",
      "The maximum number of security groups per interface has been reached.",
      "vpcSecurityGroupIds",
    );
  }
  checkGroups(context, groups, vpcId, { missing: "InvalidGroup.NotFound", elsewhere: "InvalidParameter" });
  if (subnet !== undefined) refuseAddress(context, subnet);
  const [asked, theirs] = [text(inputs["availabilityZone"]), subnet && text(property(subnet, "availabilityZone"))];
  if (subnet !== undefined && asked !== undefined && theirs !== undefined && asked !== theirs)
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${asked}) for parameter availabilityZone is invalid. Subnet '${subnet.id}' is in the availability zone ${theirs}`,
      "availabilityZone",
    );
  const vpc = vpcId === undefined ? undefined : lookUp(world, "vpc", vpcId);
  const own = vpc === undefined ? undefined : text(property(vpc, "defaultSecurityGroupId"));
  const template = inputs["launchTemplate"];
  const chosen = given(inputs["vpcSecurityGroupIds"])
    ? inputs["vpcSecurityGroupIds"]
    : isRecord(template) || inputs["subnetId"] === UNKNOWN
      ? UNKNOWN
      : own === undefined
        ? []
        : [own];
  const zone =
    subnet === undefined
      ? (inputs["availabilityZone"] ??
        (given(inputs["subnetId"]) ? UNKNOWN : (ordinaryZones(place.region)[0]?.name ?? "")))
      : property(subnet, "availabilityZone");
  return { subnet, securityGroups: chosen, zone };
}

function refuseAddress({ inputs, world }: OperationContext, subnet: Thing): void {
  const block = parseBlock(text(property(subnet, "cidrBlock")) ?? "");
  if (block === undefined) return;
  const taken = takenIn(world, subnet.id);
  if (taken.size >= block.size - RESERVED) {
    throw new AwsError(
      "InsufficientFreeAddressesInSubnet",
      `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
    );
  }
  const wish = text(inputs["privateIp"]);
  const address = wish === undefined ? undefined : parseAddress(wish);
  if (wish === undefined || address === undefined) return;
  const offset = address - block.first;
  if (offset < 0 || offset >= block.size)
    throw new AwsError(
      "InvalidParameterValue",
      `Address ${wish} does not fall within the subnet's address range`,
      "privateIp",
    );
  if (offset < 4 || offset === block.size - 1)
    throw new AwsError("InvalidParameterValue", `Address ${wish} is in subnet's reserved address range`, "privateIp");
  if (taken.has(wish)) throw new AwsError("InvalidIPAddress.InUse", `Address ${wish} is in use.`, "privateIp");
}
