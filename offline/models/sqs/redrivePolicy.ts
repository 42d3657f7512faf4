import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { text } from "../values";
import { isFifoQueue, queueAt, VALUE } from "./queues";
import { refuseRedrivePolicy } from "./redrive";

function settle(context: OperationContext): Props {
  const queue = queueAt(context);
  refuseRedrivePolicy(context, context.inputs["redrivePolicy"], queue === undefined ? undefined : isFifoQueue(queue));
  return {};
}

const model: Model = {
  type: "aws:sqs/redrivePolicy:RedrivePolicy",
  replaceOn: ["queueUrl"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.json("redrivePolicy", VALUE);
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["queueUrl"]) ?? "" }),
  update: settle,
};

export default model;
