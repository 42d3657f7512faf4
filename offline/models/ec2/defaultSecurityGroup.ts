import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { orElse, property, text } from "../values";
import { SECURITY_GROUP } from "./companions";
import { checkInlineRules, refuseInlineRules, ruleOutputs } from "./groupRules";
import { authorize, inlineOf } from "./permissions";
import { referred } from "./references";
import { checkTags } from "./tags";

function ruled(context: OperationContext, id: string): Props {
  const { inputs } = context;
  refuseInlineRules(context, text(inputs["vpcId"]));
  authorize([], inlineOf({ id, inputs, outputs: {} }));
  return { egress: ruleOutputs(inputs["egress"]), ingress: ruleOutputs(inputs["ingress"]) };
}

/** Takes over a VPC's default group: AWS's rules go, those given here come. */
const model: Model = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  adopts: true,
  defaults: { revokeRulesOnDelete: false },
  replaceOn: ["vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkInlineRules(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, world } = context;
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    const vpcId = text(inputs["vpcId"]);
    const group = world.all(SECURITY_GROUP).find((one) => one.companion === true && property(one, "vpcId") === vpcId);
    if (group === undefined && vpc !== undefined) {
      throw new AwsError(
        "InvalidGroup.NotFound",
        `reading Default Security Group of VPC ${vpc.id}: not found`,
        "vpcId",
      );
    }
    const id = group?.id ?? UNKNOWN;
    return {
      id,
      outputs: {
        arn: group === undefined ? UNKNOWN : arn(place, "ec2", `security-group/${id}`),
        ownerId: place.accountId,
        description: "default VPC security group",
        name: "default",
        namePrefix: "",
        vpcId: orElse(inputs["vpcId"], UNKNOWN),
        ...ruled(context, id),
      },
    };
  },

  update: (context, old) => ruled(context, old.id),
};

export default model;
