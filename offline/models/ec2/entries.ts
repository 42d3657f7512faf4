/** Entries of a network ACL as EC2 keeps them: a number is unique for each direction. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { World } from "../../world";
import type { Findings } from "../findings";
import { integer, isTrue, orElse, property, records, text } from "../values";
import { ipv4Problem, ipv6Problem } from "./cidr";
import { lookUp } from "./references";
import { ALL_PROTOCOLS, hasPorts, protocolNumber } from "./protocol";
import { withinQuota } from "./quota";

export const ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule";
export const LOWEST_NUMBER = 1;
export const HIGHEST_NUMBER = 32766;

const directions = ["ingress", "egress"] as const;

export interface Entry {
  egress: boolean;
  /** Undefined while not known. */
  number: number | undefined;
}

/** All entries of an ACL: inline (its own, or of what adopted it) and `NetworkAclRule` resources; AWS's final deny aside. */
export function entriesOf(world: World, aclId: string): Entry[] {
  const acl = world.find("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", aclId) ?? lookUp(world, "networkAcl", aclId);
  const inline = directions.flatMap((direction) =>
    records(acl === undefined ? [] : property(acl, direction)).map((rule): Entry => ({
      egress: direction === "egress",
      number: integer(rule["ruleNo"]),
    })),
  );
  const separate = world
    .all(ACL_RULE)
    .filter((rule) => text(property(rule, "networkAclId")) === aclId)
    .map((rule): Entry => ({
      egress: isTrue(property(rule, "egress")),
      number: integer(property(rule, "ruleNumber")),
    }));
  return [...inline, ...separate];
}

/** Throws when an entry's number is taken, or there is no room for it. */
export function addEntry(aclId: string, present: readonly Entry[], added: Entry): void {
  const sameDirection = present.filter((entry) => entry.egress === added.egress);
  if (added.number !== undefined && sameDirection.some((entry) => entry.number === added.number)) {
    throw new AwsError(
      "NetworkAclEntryAlreadyExists",
      `EC2 Network ACL (${aclId}) Rule (egress: ${String(added.egress)})(${added.number}) already exists`,
      "ruleNumber",
    );
  }
  withinQuota("rulesPerAcl", sameDirection.length + 1);
}

/** Protocol with its ports, as `CreateNetworkAclEntry` takes them. */
export function refusePorts(rule: Props): void {
  const protocol = protocolNumber(text(rule["protocol"]) ?? "");
  const from = integer(rule["fromPort"]);
  const to = integer(rule["toPort"]);
  if (protocol === undefined || !hasPorts(protocol) || from === undefined || to === undefined) return;
  const outside = [from, to].find((port) => port < 0 || port > 65535);
  if (outside !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value '${outside}' for portRange. Must be between 0 and 65535`,
      "fromPort",
    );
  }
  if (from > to) throw new AwsError("InvalidParameterValue", `Invalid TCP/UDP port range (${from}:${to})`, "fromPort");
}

export function checkProtocol(found: Findings): void {
  const protocol = text(found.inputs["protocol"]);
  if (protocol === undefined || protocolNumber(protocol) !== undefined) return;
  found.refuse("protocol", "InvalidParameterValue", `"protocol" : unsupported NACL protocol: ${protocol}`);
}

export function checkInlineEntries(found: Findings): void {
  for (const direction of directions) {
    records(found.inputs[direction]).forEach((rule, index) => {
      const nested = found.at(`${direction}[${index}]`, rule);
      nested.between("ruleNo", LOWEST_NUMBER, HIGHEST_NUMBER);
      nested.between("fromPort", 0, 65535);
      nested.between("toPort", 0, 65535);
      const action = text(rule["action"]);
      if (action !== undefined && !["allow", "deny"].includes(action.toLowerCase())) {
        nested.refuse("action", "InvalidParameterValue", `expected action to be one of [allow deny], got ${action}`);
      }
      checkProtocol(nested);
      const ipv4 = text(rule["cidrBlock"]);
      const problem = ipv4 === undefined ? undefined : ipv4Problem(ipv4);
      if (problem !== undefined) nested.refuse("cidrBlock", "InvalidParameterValue", problem);
      const ipv6 = text(rule["ipv6CidrBlock"]);
      const problem6 = ipv6 === undefined ? undefined : ipv6Problem(ipv6);
      if (problem6 !== undefined) nested.refuse("ipv6CidrBlock", "InvalidParameterValue", problem6);
    });
  }
}

/** Throws what the provider and AWS answer when it makes the inline entries one by one. */
export function makeInlineEntries(aclId: string, inputs: Props): void {
  const made: Entry[] = [];
  for (const direction of directions) {
    for (const rule of records(inputs[direction])) {
      const ports = [integer(rule["fromPort"]) ?? 0, integer(rule["toPort"]) ?? 0];
      if (protocolNumber(text(rule["protocol"]) ?? "") === ALL_PROTOCOLS && ports.some((port) => port !== 0)) {
        const message = `toPort (${ports[1] ?? 0}) and fromPort (${ports[0] ?? 0}) must both be 0 to use the 'all' "-1" protocol!`;
        throw new AwsError("ProviderCreate", message, direction);
      }
      refusePorts(rule);
      const entry = { egress: direction === "egress", number: integer(rule["ruleNo"]) };
      addEntry(aclId, made, entry);
      made.push(entry);
    }
  }
}

/** A list as the provider reads it back: every field present, the protocol as a number. */
export function entryOutputs(list: unknown): unknown {
  if (list === UNKNOWN) return UNKNOWN;
  return records(list).map((rule): Props => {
    const number = protocolNumber(text(rule["protocol"]) ?? "");
    return {
      action: rule["action"],
      cidrBlock: orElse(rule["cidrBlock"], ""),
      fromPort: orElse(rule["fromPort"], 0),
      icmpCode: orElse(rule["icmpCode"], 0),
      icmpType: orElse(rule["icmpType"], 0),
      ipv6CidrBlock: orElse(rule["ipv6CidrBlock"], ""),
      protocol: number === undefined ? rule["protocol"] : String(number),
      ruleNo: rule["ruleNo"],
      toPort: orElse(rule["toPort"], 0),
    };
  });
}
