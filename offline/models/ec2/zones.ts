import { zonesOf } from "../../invokes/regions";

/** A zone by its two names: the account's and the one that is the same in every account. */
export interface ZoneNames {
  name: string;
  id: string;
}

/** The Region's Availability Zones, Local Zones left out: the ones that `getAvailabilityZones` names. */
export function ordinaryZones(region: string): ZoneNames[] {
  return zonesOf(region)
    .filter((zone) => zone.type === "availability-zone")
    .map((zone) => ({ name: zone.name, id: zone.zoneId }));
}
