import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { text } from "../values";
import { queueAt, VALUE } from "./queues";
import { refuseRedriveAllowPolicy } from "./redrive";

function settle(context: OperationContext): Props {
  queueAt(context);
  refuseRedriveAllowPolicy(context.inputs["redriveAllowPolicy"]);
  return {};
}

const model: Model = {
  type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
  replaceOn: ["queueUrl"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.json("redriveAllowPolicy", VALUE);
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["queueUrl"]) ?? "" }),
  update: settle,
};

export default model;
