import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isAlias, type DnsRecord } from "./record";

export interface ZoneRecordsArgs {
  /** A public hosted zone that all names are in. */
  readonly zoneId: string;
  readonly records: readonly DnsRecord[];
}

/** Long enough to be cached, short enough to be corrected within the hour. */
const TTL_SECONDS = 600;

/** The platform's records in Route 53. An alias knows whether its load balancer has healthy targets, for the day it has a second one beside it. */
export class ZoneRecords extends pulumi.ComponentResource {
  public constructor(
    private readonly name: string,
    private readonly args: ZoneRecordsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:dns:ZoneRecords", name, {}, opts);
    for (const record of args.records) this.record(record);
    this.registerOutputs();
  }

  private record({ key, name, type, value }: DnsRecord): void {
    const { zoneId } = this.args;
    const target = isAlias(value)
      ? { type: "A", aliases: [{ name: value.dnsName, zoneId: value.zoneId, evaluateTargetHealth: true }] }
      : { type, ttl: TTL_SECONDS, records: [value] };
    new aws.route53.Record(`${this.name}-${key}`, { zoneId, name, ...target }, { parent: this });
  }
}
