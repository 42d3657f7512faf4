/** Which internet gateway is attached to which VPC. */
import { AwsError } from "../../aws-error";
import type { Thing, World } from "../../world";
import { property, text } from "../values";

export const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const ATTACHMENT = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment";

interface Attachment {
  gatewayId: string | undefined;
  /** Undefined while not known yet. */
  vpcId: string | undefined;
}

function attachments(world: World): Attachment[] {
  const own = world.all(GATEWAY).flatMap((gateway): Attachment[] => {
    const vpcId = property(gateway, "vpcId");
    return vpcId === undefined || vpcId === null || vpcId === "" ? [] : [{ gatewayId: gateway.id, vpcId: text(vpcId) }];
  });
  const separate = world.all(ATTACHMENT).map((one): Attachment => ({
    gatewayId: text(property(one, "internetGatewayId")),
    vpcId: text(property(one, "vpcId")),
  }));
  return [...own, ...separate];
}

/** True when the VPC has an internet gateway, or when one whose VPC isn't known yet may be its. */
export function mayHaveGateway(world: World, vpcId: string): boolean {
  return attachments(world).some((one) => one.vpcId === vpcId || one.vpcId === undefined);
}

/** The VPC that a gateway is attached to: `unknown` when it may be to any, undefined when to none. */
export function vpcOfGateway(world: World, gateway: Thing): string | undefined {
  const own = attachments(world).filter((one) => one.gatewayId === gateway.id || one.gatewayId === undefined);
  if (own.some((one) => one.vpcId === undefined)) return "unknown";
  return own.find((one) => one.gatewayId === gateway.id)?.vpcId;
}

/** Throws when the VPC already has a gateway, or the gateway a VPC. */
export function refuseSecondAttachment(world: World, gatewayId: string, vpcId: string): void {
  for (const one of attachments(world)) {
    if (one.vpcId === vpcId && one.gatewayId !== gatewayId) {
      throw new AwsError(
        "Resource.AlreadyAssociated",
        `Network ${vpcId} already has an internet gateway attached`,
        "vpcId",
      );
    }
    if (one.gatewayId === gatewayId && one.vpcId !== undefined) {
      throw new AwsError(
        "Resource.AlreadyAssociated",
        `resource ${gatewayId} is already attached to network ${one.vpcId}`,
        "vpcId",
      );
    }
  }
}

/** Throws while public addresses are mapped into the VPC: AWS then doesn't detach its gateway. */
export function refuseDetachInUse(world: World, vpcId: string): void {
  const mapped = world.everything().find((thing) => isMapped(thing) && inVpc(world, thing, vpcId));
  if (mapped === undefined) return;
  throw new AwsError(
    "DependencyViolation",
    `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (${mapped.id})`,
  );
}

function isMapped(thing: Thing): boolean {
  switch (thing.type) {
    case "aws:ec2/natGateway:NatGateway":
      return (
        text(property(thing, "publicIp")) !== undefined || text(property(thing, "availabilityMode")) === "regional"
      );
    case "aws:ec2/instance:Instance":
      return text(property(thing, "publicIp")) !== undefined;
    case "aws:lb/loadBalancer:LoadBalancer":
      return property(thing, "internal") !== true;
    default:
      return false;
  }
}

function inVpc(world: World, thing: Thing, vpcId: string): boolean {
  const own = text(property(thing, "vpcId"));
  if (own !== undefined) return own === vpcId;
  const subnet = world.find("aws:ec2/subnet:Subnet", text(property(thing, "subnetId")) ?? "");
  return subnet !== undefined && text(property(subnet, "vpcId")) === vpcId;
}
