import type { Place, Props } from "../model";

/** The account number of AWS's own documentation: nobody mistakes it for theirs. */
const ACCOUNT_ID = "123456789012";

/** Services without a Region: what they hold is one for the whole account. */
const GLOBAL_SERVICES = new Set(["iam", "route53", "cloudfront", "organizations", "globalaccelerator"]);

/** The service module of a type token: `ec2` of `aws:ec2/subnet:Subnet`. */
export function serviceOf(type: string): string {
  return /^[^:]+:([^/:]+)/.exec(type)?.[1] ?? type;
}

export function isGlobal(type: string): boolean {
  return GLOBAL_SERVICES.has(serviceOf(type));
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

export function placeIn(region: string): Place {
  return { partition: partitionOf(region), region, accountId: ACCOUNT_ID };
}

/** A resource's own `region` (version 7 of the provider) goes before the provider's. */
export function placeOf(providerRegion: string, inputs: Props): Place {
  const own = inputs["region"];
  return placeIn(typeof own === "string" && isRegionName(own) ? own : providerRegion);
}

export function isRegionName(text: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(text);
}
