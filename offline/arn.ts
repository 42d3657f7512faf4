import type { Place } from "./model";

/** Partition, Region and account of an ARN; a `region` of "" stands in ARNs of global services. */
interface ArnOptions {
  /** True for services without a Region in their ARNs (IAM, Route 53, CloudFront). */
  global?: boolean;
  /** False for the services that leave the account out too (S3, Route 53). Default true. */
  account?: boolean;
}

/** `arn:<partition>:<service>:<region>:<account>:<resource>`, e.g. `arn(place, "ec2", "vpc/vpc-0123")`. */
export function arn(place: Place, service: string, resource: string, options: ArnOptions = {}): string {
  const region = options.global === true ? "" : place.region;
  const account = options.account === false ? "" : place.accountId;
  return ["arn", place.partition, service, region, account, resource].join(":");
}
