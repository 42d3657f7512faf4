/** The rules of a security group as EC2 keeps them: one permission a peer, however it was declared. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing, World } from "../../world";
import { integer, isTrue, property, records, text } from "../values";
import { canonicalCidr } from "./cidr";
import { lookUp } from "./references";
import { ALL_PROTOCOLS, hasPorts, isIcmp, protocolNumber } from "./protocol";
import { quotas, withinQuota } from "./quota";

export type Direction = "ingress" | "egress";

export interface Permission {
  direction: Direction;
  protocol: string;
  from: number | undefined;
  to: number | undefined;
  /** A block, a prefix list's id or a group's id. */
  peer: string;
}

export const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Inline and classic rules name several peers; each is a permission. An unknown peer counts, but equals nothing. */
export function expand(direction: Direction, groupId: string, rule: Props): Permission[] {
  const lists = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"].flatMap((name) => {
    const value = rule[name];
    return Array.isArray(value) ? value.map((peer) => text(peer) ?? UNKNOWN) : [];
  });
  const source = rule["sourceSecurityGroupId"];
  const single = typeof source === "string" && source !== "" ? [source] : [];
  const own = isTrue(rule["self"]) ? [groupId] : [];
  return [...lists, ...single, ...own].map((peer) => permission(direction, rule, rule["protocol"], peer));
}

/** The one permission of a `vpc.SecurityGroupIngressRule` or `EgressRule`. */
export function single(direction: Direction, rule: Props): Permission {
  const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"].map((name) => rule[name]);
  const peer = peers.find((one): one is string => typeof one === "string" && one !== "") ?? UNKNOWN;
  return permission(direction, rule, rule["ipProtocol"], peer);
}

function permission(direction: Direction, rule: Props, protocol: unknown, peer: string): Permission {
  return {
    direction,
    protocol: text(protocol) ?? UNKNOWN,
    from: integer(rule["fromPort"]),
    to: integer(rule["toPort"]),
    peer: peer === UNKNOWN ? UNKNOWN : canonicalCidr(peer),
  };
}

/** Everything a group has, from itself (or what adopted it) and from rule resources. */
export function permissionsOf(world: World, groupId: string): Permission[] {
  const group =
    world.find("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", groupId) ?? lookUp(world, "securityGroup", groupId);
  const inline = group === undefined ? [] : inlineOf(group);
  const classic = ofGroup(world, RULE, groupId).flatMap((rule) => {
    const direction: Direction = property(rule, "type") === "egress" ? "egress" : "ingress";
    return expand(direction, groupId, { ...rule.inputs, ...rule.outputs });
  });
  const ingress = ofGroup(world, INGRESS_RULE, groupId).map((rule) =>
    single("ingress", { ...rule.inputs, ...rule.outputs }),
  );
  const egress = ofGroup(world, EGRESS_RULE, groupId).map((rule) =>
    single("egress", { ...rule.inputs, ...rule.outputs }),
  );
  return [...inline, ...classic, ...ingress, ...egress];
}

export function inlineOf(group: Pick<Thing, "id" | "inputs" | "outputs">): Permission[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const rules = records(group.outputs[direction] ?? group.inputs[direction]);
    return rules.flatMap((rule) => expand(direction, group.id, rule));
  });
}

function ofGroup(world: World, type: string, groupId: string): Thing[] {
  return world.all(type).filter((rule) => text(property(rule, "securityGroupId")) === groupId);
}

/** Equal permissions have equal keys; undefined while anything isn't known. */
function keyOf(one: Permission): string | undefined {
  const protocol = protocolNumber(one.protocol);
  if (one.peer === UNKNOWN || protocol === undefined) return undefined;
  const ports = protocol === ALL_PROTOCOLS ? "" : `${one.from ?? -1}:${one.to ?? -1}`;
  return [one.direction, protocol, ports, one.peer].join("|");
}

function describe(one: Permission): string {
  const protocol = protocolNumber(one.protocol) === ALL_PROTOCOLS ? "ALL" : one.protocol.toUpperCase();
  const ports = protocol === "ALL" ? "" : `, from port: ${one.from ?? -1}, to port: ${one.to ?? -1}`;
  return `"peer: ${one.peer}, ${protocol}${ports}, ALLOW"`;
}

/** Throws what AWS answers to new permissions of a group: ports, duplicates, quota (per direction). */
export function authorize(present: readonly Permission[], added: readonly Permission[]): void {
  added.forEach(checkPorts);
  const keys = new Set(present.map(keyOf));
  for (const one of added) {
    const key = keyOf(one);
    if (key !== undefined && keys.has(key)) {
      throw new AwsError("InvalidPermission.Duplicate", `the specified rule ${describe(one)} already exists`);
    }
    keys.add(key);
  }
  for (const direction of ["ingress", "egress"] as const) {
    const count = [...present, ...added].filter((one) => one.direction === direction).length;
    if (added.some((one) => one.direction === direction) && count > quotas.rulesPerGroup.limit)
      withinQuota("rulesPerGroup", count);
  }
}

/** Port and protocol combinations. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function checkPorts(one: Permission): void {
  if (one.protocol === UNKNOWN) return;
  const protocol = protocolNumber(one.protocol);
  if (protocol === undefined) {
    throw new AwsError("InvalidParameterValue", `Invalid value '${one.protocol}' for IP protocol. Unknown protocol.`);
  }
  const { from, to } = one;
  if (from === undefined || to === undefined) return;
  if (hasPorts(protocol)) {
    const outside = [from, to].find((port) => port < 0 || port > 65535);
    if (from > to) throw new AwsError("InvalidParameterValue", `Invalid TCP/UDP port range (${from}:${to})`);
    if (outside === undefined) return;
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value '${outside}' for portRange. Must be between 0 and 65535`,
    );
  }
  if (!isIcmp(protocol)) return;
  const outside = [from, to].find((value) => value < -1 || value > 255);
  if (outside === undefined && !(from === -1 && to !== -1)) return;
  throw new AwsError(
    "InvalidParameterValue",
    `ICMP code (${to}) or type (${from}) out of range: -1 to 255, and no code for all types (-1)`,
  );
}
