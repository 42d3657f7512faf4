import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { property, text } from "../values";
import { checkName, CODE, pathOf, POLICY, refusePath, refuseSameName, uniqueId } from "./entities";
import { checkPolicyJson, policySize, refusePolicy } from "./policy-document";

/** Characters without white space. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const SIZE = 6144;
const ATTACHMENTS = ["role", "user", "group"].map((kind) => {
  const name = `${kind}PolicyAttachment`;
  return `aws:iam/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
});

function settle({ inputs }: OperationContext): Props {
  refusePolicy(inputs["policy"], "identity");
  if (policySize(inputs["policy"]) > SIZE)
    throw new AwsError("LimitExceeded", `Cannot exceed quota for PolicySize: ${SIZE}`, "policy");
  return filled(inputs, { description: "", namePrefix: "", path: "/", tags: {} });
}

const model: Model = {
  type: POLICY,
  defaults: { path: "/" },
  replaceOn: ["description", "name", "namePrefix", "path"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, 128);
    found.length("namePrefix", 1, 102, CODE);
    found.length("description", 0, 1000, CODE);
    checkPolicyJson(found, "policy");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    refusePath(inputs["path"]);
    const name = nameOf(context);
    const message = `A policy called ${name ?? ""} already exists. Duplicate names are not allowed.`;
    refuseSameName(context, POLICY, name, message);
    const id = name === undefined ? "" : arn(place, "iam", `policy${pathOf(inputs["path"])}${name}`, { global: true });
    return {
      id,
      outputs: {
        ...settle(context),
        arn: id === "" ? UNKNOWN : id,
        attachmentCount: 0,
        name: name ?? UNKNOWN,
        policyId: uniqueId(ids, "ANPA"),
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    if (ATTACHMENTS.some((type) => world.all(type).some((one) => text(property(one, "policyArn")) === old.id)))
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.");
  },
};

export default model;
