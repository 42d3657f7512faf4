import type { Model, OperationContext, Props } from "../../model";
import { AwsError } from "../../aws-error";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { property, text } from "../values";
import { checkName, userNamed } from "./entities";
import { checkPolicyJson, policySize, refusePolicy } from "./policy-document";

const TYPE = "aws:iam/userPolicy:UserPolicy";
/** All inline policies of one user together, in characters. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_SIZE = 2048;

function settle(context: OperationContext): Props {
  const { inputs, world } = context;
  const user = userNamed(context, inputs["user"]);
  refusePolicy(inputs["policy"], "identity");
  const others = world.all(TYPE).filter((one) => user !== undefined && text(property(one, "user")) === user.id);
  const size = others.reduce((sum, one) => sum + policySize(property(one, "policy")), policySize(inputs["policy"]));
  if (size > INLINE_SIZE)
    throw new AwsError(
      "LimitExceeded",
      `Maximum policy size of ${INLINE_SIZE} bytes exceeded for user ${user?.id ?? ""}`,
      "policy",
    );
  return { namePrefix: inputs["namePrefix"] ?? "" };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["name", "namePrefix", "user"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, 128);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create(context) {
    const outputs = settle(context);
    const name = nameOf(context);
    const user = text(context.inputs["user"]);
    return {
      id: user === undefined || name === undefined ? "" : `${user}:${name}`,
      outputs: { ...outputs, name: name ?? UNKNOWN },
    };
  },

  update: settle,
};

export default model;
