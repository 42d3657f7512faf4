import { AwsError } from "../aws-error";
import type { Place, Props } from "../model";
import { isRecord } from "../provider/wire";
import { type Zone, zonesOf } from "./regions";

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

/** EC2's filters of DescribeAvailabilityZones. */
const FILTERS: Record<string, (zone: Zone, region: string) => string> = {
  "group-name": (zone) => zone.group,
  "opt-in-status": (zone) => zone.optInStatus,
  "region-name": (_zone, region) => region,
  state: () => "available",
  "zone-id": (zone) => zone.zoneId,
  "zone-name": (zone) => zone.name,
  "zone-type": (zone) => zone.type,
};

function matches(zone: Zone, filter: unknown, region: string): boolean {
  if (!isRecord(filter)) return true;
  const read = FILTERS[String(filter["name"])];
  if (read === undefined) {
    throw new AwsError("InvalidParameterValue", `The filter '${String(filter["name"])}' is invalid`, "filters");
  }
  return strings(filter["values"]).includes(read(zone, region));
}

/** Zones of the Region by name. Local Zones, to which nobody has opted in here, only with `allAvailabilityZones`. */
export function getAvailabilityZones(args: Props, { region }: Place): Props {
  const filters = Array.isArray(args["filters"]) ? args["filters"] : [];
  const excluded = new Set([...strings(args["excludeNames"]), ...strings(args["excludeZoneIds"])]);
  const state = args["state"] ?? "available";
  const zones = zonesOf(region)
    .filter((zone) => args["allAvailabilityZones"] === true || zone.optInStatus !== "not-opted-in")
    .filter((zone) => state === "available" && filters.every((filter) => matches(zone, filter, region)))
    .filter((zone) => !excluded.has(zone.name) && !excluded.has(zone.zoneId));
  return {
    ...args,
    groupNames: [...new Set(zones.map((zone) => zone.group))],
    id: region,
    names: zones.map((zone) => zone.name),
    region,
    zoneIds: zones.map((zone) => zone.zoneId),
  };
}
