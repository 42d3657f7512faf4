import { crc32 } from "node:zlib";
import { AwsError } from "../../aws-error";
import type { Model, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { integer, isTrue, orElse, text } from "../values";
import { parseBlock } from "./cidr";
import { ACL_RULE, addEntry, checkProtocol, entriesOf, HIGHEST_NUMBER, LOWEST_NUMBER, refusePorts } from "./entries";
import { referred } from "./references";

/** The Terraform provider's own id: a checksum over ACL, number, direction and protocol as given. */
function idOf(inputs: Props): string {
  const parts = [inputs["networkAclId"], inputs["ruleNumber"], isTrue(inputs["egress"]), inputs["protocol"]];
  return known(parts) ? `nacl-${crc32(`${parts.map(String).join("-")}-`)}` : UNKNOWN;
}

const model: Model = {
  type: ACL_RULE,
  defaults: { egress: false },
  replaceOn: [
    "cidrBlock",
    "egress",
    "fromPort",
    "icmpCode",
    "icmpType",
    "ipv6CidrBlock",
    "networkAclId",
    "protocol",
    "ruleAction",
    "ruleNumber",
    "toPort",
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(["cidrBlock", "ipv6CidrBlock"]);
    found.oneOfAnyCase("ruleAction", ["allow", "deny"]);
    checkProtocol(found);
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const acl = referred(context, "networkAcl", inputs["networkAclId"]);
    const number = integer(inputs["ruleNumber"]);
    if (number !== undefined && (number < LOWEST_NUMBER || number > HIGHEST_NUMBER)) {
      const message = `Invalid value '${number}' for ruleNumber. Rule number must be between ${LOWEST_NUMBER} and ${HIGHEST_NUMBER}`;
      throw new AwsError("InvalidParameterValue", message, "ruleNumber");
    }
    const block = text(inputs["cidrBlock"]);
    if (block !== undefined && parseBlock(block) === undefined) {
      throw new AwsError(
        "InvalidParameterValue",
        `Value (${block}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
        "cidrBlock",
      );
    }
    refusePorts(inputs);
    if (acl !== undefined) addEntry(acl.id, entriesOf(world, acl.id), { egress: isTrue(inputs["egress"]), number });
    return {
      id: idOf(inputs),
      outputs: {
        cidrBlock: orElse(inputs["cidrBlock"], ""),
        icmpCode: orElse(inputs["icmpCode"], null),
        icmpType: orElse(inputs["icmpType"], null),
        ipv6CidrBlock: orElse(inputs["ipv6CidrBlock"], ""),
        ruleAction: text(inputs["ruleAction"])?.toLowerCase() ?? UNKNOWN,
      },
    };
  },
};

export default model;
