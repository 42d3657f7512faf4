import { AwsError } from "../../aws-error";

/** Throws for a name S3 doesn't take. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function refuseBucketName(name: string): void {
  const refuse = (message: string): AwsError => new AwsError("InvalidBucketName", message, "bucket");
  if (name.length < 3 || name.length > 63) throw refuse(`"${name}" must contain from 3 to 63 characters`);
  if (!/^[0-9a-z.-]+$/.test(name))
    throw refuse(`only lowercase alphanumeric characters and hyphens allowed in "${name}"`);
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) throw refuse(`"${name}" must not be formatted as an IP address`);
  if (!/^[0-9a-z]/.test(name) || !/[0-9a-z]$/.test(name))
    throw refuse(`"${name}" must begin and end with a letter or number`);
  if (name.includes("..")) throw refuse(`"${name}" must not contain two adjacent periods`);
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name) || /(-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$/.test(name))
    throw refuse(`"${name}" begins or ends with a reserved prefix or suffix`);
}
