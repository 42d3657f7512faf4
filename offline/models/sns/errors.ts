import { AwsError } from "../../aws-error";
import { actionsOf } from "../iam/admission";
import { refusePolicy } from "../iam/policy-document";
import { text } from "../values";

export const CODE = "InvalidParameter";

export function invalid(message: string, property?: string): AwsError {
  return new AwsError(CODE, `Invalid parameter: ${message}`, property);
}

/** Throws for a topic's policy that SNS doesn't take. */
export function refuseTopicPolicy(value: unknown): void {
  const policy = text(value);
  if (policy === undefined) return;
  try {
    refusePolicy(policy, "resource");
  } catch (error) {
    throw invalid(`Policy Error: ${error instanceof Error ? error.message : String(error)}`, "policy");
  }
  const foreign = actionsOf(policy).find((action) => !/^(\*|sns:)/i.test(action));
  if (foreign !== undefined) throw invalid(`Policy statement action out of service scope! (${foreign})`, "policy");
}
