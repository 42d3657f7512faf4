/** The inline `ingress` and `egress` lists of security groups. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Findings } from "../findings";
import { integer, orElse, records, text, texts } from "../values";
import { ipv4Problem, ipv6Problem } from "./cidr";
import { referred, sameNetwork, vpcOf } from "./references";
import { ALL_PROTOCOLS, protocolNumber, securityGroupProtocol } from "./protocol";

const directions = ["ingress", "egress"] as const;
const DESCRIPTION = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/;
const MAX_DESCRIPTION = 255;

/** A rule's description: at most 255 characters of EC2's set. */
export function checkDescription(found: Findings): void {
  const value = text(found.inputs["description"]);
  if (value === undefined) return;
  if (value.length > MAX_DESCRIPTION) {
    found.refuse(
      "description",
      "InvalidParameterValue",
      `"description" cannot be longer than ${MAX_DESCRIPTION} characters: "${value}"`,
    );
  } else if (!DESCRIPTION.test(value)) {
    found.refuse(
      "description",
      "InvalidParameterValue",
      `"description" doesn't comply with restrictions (${DESCRIPTION.source}): "${value}"`,
    );
  }
}

/** Blocks of `cidrBlocks` and `ipv6CidrBlocks`. */
export function checkBlocks(found: Findings): void {
  const lists = [
    ["cidrBlocks", ipv4Problem],
    ["ipv6CidrBlocks", ipv6Problem],
  ] as const;
  for (const [name, problemOf] of lists) {
    const list = found.inputs[name];
    if (!Array.isArray(list)) continue;
    list.forEach((item, index) => {
      const block = text(item);
      const problem = block === undefined ? undefined : problemOf(block);
      if (problem !== undefined) found.refuse(`${name}[${index}]`, "InvalidParameterValue", problem);
    });
  }
}

export function checkInlineRules(found: Findings): void {
  for (const direction of directions) {
    records(found.inputs[direction]).forEach((rule, index) => {
      const nested = found.at(`${direction}[${index}]`, rule);
      checkBlocks(nested);
      checkDescription(nested);
    });
  }
}

/** Throws what the provider itself and AWS answer to the lists as a whole; single permissions are `authorize`'s business. */
export function refuseInlineRules(context: OperationContext, vpcId: string | undefined): void {
  for (const direction of directions) {
    for (const rule of records(context.inputs[direction])) {
      const protocol = protocolNumber(text(rule["protocol"]) ?? "");
      const ports = [integer(rule["fromPort"]) ?? 0, integer(rule["toPort"]) ?? 0];
      if (protocol === ALL_PROTOCOLS && ports.some((port) => port !== 0)) {
        const message = `fromPort (${ports[0] ?? 0}) and toPort (${ports[1] ?? 0}) must both be 0 to use the 'ALL' "-1" protocol!`;
        throw new AwsError("ProviderCreate", message, direction);
      }
      for (const id of texts(rule["securityGroups"])) checkPeerGroup(context, vpcId, id);
    }
  }
}

/** A group that a rule names must exist, in this VPC or one peered with it. Groups of other accounts (`account/sg-…`) aren't looked up. */
export function checkPeerGroup(context: OperationContext, vpcId: string | undefined, id: string): void {
  if (!id.startsWith("sg-")) return;
  const peer = referred(context, "securityGroup", id);
  const theirs = vpcOf(peer);
  if (vpcId === undefined || theirs === undefined || peered(context, vpcId, theirs)) return;
  sameNetwork(
    vpcId,
    theirs,
    "You have specified two resources that belong to different networks.",
    "InvalidGroup.NotFound",
  );
}

function peered({ world }: OperationContext, one: string, other: string): boolean {
  return world.all("aws:ec2/vpcPeeringConnection:VpcPeeringConnection").some((peering) => {
    const ends = [peering.inputs["vpcId"], peering.inputs["peerVpcId"]];
    return ends.every((end) => end === one || end === other || text(end) === undefined);
  });
}

/** A list as the provider reads it back: every field present, protocol by EC2's name. */
export function ruleOutputs(list: unknown): unknown {
  if (list === UNKNOWN) return UNKNOWN;
  return records(list).map((rule): Props => {
    const protocol = text(rule["protocol"]);
    return {
      cidrBlocks: orElse(rule["cidrBlocks"], []),
      description: orElse(rule["description"], ""),
      fromPort: orElse(rule["fromPort"], 0),
      ipv6CidrBlocks: orElse(rule["ipv6CidrBlocks"], []),
      prefixListIds: orElse(rule["prefixListIds"], []),
      protocol: protocol === undefined ? UNKNOWN : securityGroupProtocol(protocol),
      securityGroups: orElse(rule["securityGroups"], []),
      self: orElse(rule["self"], false),
      toPort: orElse(rule["toPort"], 0),
    };
  });
}

/** The VPC of the group that a rule belongs to; throws when the group doesn't exist. */
export function networkOfGroup(context: OperationContext): string | undefined {
  return vpcOf(referred(context, "securityGroup", context.inputs["securityGroupId"]));
}
