import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { Findings } from "../findings";
import { given, integer, orElse, property, records, text, texts } from "../values";
import { privateAddress, publicAddress, putInterface, takenIn } from "./addresses";
import { mayHaveGateway } from "./attachments";
import { blockOf } from "./blocks";
import { parseAddress } from "./cidr";
import { NETWORK_INTERFACE } from "./companions";
import { withinQuota } from "./quota";
import { referred, vpcOf } from "./references";
import { zoneNameOf } from "./subnet";
import { ordinaryZones } from "./zones";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/natGateway:NatGateway";

const isRegional = (inputs: Props): boolean => text(inputs["availabilityMode"]) === "regional";
const isPrivate = (inputs: Props): boolean => text(inputs["connectivityType"]) === "private";

function allocationsOf(inputs: Props): string[] {
  const zones = records(inputs["availabilityZoneAddresses"]).flatMap((zone) => texts(zone["allocationIds"]));
  return [...texts([inputs["allocationId"]]), ...texts(inputs["secondaryAllocationIds"]), ...zones];
}

/** Every Elastic IP must exist and serve nothing else. */
function claimAddresses(context: OperationContext): void {
  for (const id of allocationsOf(context.inputs)) {
    const address = referred(context, "address", id);
    const instance = address === undefined ? undefined : text(property(address, "instance"));
    const other = context.world.all(TYPE).find((nat) => allocationsOf({ ...nat.inputs, ...nat.outputs }).includes(id));
    if (other === undefined && instance === undefined) continue;
    throw new AwsError(
      "Resource.AlreadyAssociated",
      `Elastic IP address [${id}] is already associated (with ${other?.id ?? instance ?? ""})`,
      "allocationId",
    );
  }
}

function needGateway({ inputs, world }: OperationContext, vpcId: string | undefined): void {
  if (isPrivate(inputs) || vpcId === undefined || mayHaveGateway(world, vpcId)) return;
  throw new AwsError(
    "Gateway.NotAttached",
    `Network ${vpcId} has no Internet gateway attached. Let the NAT gateway depend on the internet gateway (dependsOn).`,
  );
}

function checkPrivateIp(context: OperationContext, subnet: Thing | undefined): void {
  const wanted = text(context.inputs["privateIp"]);
  const address = wanted === undefined ? undefined : parseAddress(wanted);
  const block = subnet === undefined ? undefined : blockOf(subnet);
  if (wanted === undefined || address === undefined || subnet === undefined || block === undefined) return;
  if (address < block.first || address >= block.first + block.size) {
    throw new AwsError(
      "InvalidParameterValue",
      `Address ${wanted} does not fall within the subnet's address range`,
      "privateIp",
    );
  }
  if (address < block.first + 4 || address === block.first + block.size - 1) {
    throw new AwsError("InvalidParameterValue", `Address ${wanted} is in subnet's reserved address range`, "privateIp");
  }
  if (takenIn(context.world, subnet.id).has(wanted)) {
    throw new AwsError("InvalidIPAddress.InUse", `Address ${wanted} is in use.`, "privateIp");
  }
}

function zonal(context: OperationContext, id: string): Props {
  const { inputs, ids, world } = context;
  const subnet = referred(context, "subnet", inputs["subnetId"]);
  needGateway(context, vpcOf(subnet));
  claimAddresses(context);
  checkPrivateIp(context, subnet);
  const zone = subnet === undefined ? undefined : zoneNameOf(subnet);
  const inZone = world.all(TYPE).filter((nat) => {
    const theirs = world.find("aws:ec2/subnet:Subnet", text(property(nat, "subnetId")) ?? "");
    return zone !== undefined && theirs !== undefined && zoneNameOf(theirs) === zone;
  });
  withinQuota("natGatewaysPerZone", inZone.length + 1);
  const address = referred(context, "address", inputs["allocationId"]);
  const vpcId = vpcOf(subnet) ?? UNKNOWN;
  const networkInterfaceId = ids.ec2("eni");
  const privateIp = text(inputs["privateIp"]) ?? privateAddress(context, subnet);
  const publicIp = isPrivate(inputs) ? "" : address === undefined ? UNKNOWN : property(address, "publicIp");
  putInterface(context, networkInterfaceId, { subnetId: inputs["subnetId"], vpcId, privateIp, natGatewayId: id });
  return {
    allocationId: orElse(inputs["allocationId"], ""),
    associationId: isPrivate(inputs) ? "" : ids.ec2("eipassoc"),
    autoProvisionZones: "",
    autoScalingIps: "",
    availabilityMode: "zonal",
    networkInterfaceId,
    privateIp,
    publicIp,
    regionalNatGatewayAddresses: [],
    regionalNatGatewayAutoMode: "",
    routeTableId: "",
    ...secondary(inputs),
    subnetId: inputs["subnetId"],
    vpcId,
  };
}

function secondary(inputs: Props): Props {
  const addresses = texts(inputs["secondaryPrivateIpAddresses"]);
  return {
    secondaryAllocationIds: orElse(inputs["secondaryAllocationIds"], []),
    secondaryPrivateIpAddressCount: orElse(inputs["secondaryPrivateIpAddressCount"], addresses.length),
    secondaryPrivateIpAddresses: orElse(inputs["secondaryPrivateIpAddresses"], []),
  };
}

/** The addresses of a regional gateway: the given ones, or one that AWS allocates in each zone where the VPC has workloads. */
function regionalAddresses(context: OperationContext): Props[] {
  const { inputs, place, ids } = context;
  const zones = ordinaryZones(place.region);
  const manual = records(inputs["availabilityZoneAddresses"]);
  const chosen = manual.length > 0 ? manual : zones.slice(0, 1).map((zone): Props => ({ availabilityZone: zone.name }));
  return chosen.map((entry, index) => {
    const zone = zones.find(
      (one) => one.name === text(entry["availabilityZone"]) || one.id === text(entry["availabilityZoneId"]),
    );
    const allocationId = texts(entry["allocationIds"])[0];
    const address = referred(context, "address", allocationId);
    return {
      allocationId: allocationId ?? ids.ec2("eipalloc", `allocation-${index}`),
      associationId: ids.ec2("eipassoc", `association-${index}`),
      availabilityZone: zone?.name ?? UNKNOWN,
      availabilityZoneId: zone?.id ?? UNKNOWN,
      networkInterfaceId: "",
      publicIp: address === undefined ? publicAddress(context, `public-${index}`) : property(address, "publicIp"),
      status: "succeeded",
    };
  });
}

function regional(context: OperationContext): Props {
  const { inputs, ids } = context;
  const vpc = referred(context, "vpc", inputs["vpcId"]);
  needGateway(context, vpc?.id);
  claimAddresses(context);
  const automatic = records(inputs["availabilityZoneAddresses"]).length === 0;
  return {
    allocationId: "",
    associationId: "",
    autoProvisionZones: automatic ? "enabled" : "disabled",
    autoScalingIps: automatic ? "enabled" : "disabled",
    availabilityMode: "regional",
    networkInterfaceId: "",
    privateIp: "",
    publicIp: "",
    regionalNatGatewayAddresses: regionalAddresses(context),
    regionalNatGatewayAutoMode: automatic ? "enabled" : "disabled",
    routeTableId: ids.ec2("rtb"),
    secondaryAllocationIds: [],
    secondaryPrivateIpAddressCount: 0,
    secondaryPrivateIpAddresses: [],
    subnetId: "",
    vpcId: orElse(inputs["vpcId"], UNKNOWN),
  };
}

function checkMode(found: Findings): void {
  const { inputs } = found;
  if (isRegional(inputs)) {
    for (const name of [
      "subnetId",
      "allocationId",
      "privateIp",
      "secondaryAllocationIds",
      "secondaryPrivateIpAddresses",
    ]) {
      if (given(inputs[name]))
        found.refuse(name, "InvalidParameter", `${name} is not supported with availabilityMode = "regional"`);
    }
    if (isPrivate(inputs))
      found.refuse(
        "connectivityType",
        "InvalidParameter",
        `connectivityType "private" is not supported with availabilityMode = "regional"`,
      );
    if (!given(inputs["vpcId"]))
      found.refuse("vpcId", "ProviderCheck", `vpcId is required with availabilityMode = "regional"`);
    return;
  }
  if (inputs["availabilityMode"] === UNKNOWN) return;
  if (!given(inputs["subnetId"]))
    found.refuse("subnetId", "ProviderCheck", `subnetId is required with availabilityMode = "zonal"`);
  if (given(inputs["availabilityZoneAddresses"])) {
    found.refuse(
      "availabilityZoneAddresses",
      "InvalidParameter",
      `availabilityZoneAddresses is not supported with availabilityMode = "zonal"`,
    );
  }
}

function checkConnectivity(found: Findings): void {
  const { inputs } = found;
  const refuse = (name: string, connectivity: string): void => {
    found.refuse(name, "InvalidParameter", `${name} is not supported with connectivityType = "${connectivity}"`);
  };
  if (isPrivate(inputs)) {
    if (given(inputs["allocationId"])) refuse("allocationId", "private");
    if (Array.isArray(inputs["secondaryAllocationIds"]) && inputs["secondaryAllocationIds"].length > 0)
      refuse("secondaryAllocationIds", "private");
  } else if (
    inputs["connectivityType"] !== UNKNOWN &&
    integer(inputs["secondaryPrivateIpAddressCount"]) !== undefined
  ) {
    refuse("secondaryPrivateIpAddressCount", "public");
  }
}

const model: Model = {
  type: TYPE,
  defaults: { connectivityType: "public" },
  replaceOn: [
    "allocationId",
    "availabilityMode",
    "connectivityType",
    "privateIp",
    "secondaryPrivateIpAddressCount",
    "subnetId",
    "vpcId",
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("connectivityType", ["public", "private"]);
    found.oneOf("availabilityMode", ["zonal", "regional"]);
    found.conflict("secondaryPrivateIpAddressCount", ["secondaryPrivateIpAddresses"]);
    const privateIp = text(inputs["privateIp"]);
    if (privateIp !== undefined && parseAddress(privateIp) === undefined) {
      found.refuse(
        "privateIp",
        "InvalidParameterValue",
        `expected privateIp to contain a valid IPv4 address, got: ${privateIp}`,
      );
    }
    checkMode(found);
    checkConnectivity(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids } = context;
    const id = ids.ec2("nat");
    // Zonal or regional isn't known yet: neither are the outputs that tell them apart.
    if (!known([inputs["availabilityMode"], inputs["connectivityType"]])) return { id, outputs: {} };
    if (!isRegional(inputs) && !isPrivate(inputs) && !given(inputs["allocationId"])) {
      throw new AwsError(
        "MissingParameter",
        "The request must include the AllocationId parameter. Add the required parameter and retry the request.",
        "allocationId",
      );
    }
    return { id, outputs: isRegional(inputs) ? regional(context) : zonal(context, id) };
  },

  update(context) {
    claimAddresses(context);
    return isRegional(context.inputs)
      ? { regionalNatGatewayAddresses: regionalAddresses(context) }
      : secondary(context.inputs);
  },

  delete({ world }, old) {
    const networkInterface = text(old.outputs["networkInterfaceId"]);
    if (networkInterface !== undefined) world.remove(NETWORK_INTERFACE, networkInterface);
  },
};

export default model;
