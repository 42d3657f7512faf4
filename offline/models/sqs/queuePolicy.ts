import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { actionsOf } from "../iam/admission";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { text } from "../values";
import { ATTRIBUTE, queueAt } from "./queues";

/** Throws for a queue's policy that SQS doesn't take. */
export function refuseQueuePolicy(value: unknown): void {
  const policy = text(value);
  if (policy === undefined) return;
  const refuse = (): AwsError => new AwsError(ATTRIBUTE, "Invalid value for the parameter Policy.", "policy");
  try {
    refusePolicy(policy, "resource");
  } catch {
    throw refuse();
  }
  if (actionsOf(policy).some((action) => !/^(\*|sqs:)/i.test(action))) throw refuse();
}

function settle(context: OperationContext): Props {
  queueAt(context);
  refuseQueuePolicy(context.inputs["policy"]);
  return {};
}

const model: Model = {
  type: "aws:sqs/queuePolicy:QueuePolicy",
  replaceOn: ["queueUrl"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["queueUrl"]) ?? "" }),
  update: settle,
};

export default model;
