import type * as pulumi from "@pulumi/pulumi";

/** A load balancer's own name, and the zone in which AWS keeps it. */
export interface Alias {
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
}

/** A record to create: by the platform where it has a zone, else by a person. */
export interface DnsRecord {
  /** A stable name of the record, such as `mx`. */
  readonly key: string;
  readonly name: pulumi.Input<string>;
  /** `ALIAS` stands for the target's own addresses, as Route 53's alias records and others' ALIAS or ANAME do. */
  readonly type: "MX" | "TXT" | "CNAME" | "ALIAS";
  /** As in a zone file, without quotes. */
  readonly value: pulumi.Input<string> | Alias;
  readonly purpose: string;
}

export function isAlias(value: DnsRecord["value"]): value is Alias {
  return typeof value === "object" && "dnsName" in value;
}
