/** Hosted zones as records and data sources refer to them. */
import { AwsError } from "../../aws-error";
import type { IdSource } from "../../ids";
import type { OperationContext } from "../../model";
import type { Thing } from "../../world";
import { property, text } from "../values";

export const ZONE = "aws:route53/zone:Zone";
export const RECORD = "aws:route53/record:Record";
const ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const DOMAINS = ["org", "com", "co.uk", "net"] as const;

/** A domain name as Route 53's provider keeps it: lower-case, without the dot at the end. */
export function normalName(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}

/** `/hostedzone/Z…` as `Z…`. */
export function bareZoneId(id: string): string {
  return id.replace(/^\/hostedzone\//, "");
}

/** The zone that an input names; undefined while unknown. Throws where it isn't there. */
export function zoneOf({ inputs, world }: OperationContext): Thing | undefined {
  const id = text(inputs["zoneId"]);
  if (id === undefined) return undefined;
  const zone = world.find(ZONE, bareZoneId(id));
  if (zone === undefined)
    throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${bareZoneId(id)}`, "zoneId");
  return zone;
}

export function zoneName(zone: Thing): string | undefined {
  const name = text(property(zone, "name"));
  return name === undefined ? undefined : normalName(name);
}

/** What a record is called in its zone: the zone's name is put behind a name that doesn't end with it. */
export function fullName(name: string, zone: string): string {
  const bare = normalName(name);
  if (bare === "" || bare === zone) return zone;
  return bare.endsWith(`.${zone}`) ? bare : `${bare}.${zone}`;
}

/** A new zone's id. */
export function zoneId(ids: IdSource): string {
  return `Z${ids.chars(ID, 20, "zone")}`;
}

/** The four name servers of a public zone, one under each of four top-level domains; sorted, as the provider keeps them. */
export function nameServers(ids: IdSource): string[] {
  return DOMAINS.map((domain, index) => {
    const number = ids.integer(index * 512, index * 512 + 511, `ns-${domain}`);
    return `ns-${number}.awsdns-${String(ids.integer(0, 63, `dns-${domain}`)).padStart(2, "0")}.${domain}`;
  }).sort();
}
