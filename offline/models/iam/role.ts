import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { isTrue, property, records, text, texts } from "../values";
import { madeAt } from "../time";
import { checkName, CODE, INSTANCE_PROFILE, pathOf, refusePath, refuseSameName, ROLE, uniqueId } from "./entities";
import { ATTACHED_POLICIES, refuseMissingPolicy } from "./managedPolicies";
import { checkPolicyJson, policySize, refusePolicy } from "./policy-document";

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLES = 1000;
const TRUST_LENGTH = 2048;
/** Inline policies together, in characters. */
const INLINE_SIZE = 10240;

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const description = text(inputs["description"]);
  if (description !== undefined && !/^[\t\n\r\x20-\x7e\xa1-\xff]*$/.test(description))
    throw new AwsError(
      CODE,
      "1 validation error detected: Value at 'description' failed to satisfy constraint: Latin-1 characters only",
      "description",
    );
  refusePolicy(inputs["assumeRolePolicy"], "trust");
  if (policySize(inputs["assumeRolePolicy"]) > TRUST_LENGTH)
    throw new AwsError("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${TRUST_LENGTH}`, "assumeRolePolicy");
  if (texts(inputs["managedPolicyArns"]).length > ATTACHED_POLICIES)
    throw new AwsError("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${ATTACHED_POLICIES}`);
  for (const policy of texts(inputs["managedPolicyArns"])) refuseMissingPolicy(context, policy);
  refuseMissingPolicy(context, inputs["permissionsBoundary"]);
  const inline = records(inputs["inlinePolicies"]).map(({ policy }) => policy);
  for (const policy of inline) refusePolicy(policy, "identity");
  if (inline.reduce<number>((sum, policy) => sum + policySize(policy), 0) > INLINE_SIZE)
    throw new AwsError("LimitExceeded", `Maximum policy size of ${INLINE_SIZE} bytes exceeded for the role`);
  return filled(inputs, {
    description: "",
    forceDetachPolicies: false,
    inlinePolicies: [],
    managedPolicyArns: [],
    maxSessionDuration: 3600,
    namePrefix: "",
    path: "/",
    permissionsBoundary: "",
    tags: {},
  });
}

const model: Model = {
  type: ROLE,
  autoName: { property: "name", maxLength: 64 },
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  replaceOn: ["name", "namePrefix", "path"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, 64);
    found.length("namePrefix", 1, 38, CODE);
    found.length("description", 0, 1000, CODE);
    if (/[“‘]/.test(text(inputs["description"]) ?? ""))
      found.refuse(
        "description",
        CODE,
        "invalid value for description (cannot contain specially formatted single or double quotes: [“‘])",
      );
    found.length("path", 0, 512, CODE);
    found.arn("managedPolicyArns", CODE);
    found.between("maxSessionDuration", 3600, 43200, CODE);
    found.arn("permissionsBoundary", CODE);
    checkPolicyJson(found, "assumeRolePolicy");
    records(inputs["inlinePolicies"]).forEach((inline, index) => {
      const inner = found.at(`inlinePolicies[${index}]`, inline);
      inner.length("name", 1, 128, CODE);
      inner.matches("name", /^[\w+=,.@-]*$/, "must match [\\w+=,.@-]", CODE);
      checkPolicyJson(inner, "policy");
    });
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place, world } = context;
    refusePath(inputs["path"]);
    const name = nameOf(context);
    refuseSameName(context, ROLE, name, `Role with name ${name ?? ""} already exists.`);
    if (world.all(ROLE).length >= ROLES)
      throw new AwsError("LimitExceeded", `Cannot exceed quota for RolesPerAccount: ${ROLES}`);
    const outputs = settle(context);
    const path = pathOf(inputs["path"]);
    return {
      id: name ?? "",
      outputs: {
        ...outputs,
        arn: name === undefined ? UNKNOWN : arn(place, "iam", `role${path}${name}`, { global: true }),
        createDate: madeAt(ids),
        name: name ?? UNKNOWN,
        uniqueId: uniqueId(ids, "AROA"),
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    const names = (type: string, key: string): boolean =>
      world
        .all(type)
        .some((thing) => text(property(thing, key)) === old.id || texts(property(thing, `${key}s`)).includes(old.id));
    const refuse = (what: string): AwsError => new AwsError("DeleteConflict", `Cannot delete entity, ${what} first.`);
    if (names(INSTANCE_PROFILE, "role")) throw refuse("must remove roles from instance profile");
    if (isTrue(old.outputs["forceDetachPolicies"])) return;
    if (
      names("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role") ||
      names("aws:iam/policyAttachment:PolicyAttachment", "role")
    )
      throw refuse("must detach all policies");
    if (names("aws:iam/rolePolicy:RolePolicy", "role")) throw refuse("must delete policies");
  },
};

export default model;
