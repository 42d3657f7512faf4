import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { madeAt } from "../time";
import { checkName, CODE, INSTANCE_PROFILE, pathOf, refusePath, refuseSameName, roleNamed, uniqueId } from "./entities";

function settle(context: OperationContext): Props {
  roleNamed(context, context.inputs["role"]);
  return filled(context.inputs, { namePrefix: "", path: "/", role: "", tags: {} });
}

const model: Model = {
  type: INSTANCE_PROFILE,
  defaults: { path: "/" },
  replaceOn: ["name", "namePrefix", "path"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, 128);
    found.length("namePrefix", 1, 102, CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    refusePath(inputs["path"]);
    const name = nameOf(context);
    const message = `Instance Profile ${name ?? ""} already exists.`;
    refuseSameName(context, INSTANCE_PROFILE, name, message);
    const path = pathOf(inputs["path"]);
    return {
      id: name ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(place, "iam", `instance-profile${path}${name}`, { global: true }),
        createDate: madeAt(ids),
        name: name ?? UNKNOWN,
        uniqueId: uniqueId(ids, "AIPA"),
      },
    };
  },

  update: settle,
};

export default model;
