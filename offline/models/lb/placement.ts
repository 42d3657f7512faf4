/** Where a load balancer stands: what AWS demands of its subnets and security groups. */
import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { known } from "../../unknown";
import type { Thing } from "../../world";
import { takenIn } from "../ec2/addresses";
import { mayHaveGateway } from "../ec2/attachments";
import { parseAddress, parseBlock } from "../ec2/cidr";
import { NETWORK_INTERFACE } from "../ec2/companions";
import { lookUp } from "../ec2/references";
import { checkGroups, subnetsOf, vpcsOf, zonesKnown, zonesOf } from "../subnets";
import { given, isTrue, property, records, text, texts } from "../values";

const APPLICATION_ZONES = 2;
const FREE_ADDRESSES = 8;
/** The first four addresses and the last one of a subnet are AWS's own. */
const RESERVED = 5;

export interface Placement {
  subnets: Thing[];
  /** Undefined while unknown. */
  vpcId: string | undefined;
  securityGroups: unknown;
}

/** Which of the three kinds; `application` unless told otherwise. */
export function kindOf(inputs: OperationContext["inputs"]): string {
  return text(inputs["loadBalancerType"]) ?? "application";
}

/** Places it, or throws what AWS refuses. */
export function placeBalancer(context: OperationContext): Placement {
  const { inputs, world } = context;
  const kind = kindOf(inputs);
  const mappings = records(inputs["subnetMappings"]);
  const ids = [...texts(inputs["subnets"]), ...mappings.flatMap((mapping) => text(mapping["subnetId"]) ?? [])];
  const subnets = subnetsOf(context, ids, "SubnetNotFound");
  const vpcs = vpcsOf(subnets);
  if (vpcs.length > 1) {
    throw new AwsError("InvalidConfigurationRequest", `All subnets must belong to the same VPC: ${ids.join(", ")}`);
  }
  const complete = known([inputs["subnets"], inputs["subnetMappings"], inputs["loadBalancerType"]]);
  if (complete && zonesKnown(subnets)) checkZones(kind, subnets);
  const vpcId = vpcs[0];
  checkAddresses(context, kind);
  if (kind === "application") refuseCrowded(context, subnets);
  if (kind === "gateway" && texts(inputs["securityGroups"]).length > 0)
    throw new AwsError(
      "InvalidConfigurationRequest",
      "Security groups are not supported for load balancers with type 'gateway'",
      "securityGroups",
    );
  const internal = inputs["internal"];
  if (
    known(internal) &&
    !isTrue(internal) &&
    kind !== "gateway" &&
    vpcId !== undefined &&
    !mayHaveGateway(world, vpcId)
  )
    throw new AwsError("InvalidSubnet", `VPC ${vpcId} has no internet gateway`, "subnets");
  refuseAddressType(context, kind, subnets);
  const groups = texts(inputs["securityGroups"]);
  checkGroups(context, groups, vpcId, { missing: "InvalidSecurityGroup", elsewhere: "InvalidConfigurationRequest" });
  return { subnets, vpcId, securityGroups: securityGroups(context, kind, vpcId) };
}

function checkZones(kind: string, subnets: readonly Thing[]): void {
  const zones = zonesOf(subnets);
  if (kind === "application" && zones.length < APPLICATION_ZONES) {
    throw new AwsError(
      "ValidationError",
      "At least two subnets in two different Availability Zones must be specified",
      "subnets",
    );
  }
  if (zones.length < new Set(subnets.map((subnet) => subnet.id)).size) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      "subnets",
    );
  }
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type */
function refuseAddressType({ inputs }: OperationContext, kind: string, subnets: readonly Thing[]): void {
  const type = text(inputs["ipAddressType"]) ?? "ipv4";
  if (type === "ipv4") return;
  const without = subnets.find((subnet) => property(subnet, "ipv6CidrBlock") === "");
  if (without !== undefined)
    throw new AwsError(
      "ValidationError",
      `You must specify subnets with an associated IPv6 CIDR block: ${without.id} has none`,
      "subnets",
    );
  if (type === "dualstack-without-public-ipv4" && kind === "application" && isTrue(inputs["internal"]))
    throw new AwsError("ValidationError", `IP address type '${type}' is for internet-facing load balancers`);
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
function refuseCrowded({ world, urn }: OperationContext, subnets: readonly Thing[]): void {
  for (const subnet of subnets) {
    const block = parseBlock(text(property(subnet, "cidrBlock")) ?? "");
    if (block === undefined) continue;
    const own = world
      .all(NETWORK_INTERFACE)
      .filter((one) => one.urn === urn && property(one, "subnetId") === subnet.id);
    if (own.length > 0 || block.size - RESERVED - takenIn(world, subnet.id).size >= FREE_ADDRESSES) continue;
    throw new AwsError(
      "InvalidSubnet",
      `Not enough IP space available in ${subnet.id}. ELB requires at least ${FREE_ADDRESSES} free IP addresses in each subnet.`,
      "subnets",
    );
  }
}

function checkAddresses(context: OperationContext, kind: string): void {
  for (const { allocationId, privateIpv4Address, subnetId } of records(context.inputs["subnetMappings"])) {
    const subnet = lookUp(context.world, "subnet", text(subnetId) ?? "");
    const block = subnet === undefined ? undefined : parseBlock(text(property(subnet, "cidrBlock")) ?? "");
    const address = parseAddress(text(privateIpv4Address) ?? "");
    if (block !== undefined && address !== undefined && (address < block.first || address >= block.first + block.size))
      throw new AwsError(
        "InvalidConfigurationRequest",
        `The private IPv4 address ${text(privateIpv4Address) ?? ""} is not in the range of its subnet`,
        "subnetMappings",
      );
    const id = text(allocationId);
    if (id !== undefined && kind === "application")
      throw new AwsError(
        "InvalidConfigurationRequest",
        "Elastic IPs are not supported for load balancers of this type",
      );
    if (id !== undefined && lookUp(context.world, "address", id) === undefined)
      throw new AwsError("AllocationIdNotFound", `The allocation IDs '${id}' do not exist`);
    if (id !== undefined && isTrue(context.inputs["internal"]))
      throw new AwsError("InvalidConfigurationRequest", "You cannot specify Elastic IPs for an internal load balancer");
    if (text(privateIpv4Address) !== undefined && context.inputs["internal"] === false)
      throw new AwsError(
        "InvalidConfigurationRequest",
        "You cannot specify private IPv4 addresses for internet-facing load balancers",
      );
  }
}

/** An application load balancer without groups wears the VPC's default group. */
function securityGroups({ inputs, world }: OperationContext, kind: string, vpcId: string | undefined): unknown {
  if (given(inputs["securityGroups"])) return inputs["securityGroups"];
  const vpc = kind !== "application" || vpcId === undefined ? undefined : lookUp(world, "vpc", vpcId);
  const group = vpc === undefined ? undefined : text(property(vpc, "defaultSecurityGroupId"));
  return group === undefined ? [] : [group];
}
