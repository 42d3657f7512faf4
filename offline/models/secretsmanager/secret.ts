import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { nameOf, refuseDuplicate } from "../names";
import { integer, records, text } from "../values";

const TYPE = "aws:secretsmanager/secret:Secret";
const CODE = "ValidationException";
const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const LONGEST_DESCRIPTION = 2048;

function settle({ inputs, place }: OperationContext): Props {
  refusePolicy(inputs["policy"], "resource");
  if ((text(inputs["description"]) ?? "").length > LONGEST_DESCRIPTION)
    throw new AwsError(CODE, `description has at most ${LONGEST_DESCRIPTION} characters`, "description");
  if (records(inputs["replicas"]).some((one) => one["region"] === place.region))
    throw new AwsError(
      "InvalidParameterException",
      `A secret can't be replicated to its own Region ${place.region}.`,
      "replicas",
    );
  const replicas = records(inputs["replicas"]).map((one) => ({
    ...{ kmsKeyId: "", lastAccessedDate: "", status: "InSync", statusMessage: "Replication succeeded" },
    ...one,
  }));
  return {
    ...filled(inputs, {
      description: "",
      forceOverwriteReplicaSecret: false,
      kmsKeyId: "",
      namePrefix: "",
      policy: "",
      recoveryWindowInDays: 30,
      tags: {},
    }),
    replicas: inputs["replicas"] === UNKNOWN ? UNKNOWN : replicas,
  };
}

const model: Model = {
  type: TYPE,
  defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  replaceOn: ["name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const name of ["name", "namePrefix"]) {
      found.matches(name, /^[0-9A-Za-z/_+=.@-]*$/, "must contain alphanumeric characters and /_+=.@- only", CODE);
      const longest = name === "name" ? 512 : 486;
      if ((text(inputs[name]) ?? "").length > longest)
        found.refuse(name, CODE, `"${name}" cannot be greater than ${longest} characters`);
    }
    found.conflict("namePrefix", ["name"], CODE);
    const days = integer(inputs["recoveryWindowInDays"]);
    if (days !== undefined && days !== 0 && (days < 7 || days > 30)) {
      const message = `expected recovery_window_in_days to be in the range (7 - 30) or 0, got ${days}`;
      found.refuse("recoveryWindowInDays", "InvalidParameterException", message);
    }
    checkPolicyJson(found, "policy");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { ids, place } = context;
    const name = nameOf(context);
    const message = `The operation failed because the secret ${name ?? ""} already exists.`;
    refuseDuplicate(context, TYPE, name, "ResourceExistsException", message);
    const id = name === undefined ? "" : arn(place, "secretsmanager", `secret:${name}-${ids.chars(SUFFIX, 6)}`);
    return { id, outputs: { ...settle(context), arn: id === "" ? UNKNOWN : id, name: name ?? UNKNOWN } };
  },

  update: settle,
};

export default model;
