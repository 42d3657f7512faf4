import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Place, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import { ordinaryZones, type ZoneNames } from "./zones";
import { Findings } from "../findings";
import { given, isTrue, orElse, property, text } from "../values";
import { blockOf, subnetsOf, vpcBlocks } from "./blocks";
import { contains, ipv4Problem, ipv6Prefix, ipv6Problem, overlaps, parseBlock } from "./cidr";
import { refuseWhileUsed, usersOfSubnet } from "./dependents";
import { withinQuota } from "./quota";
import { referred } from "./references";
import { checkTags } from "./tags";

const LARGEST = 16;
const SMALLEST = 28;
const IPV6_PREFIXES = [44, 48, 52, 56, 60, 64];

/** The zone asked for by name or id, or the one AWS picks; undefined while unknown. */
function zoneOf({ inputs, place, ids }: OperationContext): ZoneNames | undefined {
  if (!known([inputs["availabilityZone"], inputs["availabilityZoneId"]])) return undefined;
  const zones = ordinaryZones(place.region);
  const name = text(inputs["availabilityZone"]);
  const id = text(inputs["availabilityZoneId"]);
  if (name === undefined && id === undefined) return zones[ids.integer(0, Math.max(zones.length - 1, 0), "zone")];
  const zone = zones.find((one) => one.name === name || one.id === id) ?? extendedZone(place, name, id);
  if (zone !== undefined) return zone;
  const [parameter, value] = name === undefined ? ["availabilityZoneId", id] : ["availabilityZone", name];
  const names = zones.map((one) => one.name).join(", ");
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value ?? ""}) for parameter ${parameter} is invalid. Subnets can currently only be created in the following availability zones: ${names}.`,
    parameter,
  );
}

/** Local and Wavelength Zones (`us-west-2-lax-1a`), and the zones of Regions that the table doesn't hold, are taken at their word. */
function extendedZone({ region }: Place, name: string | undefined, id: string | undefined): ZoneNames | undefined {
  const unlisted = ordinaryZones(region).length === 0;
  if (name?.startsWith(`${region}-`) === true || (unlisted && name?.startsWith(region) === true)) {
    return { name, id: id ?? `${name}-az1` };
  }
  return id !== undefined && (unlisted || /^[a-z]+\d-[a-z]{3,}\d?-/.test(id)) ? { name: name ?? id, id } : undefined;
}

function placeBlock(context: OperationContext): void {
  const { inputs, world } = context;
  const vpc = referred(context, "vpc", inputs["vpcId"]);
  const cidr = text(inputs["cidrBlock"]);
  const block = parseBlock(cidr ?? "");
  if (!["cidrBlock", "ipv4IpamPoolId", "ipv6Native"].some((name) => given(inputs[name]) && inputs[name] !== false)) {
    throw new AwsError("MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' must be provided.", "cidrBlock");
  }
  const prefix6 = ipv6Prefix(text(inputs["ipv6CidrBlock"]) ?? "");
  if (prefix6 !== undefined && !IPV6_PREFIXES.includes(prefix6)) {
    throw new AwsError(
      "InvalidSubnet.Range",
      `The CIDR '${String(inputs["ipv6CidrBlock"])}' is invalid.`,
      "ipv6CidrBlock",
    );
  }
  if (cidr === undefined || block === undefined) return;
  const invalid = new AwsError("InvalidSubnet.Range", `The CIDR '${cidr}' is invalid.`, "cidrBlock");
  if (block.prefix < LARGEST || block.prefix > SMALLEST) throw invalid;
  if (vpc === undefined) return;
  const around = vpcBlocks(world, vpc);
  if (around !== undefined && !around.some((outer) => contains(outer, block))) throw invalid;
  for (const other of subnetsOf(world, vpc.id)) {
    const theirs = blockOf(other);
    if (theirs !== undefined && overlaps(theirs, block)) {
      throw new AwsError(
        "InvalidSubnet.Conflict",
        `The CIDR '${cidr}' conflicts with another subnet (${other.id})`,
        "cidrBlock",
      );
    }
  }
  withinQuota("subnetsPerVpc", subnetsOf(world, vpc.id).length + 1);
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
function refuseVersions(inputs: Props): void {
  const block6 = ["ipv6CidrBlock", "ipv6IpamPoolId"].some((name) => given(inputs[name]) && inputs[name] !== "");
  if (isTrue(inputs["ipv6Native"]) && given(inputs["cidrBlock"]))
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter CidrBlock is not supported for an IPv6 only subnet.",
      "cidrBlock",
    );
  if (isTrue(inputs["ipv6Native"]) && !block6)
    throw new AwsError("MissingParameter", "An IPv6 only subnet needs an Ipv6CidrBlock.", "ipv6CidrBlock");
  if (isTrue(inputs["assignIpv6AddressOnCreation"]) && !block6)
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid value 'true' for assignIpv6AddressOnCreation. The subnet has no associated IPv6 CIDR block.",
      "assignIpv6AddressOnCreation",
    );
}

const model: Model = {
  type: "aws:ec2/subnet:Subnet",
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  replaceOn: [
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "outpostArn",
    "vpcId",
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.conflict("availabilityZone", ["availabilityZoneId"]);
    const block = text(inputs["cidrBlock"]);
    const problem = block === undefined ? undefined : ipv4Problem(block);
    if (problem !== undefined) found.refuse("cidrBlock", "ProviderCheck", problem);
    const block6 = text(inputs["ipv6CidrBlock"]);
    const problem6 = block6 === undefined ? undefined : ipv6Problem(block6);
    if (problem6 !== undefined) found.refuse("ipv6CidrBlock", "ProviderCheck", problem6);
    found.requires("customerOwnedIpv4Pool", ["mapCustomerOwnedIpOnLaunch", "outpostArn"]);
    found.requires("mapCustomerOwnedIpOnLaunch", ["customerOwnedIpv4Pool", "outpostArn"]);
    found.conflict("ipv4IpamPoolId", ["customerOwnedIpv4Pool"]);
    found.conflict("ipv4NetmaskLength", ["cidrBlock", "customerOwnedIpv4Pool"]);
    found.requires("ipv4NetmaskLength", ["ipv4IpamPoolId"]);
    found.between("ipv4NetmaskLength", LARGEST, SMALLEST);
    found.conflict("ipv6NetmaskLength", ["ipv6CidrBlock"]);
    found.requires("ipv6NetmaskLength", ["ipv6IpamPoolId"]);
    found.numberOf("ipv6NetmaskLength", IPV6_PREFIXES);
    found.oneOf("privateDnsHostnameTypeOnLaunch", ["ip-name", "resource-name"]);
    found.arn("outpostArn");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids } = context;
    refuseVersions(inputs);
    placeBlock(context);
    const zone = zoneOf(context);
    const id = ids.ec2("subnet");
    const ipv6 = inputs["ipv6CidrBlock"];
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `subnet/${id}`),
        ownerId: place.accountId,
        availabilityZone: zone?.name ?? UNKNOWN,
        availabilityZoneId: zone?.id ?? UNKNOWN,
        cidrBlock: orElse(inputs["cidrBlock"], given(inputs["ipv4IpamPoolId"]) ? UNKNOWN : ""),
        customerOwnedIpv4Pool: orElse(inputs["customerOwnedIpv4Pool"], ""),
        enableLniAtDeviceIndex: orElse(inputs["enableLniAtDeviceIndex"], 0),
        ipv4IpamPoolId: orElse(inputs["ipv4IpamPoolId"], null),
        ipv4NetmaskLength: orElse(inputs["ipv4NetmaskLength"], null),
        ipv6CidrBlock: orElse(ipv6, ""),
        ipv6CidrBlockAssociationId: given(ipv6) ? ids.ec2("subnet-cidr-assoc") : "",
        ipv6IpamPoolId: orElse(inputs["ipv6IpamPoolId"], null),
        ipv6NetmaskLength: orElse(inputs["ipv6NetmaskLength"], null),
        mapCustomerOwnedIpOnLaunch: orElse(inputs["mapCustomerOwnedIpOnLaunch"], false),
        outpostArn: orElse(inputs["outpostArn"], ""),
        privateDnsHostnameTypeOnLaunch: orElse(inputs["privateDnsHostnameTypeOnLaunch"], "ip-name"),
      },
    };
  },

  delete({ world }, old) {
    refuseWhileUsed(`subnet '${old.id}'`, usersOfSubnet(world, old.id));
  },
};

/** The zone of a subnet in the world; undefined while unknown. */
export function zoneNameOf(subnet: Parameters<typeof property>[0]): string | undefined {
  return text(property(subnet, "availabilityZone"));
}

export default model;
