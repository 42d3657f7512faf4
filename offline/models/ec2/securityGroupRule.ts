import { crc32 } from "node:zlib";
import type { Model, OperationContext, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { given, integer, isTrue, orElse, text, texts } from "../values";
import { checkBlocks, checkDescription, checkPeerGroup, networkOfGroup } from "./groupRules";
import { authorize, expand, permissionsOf, RULE, type Direction } from "./permissions";
import { securityGroupProtocol } from "./protocol";

const sources = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId"] as const;

/** The Terraform provider's own id: a checksum over group, ports, protocol, direction and peers. */
function idOf(inputs: Props, groupId: string): string {
  if (!known(inputs)) return UNKNOWN;
  const ports = [integer(inputs["fromPort"]) ?? 0, integer(inputs["toPort"]) ?? 0]
    .filter((port) => port > 0)
    .map(String);
  const group = isTrue(inputs["self"]) ? groupId : text(inputs["sourceSecurityGroupId"]);
  const peers = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"].flatMap((name) => [...texts(inputs[name])].sort());
  const parts = [
    groupId,
    ...ports,
    securityGroupProtocol(text(inputs["protocol"]) ?? ""),
    text(inputs["type"]) ?? "",
    ...peers,
  ];
  // The group's name follows its id, and is empty in a VPC.
  const pair = group === undefined ? "" : `${group}--`;
  return `sgrule-${crc32(`${parts.join("-")}-${pair}`)}`;
}

function add(context: OperationContext): string {
  const { inputs, world } = context;
  const vpcId = networkOfGroup(context);
  const source = text(inputs["sourceSecurityGroupId"]);
  if (source !== undefined) checkPeerGroup(context, vpcId, source);
  const groupId = text(inputs["securityGroupId"]);
  if (groupId === undefined) return UNKNOWN;
  const direction: Direction = inputs["type"] === "egress" ? "egress" : "ingress";
  authorize(permissionsOf(world, groupId), expand(direction, groupId, inputs));
  return idOf(inputs, groupId);
}

const model: Model = {
  type: RULE,
  // As pulumi-aws: the new rule would collide with the old one.
  deleteBeforeReplace: true,
  replaceOn: ["fromPort", "protocol", "securityGroupId", "toPort", "type", ...sources],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.atLeastOne(sources);
    for (const name of ["cidrBlocks", "ipv6CidrBlocks"]) {
      found.conflict(name, isTrue(inputs["self"]) ? ["sourceSecurityGroupId", "self"] : ["sourceSecurityGroupId"]);
    }
    if (isTrue(inputs["self"])) found.conflict("self", ["sourceSecurityGroupId"]);
    found.oneOf("type", ["ingress", "egress"]);
    const lists = inputs["prefixListIds"];
    if (Array.isArray(lists) && lists.includes("")) {
      found.refuse("prefixListIds", "ProviderCheck", "prefixListIds must not contain empty strings");
    }
    checkBlocks(found);
    checkDescription(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids } = context;
    const id = add(context);
    const peers = sources
      .filter((name) => name !== "self")
      .flatMap((name) => (Array.isArray(inputs[name]) ? inputs[name].length : given(inputs[name]) ? 1 : 0));
    const count = peers.reduce((sum, one) => sum + one, isTrue(inputs["self"]) ? 1 : 0);
    return {
      id,
      outputs: {
        // EC2 makes one rule a peer; the provider names it only when it is one.
        securityGroupRuleId: count === 1 ? ids.ec2("sgr") : "",
        description: orElse(inputs["description"], ""),
        self: orElse(inputs["self"], false),
        sourceSecurityGroupId: orElse(inputs["sourceSecurityGroupId"], null),
        cidrBlocks: orElse(inputs["cidrBlocks"], null),
        ipv6CidrBlocks: orElse(inputs["ipv6CidrBlocks"], null),
        prefixListIds: orElse(inputs["prefixListIds"], null),
      },
    };
  },
};

export default model;
