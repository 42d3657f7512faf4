/** The network interfaces, names and security groups of an interface endpoint. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing, World } from "../../world";
import { isTrue, orElse, property, text, texts } from "../values";
import { privateAddress, putInterface } from "./addresses";
import { NETWORK_INTERFACE } from "./companions";
import { lookUp, referred, sameNetwork, vpcOf } from "./references";
import { offeredIn, privateDomain } from "./services";
import { zoneNameOf } from "./subnet";
import { ordinaryZones } from "./zones";

const TYPE = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Kinds of endpoint that stand in subnets. */
const hasInterfaces = (inputs: Props): boolean =>
  !["Gateway", UNKNOWN].includes(text(inputs["vpcEndpointType"]) ?? UNKNOWN);

function zoneIdOf({ place }: OperationContext, name: string | undefined): string | undefined {
  return ordinaryZones(place.region).find((zone) => zone.name === name)?.id;
}

/** Throws for subnets and groups that aren't there or aren't of the VPC, for two subnets of one zone, and for a zone without the service. */
export function joinSubnets(context: OperationContext, vpcId: string | undefined): void {
  const { inputs, place } = context;
  const zones = new Set<string>();
  for (const id of texts(inputs["subnetIds"])) {
    const subnet = referred(context, "subnet", id);
    sameNetwork(
      vpcId,
      vpcOf(subnet),
      `The subnet ID '${id}' does not belong to VPC '${vpcId ?? ""}'`,
      "InvalidParameter",
    );
    const zone = subnet === undefined ? undefined : zoneNameOf(subnet);
    if (zone === undefined) continue;
    if (zones.has(zone)) {
      throw new AwsError(
        "DuplicateSubnetsInSameZone",
        `Found another VPC endpoint subnet in the availability zone of ${id}`,
        "subnetIds",
      );
    }
    zones.add(zone);
    const zoneId = zoneIdOf(context, zone);
    const service = text(inputs["serviceName"]) ?? "";
    if (zoneId === undefined || offeredIn(place, service, zoneId)) continue;
    throw new AwsError(
      "InvalidParameter",
      `The VPC endpoint service ${service} does not support the availability zone of the subnet: ${id} (${zone}, ${zoneId}).`,
      "subnetIds",
    );
  }
  for (const id of texts(inputs["securityGroupIds"])) {
    const group = referred(context, "securityGroup", id);
    sameNetwork(
      vpcId,
      vpcOf(group),
      `The security group '${id}' does not belong to VPC '${vpcId ?? ""}'`,
      "InvalidParameter",
    );
  }
}

/** Private DNS needs both DNS attributes of the VPC, and a name that no other endpoint has there. */
export function needDns({ inputs, place, world }: OperationContext, vpc: Thing | undefined): void {
  if (!isTrue(inputs["privateDnsEnabled"]) || vpc === undefined) return;
  const attributes = ["enableDnsSupport", "enableDnsHostnames"].map((name) => property(vpc, name));
  if (attributes.some((value) => value !== UNKNOWN && !isTrue(value))) {
    throw new AwsError(
      "InvalidParameter",
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
      "privateDnsEnabled",
    );
  }
  const service = text(inputs["serviceName"]);
  const twin = world.all(TYPE).find((one) => {
    const same = property(one, "vpcId") === vpc.id && service !== undefined && property(one, "serviceName") === service;
    return same && isTrue(property(one, "privateDnsEnabled"));
  });
  if (twin === undefined || service === undefined) return;
  throw new AwsError(
    "InvalidParameter",
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${privateDomain(place, service)} in the VPC ${vpc.id}`,
    "privateDnsEnabled",
  );
}

/** Makes one interface a subnet, and answers what the endpoint says about them. */
export function interfaceOutputs(context: OperationContext, id: string): Props {
  const { inputs, world } = context;
  if (!hasInterfaces(inputs)) {
    const none = { networkInterfaceIds: [], securityGroupIds: [], subnetIds: [], subnetConfigurations: [] };
    return {
      ...none,
      dnsEntries: [],
      dnsOptions: orElse(inputs["dnsOptions"], null),
      ipAddressType: orElse(inputs["ipAddressType"], ""),
    };
  }
  const vpc = lookUp(world, "vpc", inputs["vpcId"]);
  const groups = orElse(
    inputs["securityGroupIds"],
    vpc === undefined ? UNKNOWN : [property(vpc, "defaultSecurityGroupId")],
  );
  const subnetIds = inputs["subnetIds"];
  const shared = {
    securityGroupIds: groups,
    subnetIds: orElse(subnetIds, []),
    dnsEntries: dnsEntries(context, id),
    dnsOptions: orElse(inputs["dnsOptions"], {
      dnsRecordIpType: "ipv4",
      privateDnsOnlyForInboundResolverEndpoint: false,
      privateDnsPreference: "",
      privateDnsSpecifiedDomains: [],
    }),
    ipAddressType: orElse(inputs["ipAddressType"], "ipv4"),
  };
  if (subnetIds === UNKNOWN) return { ...shared, networkInterfaceIds: UNKNOWN, subnetConfigurations: UNKNOWN };
  return { ...shared, ...makeInterfaces(context, id, Array.isArray(subnetIds) ? subnetIds : [], groups) };
}

function makeInterfaces(context: OperationContext, id: string, subnetIds: readonly unknown[], groups: unknown): Props {
  const made = subnetIds.map((subnetId, index) => {
    const subnet = lookUp(context.world, "subnet", subnetId);
    const interfaceId = context.ids.ec2("eni", `eni-${String(subnetId === UNKNOWN ? index : subnetId)}`);
    const privateIp = privateAddress(context, subnet, `address-${index}`);
    const details = { subnetId, vpcId: context.inputs["vpcId"], privateIp, securityGroups: groups, vpcEndpointId: id };
    putInterface(context, interfaceId, details);
    return { interfaceId, configuration: { ipv4: privateIp, ipv6: "", subnetId } };
  });
  return {
    networkInterfaceIds: made.map((one) => one.interfaceId),
    subnetConfigurations: made.map((one) => one.configuration),
  };
}

/** Regional name, one a zone, and the private names when they are taken over. */
function dnsEntries(context: OperationContext, id: string): unknown {
  const { inputs, place, ids, world } = context;
  const service = text(inputs["serviceName"]);
  if (service === undefined) return UNKNOWN;
  const short = service.split(`.${place.region}.`)[1] ?? service;
  const hostedZoneId = `Z${ids.chars("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 13, "endpoint-zone")}`;
  const name = (zone = ""): string => `${id}-${ids.hex(8, "dns")}${zone}.${short}.${place.region}.vpce.amazonaws.com`;
  const zones = texts(inputs["subnetIds"]).flatMap((subnetId) => {
    const subnet = lookUp(world, "subnet", subnetId);
    return subnet === undefined ? [] : (zoneNameOf(subnet) ?? []);
  });
  const own = [name(), ...zones.map((zone) => name(`-${zone}`))].map((dnsName) => ({ dnsName, hostedZoneId }));
  if (!isTrue(inputs["privateDnsEnabled"])) return own;
  const privateZone = `Z${ids.chars("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 20, "private-zone")}`;
  return [...own, { dnsName: privateDomain(place, service), hostedZoneId: privateZone }];
}

/** Removes the interfaces that an endpoint's outputs name. */
export function removeInterfaces(world: World, outputs: Props): void {
  for (const id of texts(outputs["networkInterfaceIds"])) world.remove(NETWORK_INTERFACE, id);
}
