import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { isTrue, property, text } from "../values";
import { CODE, pathOf, refusePath, refuseSameName, uniqueId, USER } from "./entities";
import { refuseMissingPolicy } from "./managedPolicies";

const LONGEST = 64;
const BELONGINGS: Record<string, string> = {
  "aws:iam/accessKey:AccessKey": "must delete access keys",
  "aws:iam/userPolicy:UserPolicy": "must delete policies",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "must detach all policies",
};

function settle({ inputs }: OperationContext): Props {
  return filled(inputs, { forceDestroy: false, path: "/", permissionsBoundary: "", tags: {} });
}

const model: Model = {
  type: USER,
  defaults: { forceDestroy: false, path: "/" },
  replaceOn: [],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.matches("name", /^[\w+=,.@-]*$/, "must match [\\w+=,.@-]", CODE);
    found.arn("permissionsBoundary", CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    refusePath(inputs["path"]);
    refuseMissingPolicy(context, inputs["permissionsBoundary"]);
    const name = text(inputs["name"]);
    if (name !== undefined && name.length > LONGEST) {
      throw new AwsError(
        CODE,
        `1 validation error detected: Value '${name}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST}`,
        "name",
      );
    }
    refuseSameName(context, USER, name, `User with name ${name ?? ""} already exists.`);
    return {
      id: name ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(place, "iam", `user${pathOf(inputs["path"])}${name}`, { global: true }),
        uniqueId: uniqueId(ids, "AIDA"),
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    if (isTrue(old.outputs["forceDestroy"])) return;
    for (const [type, remedy] of Object.entries(BELONGINGS)) {
      if (world.all(type).some((one) => text(property(one, "user")) === old.id))
        throw new AwsError("DeleteConflict", `Cannot delete entity, ${remedy} first.`);
    }
  },
};

export default model;
