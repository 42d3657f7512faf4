import type { Network } from "./network";
import type { Party } from "./parties";
import type { Pool } from "./pools";
import { type Registration, registrationsOf } from "./registrations";
import { remembered } from "./remembered";
import type { Resource } from "./resources";

export type Registered = Pick<Pool, "targets" | "outside">;

/** What is registered with a target group, for certain or perhaps. */
export function targetsOfGroup(network: Network, group: Resource): Registered {
  const all = remembered(network.links, "registrations by group", () => byGroup(registrationsOf(network))).get(group);
  const of = (each: Registration) =>
    each.groups.certain.includes(group) ? each.targets : each.targets.map((target) => ({ ...target, certain: false }));
  return { targets: (all ?? []).flatMap(of), outside: (all ?? []).flatMap(({ outside }) => outside) };
}

function byGroup(registrations: readonly Registration[]): ReadonlyMap<Resource, readonly Registration[]> {
  const found = new Map<Resource, Registration[]>();
  for (const each of registrations) {
    for (const group of [...each.groups.certain, ...each.groups.possible]) {
      const known = found.get(group);
      if (known === undefined) found.set(group, [each]);
      else known.push(each);
    }
  }
  return found;
}

/** The ids of target groups outside the resources that a party is, or may be, registered with; undefined: one that isn't known. */
export function foreignGroupsOf(network: Network, party: Party): readonly (string | undefined)[] {
  const table = remembered(network.links, "foreign target groups", () => {
    const found = new Map<Party, Set<string | undefined>>();
    for (const { groups, targets } of registrationsOf(network)) {
      if (groups.outside.length === 0) continue;
      for (const { party: member } of targets) {
        const ids = found.get(member) ?? new Set();
        groups.outside.forEach((id) => ids.add(id));
        found.set(member, ids);
      }
    }
    return found;
  });
  return [...(table.get(party) ?? [])];
}
