import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import { text } from "../values";

export const BUCKET = "aws:s3/bucket:Bucket";

/** Throws `NoSuchBucket` for a bucket that doesn't exist in this account; answers the id of what is set on a bucket: its name. */
export function bucketId({ inputs, world }: OperationContext): string {
  const name = text(inputs["bucket"]);
  if (name === undefined) return "";
  if (world.find(BUCKET, name) === undefined)
    throw new AwsError("NoSuchBucket", `The specified bucket does not exist: ${name}`, "bucket");
  return name;
}
