import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { Findings } from "../findings";
import { orElse, text } from "../values";
import { blockOf, subnetsOf, vpcBlocks } from "./blocks";
import { contains, ipv4Problem, overlaps, parseBlock } from "./cidr";
import { lookUp, referred } from "./references";

const LARGEST = 16;
const SMALLEST = 28;

/** A further block of a VPC: subnets may lie in it. */
const model: Model = {
  type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const cidr = text(inputs["cidrBlock"]);
    const problem = cidr === undefined ? undefined : ipv4Problem(cidr);
    if (problem !== undefined) found.refuse("cidrBlock", "InvalidParameterValue", problem);
    const prefix = parseBlock(cidr ?? "")?.prefix;
    if (prefix !== undefined && (prefix < LARGEST || prefix > SMALLEST)) {
      const message = `expected "cidrBlock" to contain a network Value with between ${LARGEST} and ${SMALLEST} significant bits, got: ${prefix}`;
      found.refuse("cidrBlock", "InvalidVpc.Range", message);
    }
    found.conflict("cidrBlock", ["ipv4NetmaskLength"]);
    found.requires("ipv4NetmaskLength", ["ipv4IpamPoolId"]);
    found.between("ipv4NetmaskLength", LARGEST, SMALLEST);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, world } = context;
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    const block = parseBlock(text(inputs["cidrBlock"]) ?? "");
    const present = vpc === undefined ? undefined : vpcBlocks(world, vpc);
    if (block !== undefined && present?.some((other) => overlaps(other, block)) === true) {
      throw new AwsError(
        "CidrConflict",
        "The CIDR block overlaps with an existing CIDR block of the VPC.",
        "cidrBlock",
      );
    }
    return { id: ids.ec2("vpc-cidr-assoc"), outputs: { cidrBlock: orElse(inputs["cidrBlock"], undefined) } };
  },

  delete({ world }, old) {
    const vpc = lookUp(world, "vpc", old.outputs["vpcId"]);
    const block = parseBlock(text(old.outputs["cidrBlock"]) ?? "");
    if (vpc === undefined || block === undefined) return;
    const inside = subnetsOf(world, vpc.id).find((subnet) =>
      contains(block, blockOf(subnet) ?? { first: 0, prefix: 0, size: 2 ** 32 }),
    );
    if (inside !== undefined) {
      throw new AwsError(
        "InvalidCidrBlock.InUse",
        `The vpc ${vpc.id} currently has a subnet within CIDR block (${inside.id})`,
      );
    }
  },
};

export default model;
