import { remembered } from "../reachability/remembered";
import type { Network } from "../reachability/network";
import { given, type Resource } from "../reachability/resources";
import { subnetsAmong } from "../reachability/subnets-among";
import type { Subnet } from "../reachability/vpcs";

/** An Availability Zone with the subnets that a network has in it. */
export interface Zone {
  /** Its name, else its id. */
  readonly name: string;
  /** Name and id, as far as they are known. */
  readonly names: ReadonlySet<string>;
  readonly subnets: ReadonlySet<Resource>;
}

/** The zones in which a network has parties, and the subnets with parties of which no zone is known. */
export function zonesOf(network: Network): { readonly zones: readonly Zone[]; readonly unknown: readonly Subnet[] } {
  return remembered(network.links, "zones", () => {
    const zones: { name: string; names: Set<string>; subnets: Set<Resource> }[] = [];
    const unknown: Subnet[] = [];
    const used = subnetsAmong(
      network.subnets,
      network.parties.flatMap(({ subnets: { candidates } }) => candidates),
    );
    for (const subnet of used) {
      const names = ["availabilityZone", "availabilityZoneId"]
        .map((key) => given(subnet.resource, key))
        .filter((value) => typeof value === "string");
      const [name] = names;
      if (name === undefined) {
        unknown.push(subnet);
        continue;
      }
      // A subnet that tells name and id ties those that tell only one of them together.
      const same = zones.filter((zone) => names.some((each) => zone.names.has(each)));
      const merged = {
        name: same[0]?.name ?? name,
        names: new Set([...same.flatMap((zone) => [...zone.names]), ...names]),
        subnets: new Set([...same.flatMap((zone) => [...zone.subnets]), subnet.resource]),
      };
      zones.splice(0, zones.length, ...zones.filter((zone) => !same.includes(zone)), merged);
    }
    return { zones, unknown };
  });
}
