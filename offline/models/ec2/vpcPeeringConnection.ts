import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { Findings } from "../findings";
import { given, isTrue, orElse, property, text } from "../values";
import { blockOf } from "./blocks";
import { overlaps } from "./cidr";
import { withinQuota } from "./quota";
import { referred } from "./references";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const closed = { allowRemoteVpcDnsResolution: false };

/** The peer when it is of this account and Region, hence findable. */
function peerOf(context: OperationContext): Thing | undefined {
  const { inputs, place } = context;
  const elsewhere = (name: string, own: string): boolean => given(inputs[name]) && inputs[name] !== own;
  if (elsewhere("peerRegion", place.region) || elsewhere("peerOwnerId", place.accountId)) return undefined;
  return referred(context, "vpc", inputs["peerVpcId"]);
}

function status(context: OperationContext): Props {
  const { inputs } = context;
  return {
    acceptStatus: isTrue(inputs["autoAccept"])
      ? "active"
      : inputs["autoAccept"] === UNKNOWN
        ? UNKNOWN
        : "pending-acceptance",
    accepter: orElse(inputs["accepter"], closed),
    requester: orElse(inputs["requester"], closed),
  };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    if (given(inputs["peerRegion"]) && isTrue(inputs["autoAccept"])) {
      throw new AwsError(
        "ProviderCreate",
        "`peerRegion` cannot be set whilst `autoAccept` is `true` when creating an EC2 VPC Peering Connection",
        "peerRegion",
      );
    }
    const options = ["accepter", "requester"].find((name) => given(inputs[name]));
    if (options !== undefined && !isTrue(inputs["autoAccept"]) && inputs["autoAccept"] !== UNKNOWN) {
      throw new AwsError(
        "ProviderCreate",
        "Unable to modify EC2 VPC Peering Connection Options: it is not active (current status: pending-acceptance). Set `autoAccept` to `true`, or use VpcPeeringConnectionAccepter and PeeringConnectionOptions.",
        options,
      );
    }
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    const peer = peerOf(context);
    const ends = [text(inputs["vpcId"]), text(inputs["peerVpcId"])];
    if (ends[0] !== undefined && ends[0] === ends[1]) {
      throw new AwsError(
        "InvalidParameterValue",
        "Value for parameter peerVpcId is invalid: a VPC can't be peered with itself",
        "peerVpcId",
      );
    }
    const [mine, theirs] = [vpc, peer].map((end) => (end === undefined ? undefined : blockOf(end)));
    if (mine !== undefined && theirs !== undefined && overlaps(mine, theirs)) {
      throw new AwsError(
        "OverlappingCidrBlock",
        "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
        "peerVpcId",
      );
    }
    const mineAlready = world
      .all(TYPE)
      .filter((one) => vpc !== undefined && [property(one, "vpcId"), property(one, "peerVpcId")].includes(vpc.id));
    const twin = mineAlready.find((one) =>
      ends.every((end) => end !== undefined && [property(one, "vpcId"), property(one, "peerVpcId")].includes(end)),
    );
    if (twin !== undefined) {
      throw new AwsError(
        "VpcPeeringConnectionAlreadyExists",
        `A VPC peering connection between these VPCs exists already: ${twin.id}`,
      );
    }
    withinQuota("peeringsPerVpc", mineAlready.length + 1);
    return {
      id: ids.ec2("pcx"),
      outputs: {
        peerOwnerId: orElse(inputs["peerOwnerId"], place.accountId),
        peerRegion: orElse(inputs["peerRegion"], place.region),
        ...status(context),
      },
    };
  },

  update(context, old) {
    const { acceptStatus, ...options } = status(context);
    return isTrue(context.inputs["autoAccept"])
      ? { acceptStatus, ...options }
      : { acceptStatus: old.outputs["acceptStatus"], ...options };
  },
};

export default model;
