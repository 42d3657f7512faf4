import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { actionsOf } from "../iam/admission";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { text } from "../values";
import { fileSystemOf } from "./fileSystems";

const CODE = "InvalidPolicyException";
/** Characters. Source: https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html */
const LENGTH = 20000;

function settle(context: OperationContext): Props {
  fileSystemOf(context);
  const policy = text(context.inputs["policy"]);
  if (policy === undefined) return {};
  try {
    refusePolicy(policy, "resource");
  } catch (error) {
    throw new AwsError(CODE, error instanceof Error ? error.message : String(error), "policy");
  }
  if (policy.length > LENGTH) throw new AwsError(CODE, `The policy is longer than ${LENGTH} characters.`, "policy");
  const foreign = actionsOf(policy).find((action) => !/^(\*|elasticfilesystem:)/i.test(action));
  if (foreign !== undefined) throw new AwsError(CODE, `Policy has an invalid action: ${foreign}`, "policy");
  return {};
}

const model: Model = {
  type: "aws:efs/fileSystemPolicy:FileSystemPolicy",
  replaceOn: ["fileSystemId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["fileSystemId"]) ?? "" }),
  update: settle,
};

export default model;
