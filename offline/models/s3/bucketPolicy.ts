import { AwsError } from "../../aws-error";
import type { Model, OperationContext } from "../../model";
import { Findings } from "../findings";
import { checkPolicyJson, refusePolicy } from "../iam/policy-document";
import { isTrue, property, text } from "../values";
import { bucketId } from "./reference";

const SIZE = 20480;
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** Anyone at all may do something, without a condition. */
function isPublic(policy: string): boolean {
  return (
    /"Effect"\s*:\s*"Allow"/.test(policy) &&
    /"Principal"\s*:\s*("\*"|\{\s*"AWS"\s*:\s*"\*"\s*\})/.test(policy) &&
    !policy.includes('"Condition"')
  );
}

function refuse({ inputs, world }: OperationContext): void {
  const policy = text(inputs["policy"]);
  refusePolicy(policy, "resource");
  if (policy === undefined) return;
  if (policy.length > SIZE)
    throw new AwsError("PolicyTooLarge", "Policy exceeds the maximum allowed document size.", "policy");
  const block = world.find(BLOCK, text(inputs["bucket"]) ?? "");
  if (block !== undefined && isTrue(property(block, "blockPublicPolicy")) && isPublic(policy))
    throw new AwsError(
      "AccessDenied",
      "Access Denied: the policy is public and the bucket's BlockPublicPolicy setting is on",
      "policy",
    );
}

const model: Model = {
  type: "aws:s3/bucketPolicy:BucketPolicy",
  replaceOn: ["bucket"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkPolicyJson(found, "policy");
    return found.problems;
  },

  create(context) {
    const id = bucketId(context);
    refuse(context);
    return { id, outputs: {} };
  },

  update(context) {
    refuse(context);
    return {};
  },
};

export default model;
