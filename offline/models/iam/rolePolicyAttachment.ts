import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { Findings } from "../findings";
import { property, text } from "../values";
import { CODE, roleNamed } from "./entities";
import { ATTACHED_POLICIES, refuseMissingPolicy } from "./managedPolicies";

const TYPE = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const model: Model = {
  type: TYPE,
  replaceOn: ["policyArn", "role"],
  // As pulumi-aws: deleting the old one afterwards would delete the new one with it.
  deleteBeforeReplace: true,

  check({ inputs }) {
    const found = new Findings(inputs);
    found.arn("policyArn", CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const role = roleNamed(context, inputs["role"]);
    refuseMissingPolicy(context, inputs["policyArn"]);
    const theirs = world.all(TYPE).filter((one) => role !== undefined && text(property(one, "role")) === role.id);
    const arns = new Set([...theirs.map((one) => property(one, "policyArn")), inputs["policyArn"]]);
    if (role !== undefined && arns.size > ATTACHED_POLICIES)
      throw new AwsError("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${ATTACHED_POLICIES}`);
    const [name, policy] = [text(inputs["role"]), text(inputs["policyArn"])];
    return { id: name === undefined || policy === undefined ? "" : `${name}/${policy}`, outputs: {} };
  },
};

export default model;
