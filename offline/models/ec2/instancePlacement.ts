/** Where an instance stands, and what EC2 refuses about it. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { checkGroups } from "../subnets";
import { given, integer, isRecord, isTrue, property, text, texts } from "../values";
import { INSTANCE_PROFILE } from "../iam/entities";
import { takenIn } from "./addresses";
import { refuseDisks } from "./instanceDisks";
import { parseAddress, parseBlock, type Block } from "./cidr";
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
export function refuseInstance(context: OperationContext): void {
  const { inputs, world } = context;
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
  const data = text(inputs["userData"]);
  const encoded = text(inputs["userDataBase64"]);
  const size = data === undefined ? Buffer.from(encoded ?? "", "base64").length : Buffer.byteLength(data);
  if (size > USER_DATA)
    throw new AwsError("InvalidParameterValue", `User data is limited to ${USER_DATA} bytes`, "userData");
  refuseDisks(inputs);
  refuseTogether(inputs);
  refuseProfile(context);
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
function refuseTogether(inputs: Props): void {
  const enclave = inputs["enclaveOptions"];
  if (isTrue(inputs["hibernation"]) && isRecord(enclave) && isTrue(enclave["enabled"]))
    throw new AwsError(
      "InvalidParameterCombination",
      "You can't enable hibernation and Nitro Enclaves on the same instance.",
      "hibernation",
    );
  const own = text(inputs["privateIp"]);
  if (own !== undefined && texts(inputs["secondaryPrivateIps"]).includes(own))
    throw new AwsError(
      "InvalidParameterValue",
      `Address ${own} is both the primary and a secondary private address`,
      "secondaryPrivateIps",
    );
  const placed = ["placementGroup", "placementGroupId", "launchTemplate"].some((name) => given(inputs[name]));
  if (!placed && (integer(inputs["placementPartitionNumber"]) ?? 0) > 0)
    throw new AwsError(
      "InvalidParameterCombination",
      "A partition number is valid only for instances in a partition placement group.",
      "placementPartitionNumber",
    );
}

function refuseProfile({ inputs, world }: OperationContext): void {
  const name = text(inputs["iamInstanceProfile"]);
  if (name === undefined) return;
  const profile = world.find(INSTANCE_PROFILE, name);
  if (profile === undefined)
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      "iamInstanceProfile",
    );
  if (property(profile, "role") === "")
    throw new AwsError(
      "InvalidParameterValue",
      `IAM Instance Profile "${name}" has no associated IAM Roles`,
      "iamInstanceProfile",
    );
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
  const [own, second] = [text(inputs["privateIp"]), texts(inputs["secondaryPrivateIps"])];
  for (const wish of own === undefined ? second : [own, ...second]) refuseWish(wish, block, taken);
  const six = (integer(inputs["ipv6AddressCount"]) ?? 0) > 0 || texts(inputs["ipv6Addresses"]).length > 0;
  if (six && property(subnet, "ipv6CidrBlock") === "")
    throw new AwsError("InvalidParameterValue", `No IPv6 CIDR block associated with the subnet '${subnet.id}'`);
}

function refuseWish(wish: string, block: Block, taken: ReadonlySet<string>): void {
  const address = parseAddress(wish);
  if (address === undefined) return;
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
