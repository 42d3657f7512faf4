import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { checkPolicyJson } from "../iam/policy-document";
import { text } from "../values";
import { CODE, refuseTopicPolicy } from "./errors";
import { topicNamed } from "./topics";

function settle({ inputs, place }: OperationContext): Props {
  refuseTopicPolicy(inputs["policy"]);
  return { owner: place.accountId };
}

const model: Model = {
  type: "aws:sns/topicPolicy:TopicPolicy",
  replaceOn: ["arn"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.arn("arn", CODE);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const topic = text(inputs["arn"]);
    if (topic !== undefined && topicNamed(world, topic) === undefined)
      throw new AwsError("NotFound", "Topic does not exist", "arn");
    return { id: topic ?? "", outputs: settle(context) };
  },

  update: settle,
};

export default model;
