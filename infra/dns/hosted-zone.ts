import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../config/problem";

/** As configured. */
export interface HostedZone {
  readonly zoneId: string;
  /** The domain that the zone answers for. */
  readonly zone: string;
}

/**
 * Asks Route 53 whether the zone is what the configuration takes it for, before anything is made: records in another zone, or in a
 * private one, are found by nobody. Throws a ConfigurationError where it isn't.
 */
export async function checkZone({ zoneId, zone }: HostedZone, options: pulumi.InvokeOptions): Promise<void> {
  const { name, privateZone } = await lookUp(zoneId, options);
  const remedy = "Look the zone up with: aws route53 list-hosted-zones.";
  if (privateZone)
    throw problem("dns.zoneId", zoneId, `the zone ${name} is private, and mail comes from the internet`, remedy);
  // Route 53 always knows the name. The embedded AWS doesn't, of a zone that no stack on it made: there is nothing to compare.
  if (name !== "" && name !== zone) throw problem("dns.zone", zone, `${zoneId} is the zone ${name}`, remedy);
}

async function lookUp(zoneId: string, options: pulumi.InvokeOptions): Promise<aws.route53.GetZoneResult> {
  try {
    return await aws.route53.getZone({ zoneId }, options);
  } catch (error) {
    if (!(error instanceof Error) || !/NoSuchHostedZone|couldn't find resource/.test(error.message)) throw error;
    const limit = "this account has no hosted zone of this id";
    throw problem("dns.zoneId", zoneId, limit, "Look it up with: aws route53 list-hosted-zones.");
  }
}

function problem(path: string, value: string, limit: string, remedy: string): ConfigurationError {
  return new ConfigurationError([{ path, value, limit, remedy }]);
}
