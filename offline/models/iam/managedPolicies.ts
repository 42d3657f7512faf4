import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { text } from "../values";
import { POLICY } from "./entities";

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const ATTACHED_POLICIES = 10;

/** Throws `NoSuchEntity` for a customer's policy that doesn't exist. AWS's own (`arn:aws:iam::aws:policy/…`) aren't listed here: all are taken. */
export function refuseMissingPolicy({ world, place }: OperationContext, value: unknown): void {
  const arn = text(value);
  if (arn?.startsWith(`arn:${place.partition}:iam::${place.accountId}:`) !== true) return;
  if (world.find(POLICY, arn) === undefined)
    throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, "policyArn");
}
