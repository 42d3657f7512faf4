import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../config/problem";
import type { Az } from "./zones";

/** What is asked of AWS before anything is laid out. Plain values: they decide which resources there are. */
export interface RegionFacts {
  readonly region: string;
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of an ARN. */
  readonly partition: string;
  /** The zones that are open to every account: Local Zones and Wavelength Zones aren't among them. */
  readonly zones: readonly Az[];
  /** The names of the zones that offer the interface endpoint of SES's SMTP service, which not every zone does. */
  readonly smtpZones: readonly string[];
}

export async function lookUpRegion(region: string, options: pulumi.InvokeOptions): Promise<RegionFacts> {
  const [zones, smtpZones, { accountId }, { partition }] = await Promise.all([
    aws.getAvailabilityZones(
      { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
      options,
    ),
    lookUpSmtpZones(region, options),
    aws.getCallerIdentity({}, options),
    aws.getPartition({}, options),
  ]);
  const azs = zones.names.flatMap((name, index): Az[] => {
    const id = zones.zoneIds[index];
    return id === undefined ? [] : [{ name, id }];
  });
  return { region, accountId, partition, zones: azs, smtpZones };
}

async function lookUpSmtpZones(region: string, options: pulumi.InvokeOptions): Promise<string[]> {
  try {
    const service = await aws.ec2.getVpcEndpointService({ service: "email-smtp", serviceType: "Interface" }, options);
    return service.availabilityZones;
  } catch (error) {
    if (!(error instanceof Error) || !/no matching (EC2 )?VPC Endpoint Service|InvalidServiceName/.test(error.message))
      throw error;
    const limit = "this Region doesn't offer SES's SMTP service as an interface endpoint";
    throw new ConfigurationError([{ path: "region", value: region, limit, remedy: "Choose one that does." }]);
  }
}
