import { arn } from "../arn";
import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { Place, Props } from "../model";
import { bareZoneId, nameServers, normalName, RECORD, ZONE, zoneId } from "../models/route53/zones";
import { isTrue, property, records, text } from "../models/values";
import type { Thing } from "../world";
import type { Seen } from ".";

/** Every zone has these two records of its own: NS and SOA. */
const OWN_RECORDS = 2;

/**
 * A public zone that no program here makes: it came with the domain's registration, so the account is taken to have it. An id that
 * isn't given derives from the name, the same at every run; a zone known by its id alone has an empty name.
 */
function assumedZone(name: string, place: Place, knownId?: string): Thing {
  const ids = new IdSource(`hosted zone\0${knownId ?? name}`);
  const id = knownId ?? zoneId(ids);
  const servers = nameServers(ids);
  const outputs = {
    arn: arn(place, "route53", `hostedzone/${id}`, { global: true, account: false }),
    comment: "",
    enableAcceleratedRecovery: false,
    id,
    name,
    nameServers: servers,
    primaryNameServer: servers[0] ?? "",
    tags: {},
    vpcs: [],
    zoneId: id,
  };
  return { type: ZONE, id, urn: "", place, inputs: { name }, outputs, companion: true };
}

function vpcIdsOf(zone: Thing): string[] {
  return records(property(zone, "vpcs")).flatMap((one) => text(one["vpcId"]) ?? []);
}

function zoneByName(args: Props, name: string, place: Place, seen: Seen): Thing {
  const vpcId = text(args["vpcId"]);
  const isPrivate = isTrue(args["privateZone"]) || vpcId !== undefined;
  const found = seen.all(ZONE).filter((zone) => {
    const vpcs = vpcIdsOf(zone);
    const same = normalName(text(property(zone, "name")) ?? "") === name;
    return same && vpcs.length > 0 === isPrivate && (vpcId === undefined || vpcs.includes(vpcId));
  });
  if (found.length > 1)
    throw new AwsError("ProviderInvoke", "multiple Route 53 Hosted Zones matched; use additional constraints", "name");
  const [zone] = found;
  if (zone !== undefined) return zone;
  if (isPrivate) throw new AwsError("ProviderInvoke", `no matching Route 53 Hosted Zone found: ${name}`, "name");
  const assumed = assumedZone(name, place);
  seen.assume(assumed);
  return assumed;
}

function zoneOf(args: Props, place: Place, seen: Seen): Thing {
  const [id, name] = [text(args["zoneId"]), text(args["name"])];
  if (id !== undefined && name !== undefined)
    throw new AwsError("ProviderInvoke", "either `zone_id` or `name` must be set, not both", "zoneId");
  if (name !== undefined) return zoneByName(args, normalName(name), place, seen);
  if (id === undefined)
    throw new AwsError(
      "NotModelled",
      "The embedded AWS finds zones by `zoneId` or `name` only: offline/invokes/zone.ts",
      "name",
    );
  const bare = bareZoneId(id);
  if (!/^Z[A-Z0-9]{1,31}$/.test(bare))
    throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${bare}`, "zoneId");
  const zone = seen.find(ZONE, bare) ?? assumedZone("", place, bare);
  if (zone.companion === true) seen.assume(zone);
  return zone;
}

/** A hosted zone. A public one asked for by its name or id is there even when no stack here made it. @throws AwsError */
export function getZone(args: Props, place: Place, seen: Seen): Props {
  const zone = zoneOf(args, place, seen);
  const vpcIds = vpcIdsOf(zone);
  const inside = seen.all(RECORD).filter((record) => text(property(record, "zoneId")) === zone.id);
  const kept = ["arn", "comment", "enableAcceleratedRecovery", "name", "nameServers", "primaryNameServer"];
  return {
    ...Object.fromEntries(kept.map((key) => [key, property(zone, key)])),
    callerReference: new IdSource(zone.id).uuid("caller"),
    id: zone.id,
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    privateZone: vpcIds.length > 0,
    resourceRecordSetCount: inside.length + OWN_RECORDS,
    tags: property(zone, "tags") ?? {},
    vpcId: vpcIds[0] ?? "",
    zoneId: zone.id,
  };
}
