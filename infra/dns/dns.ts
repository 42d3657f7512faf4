import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config";
import { recordsToCreate, type RecordToCreate } from "../next-steps";
import { mailRecords } from "./mail-records";
import type { Alias, DnsRecord } from "./record";
import { ZoneRecords } from "./zone-records";

export interface DnsArgs {
  readonly settings: Pick<Settings, "region" | "ses" | "mail" | "web" | "dns">;
  readonly dkimTokens: pulumi.Output<string[]>;
  readonly mailBalancer: Alias;
  readonly webBalancer: Alias;
  /** Records that prove names to ACM, where a person must create them. */
  readonly proofs: readonly DnsRecord[];
}

/** Makes every record in the zone; without one, gives those that a person must create. */
export function publishRecords(
  name: string,
  { settings, proofs, ...found }: DnsArgs,
  options: pulumi.ComponentResourceOptions,
): pulumi.Output<RecordToCreate[]> {
  const { region, ses, mail, web, dns } = settings;
  const records = mailRecords({
    ...found,
    region,
    domain: mail.domain,
    signs: ses.mailFrom !== undefined,
    mailFrom: ses.mailFrom,
    hostname: mail.hostname,
    webHostname: web.hostname,
    postmaster: mail.postmaster,
  });
  if (dns === undefined) return recordsToCreate([...records, ...proofs]);
  new ZoneRecords(name, { zoneId: dns.zoneId, records }, options);
  return recordsToCreate([]);
}
