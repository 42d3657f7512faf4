import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { property, text } from "../values";
import { checkName, CODE, roleNamed } from "./entities";
import { checkPolicyJson, policySize, refusePolicy } from "./policy-document";

const TYPE = "aws:iam/rolePolicy:RolePolicy";
/** All inline policies of one role together, in characters. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_SIZE = 10240;

function settle(context: OperationContext): Props {
  const { inputs, world } = context;
  const role = roleNamed(context, inputs["role"]);
  refusePolicy(inputs["policy"], "identity");
  if (role === undefined) return { namePrefix: inputs["namePrefix"] ?? "" };
  const others = world.all(TYPE).filter((one) => text(property(one, "role")) === role.id);
  const size = others.reduce((sum, one) => sum + policySize(property(one, "policy")), policySize(inputs["policy"]));
  if (size > INLINE_SIZE)
    throw new AwsError(
      "LimitExceeded",
      `Maximum policy size of ${INLINE_SIZE} bytes exceeded for role ${role.id}`,
      "policy",
    );
  return { namePrefix: inputs["namePrefix"] ?? "" };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["name", "namePrefix", "role"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, 128);
    found.length("namePrefix", 1, 102, CODE);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create(context) {
    const outputs = settle(context);
    const name = nameOf(context);
    const role = text(context.inputs["role"]);
    return {
      id: role === undefined || name === undefined ? "" : `${role}:${name}`,
      outputs: { ...outputs, name: name ?? UNKNOWN },
    };
  },

  update: settle,
};

export default model;
