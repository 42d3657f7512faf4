import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { given, integer, isTrue, orElse, text } from "../values";
import { formatBlock, ipv6Problem, overlaps, parseBlock } from "./cidr";
import { companionIds, makeCompanions, removeCompanions } from "./companions";
import { refuseWhileUsed, usersOfVpc } from "./dependents";
import { withinQuota } from "./quota";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/vpc:Vpc";
const LARGEST = 16;
const SMALLEST = 28;
const IPV6_PREFIXES = [44, 48, 52, 56, 60];

/** Blocks no VPC may have. Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const reserved = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"];

function checkBlock(found: Findings): void {
  const cidr = text(found.inputs["cidrBlock"]);
  if (cidr === undefined) return;
  const block = parseBlock(cidr);
  const expected = `expected "cidrBlock" to contain a`;
  if (block === undefined) {
    found.refuse(
      "cidrBlock",
      "InvalidParameterValue",
      `${expected} valid Value, got: ${cidr} with err: invalid CIDR address: ${cidr}`,
    );
  } else if (cidr !== formatBlock(block)) {
    const message = `${expected} valid network Value, expected ${formatBlock(block)}, got ${cidr}`;
    found.refuse("cidrBlock", "InvalidParameterValue", message);
  } else if (block.prefix < LARGEST || block.prefix > SMALLEST) {
    const message = `${expected} network Value with between ${LARGEST} and ${SMALLEST} significant bits, got: ${block.prefix}`;
    found.refuse("cidrBlock", "InvalidVpc.Range", message);
  }
}

function checkIpv6(found: Findings): void {
  found.conflict("assignGeneratedIpv6CidrBlock", ["ipv6IpamPoolId"]);
  found.conflict("ipv6CidrBlock", ["ipv6NetmaskLength", "assignGeneratedIpv6CidrBlock"]);
  found.requires("ipv6CidrBlock", ["ipv6IpamPoolId"]);
  found.requires("ipv6CidrBlockNetworkBorderGroup", ["assignGeneratedIpv6CidrBlock"]);
  found.requires("ipv6NetmaskLength", ["ipv6IpamPoolId"]);
  found.numberOf("ipv6NetmaskLength", IPV6_PREFIXES);
  const block = text(found.inputs["ipv6CidrBlock"]);
  const problem = block === undefined ? undefined : ipv6Problem(block);
  if (problem !== undefined) found.refuse("ipv6CidrBlock", "InvalidParameterValue", problem);
}

/** The block: as asked for, or one out of the IPAM pool (unknown in a preview: IPAM decides). */
function blockOf(context: OperationContext): unknown {
  const { inputs, ids, preview } = context;
  if (given(inputs["cidrBlock"])) return inputs["cidrBlock"];
  if (preview) return UNKNOWN;
  return `10.${ids.integer(0, 255, "ipam")}.0.0/${integer(inputs["ipv4NetmaskLength"]) ?? LARGEST}`;
}

function ipv6Outputs({ inputs, ids, place }: OperationContext): Props {
  const has =
    isTrue(inputs["assignGeneratedIpv6CidrBlock"]) || given(inputs["ipv6IpamPoolId"]) || given(inputs["ipv6CidrBlock"]);
  const block = `2600:1f${ids.hex(2, "v6a")}:${ids.hex(4, "v6b")}:${ids.hex(2, "v6c")}00::/56`;
  return {
    assignGeneratedIpv6CidrBlock: orElse(inputs["assignGeneratedIpv6CidrBlock"], false),
    ipv6AssociationId: has ? ids.ec2("vpc-cidr-assoc") : "",
    ipv6CidrBlock: orElse(inputs["ipv6CidrBlock"], has ? block : ""),
    ipv6CidrBlockNetworkBorderGroup: orElse(inputs["ipv6CidrBlockNetworkBorderGroup"], has ? place.region : ""),
    ipv6IpamPoolId: orElse(inputs["ipv6IpamPoolId"], ""),
    ipv6NetmaskLength: orElse(inputs["ipv6NetmaskLength"], 0),
  };
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html */
function refuseHostnames(inputs: Props): void {
  if (!isTrue(inputs["enableDnsHostnames"]) || inputs["enableDnsSupport"] !== false) return;
  throw new AwsError(
    "InvalidParameterCombination",
    "You can only enable DNS hostnames if you've enabled DNS support.",
    "enableDnsHostnames",
  );
}

const model: Model = {
  type: TYPE,
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  // ModifyVpcTenancy only takes the way from dedicated to default.
  replaceIf: ({ instanceTenancy: old }, { instanceTenancy: now }) =>
    now === "default" && (old === "dedicated" || !given(old)) ? [] : ["instanceTenancy"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkBlock(found);
    found.conflict("cidrBlock", ["ipv4NetmaskLength"]);
    found.requires("ipv4NetmaskLength", ["ipv4IpamPoolId"]);
    found.between("ipv4NetmaskLength", LARGEST, SMALLEST);
    found.oneOf("instanceTenancy", ["default", "dedicated"]);
    checkIpv6(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    if (!given(inputs["cidrBlock"]) && !given(inputs["ipv4IpamPoolId"])) {
      throw new AwsError("MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' must be provided.", "cidrBlock");
    }
    const block = parseBlock(text(inputs["cidrBlock"]) ?? "");
    const taboo = reserved.find((one) => block !== undefined && overlaps(block, parseBlock(one) ?? block));
    if (taboo !== undefined)
      throw new AwsError(
        "InvalidVpc.Range",
        `The CIDR '${String(inputs["cidrBlock"])}' is invalid: ${taboo} is reserved.`,
      );
    refuseHostnames(inputs);
    withinQuota("vpcsPerRegion", world.all(TYPE).length + 1);
    const id = ids.ec2("vpc");
    const companions = companionIds(context);
    makeCompanions(context, id);
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `vpc/${id}`),
        ownerId: place.accountId,
        cidrBlock: blockOf(context),
        defaultNetworkAclId: companions.networkAcl,
        defaultRouteTableId: companions.routeTable,
        defaultSecurityGroupId: companions.securityGroup,
        mainRouteTableId: companions.routeTable,
        dhcpOptionsId: `dopt-${ids.hex(8, "dopt")}`,
        enableDnsHostnames: orElse(inputs["enableDnsHostnames"], false),
        enableNetworkAddressUsageMetrics: orElse(inputs["enableNetworkAddressUsageMetrics"], false),
        ipv4IpamPoolId: orElse(inputs["ipv4IpamPoolId"], null),
        ipv4NetmaskLength: orElse(inputs["ipv4NetmaskLength"], null),
        ...ipv6Outputs(context),
      },
    };
  },

  update({ inputs }) {
    refuseHostnames(inputs);
    return {};
  },

  delete(context, old) {
    refuseWhileUsed(`vpc '${old.id}'`, usersOfVpc(context.world, old.id));
    removeCompanions(context, old.outputs);
  },
};

export default model;
