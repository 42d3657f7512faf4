import type { Model, Props } from "../../model";
import { filled } from "../filled";
import { bucketId } from "./reference";

const open = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};
const settle = (inputs: Props): Props => filled(inputs, { ...open, skipDestroy: null });

const model: Model = {
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  defaults: open,
  replaceOn: ["bucket"],
  create: (context) => ({ id: bucketId(context), outputs: settle(context.inputs) }),
  update: ({ inputs }) => settle(inputs),
};

export default model;
