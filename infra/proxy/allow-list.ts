import type { Az } from "../network/zones";
import { endpointName } from "../network/service-endpoint";

/** One allowed destination, as the configuration has it: a host or an AWS service, for some zones or all. */
export interface Entry {
  readonly host?: string | undefined;
  readonly service?: string | undefined;
  /** Ids or names; all zones without it. */
  readonly azs?: readonly string[] | undefined;
  readonly ports: readonly (80 | 443)[];
}

/** Names that machines in these zones may reach on this port. */
export interface Allowance {
  /** Zone ids in the order of the VPC's; undefined: every zone, and whatever zone comes later. */
  readonly zones: readonly string[] | undefined;
  readonly port: 80 | 443;
  /** Sorted; a name with a leading dot means the domain and all below it, and then no name under it stands here. */
  readonly names: readonly string[];
}

export interface Place {
  readonly region: string;
  readonly azs: readonly Az[];
}

/**
 * The allow-list as squid takes it. squid refuses a list that has both `.a.com` and `a.com`, or a domain and one inside it, so what a
 * larger domain covers is left out. Entries for zones the VPC doesn't use allow nothing.
 */
export function allowances(entries: readonly Entry[], place: Place): Allowance[] {
  const groups = new Map<string, { zones: readonly string[] | undefined; port: 80 | 443; names: string[] }>();
  for (const entry of entries) {
    const zones = zonesOf(entry, place.azs);
    if (zones?.length === 0) continue;
    for (const port of entry.ports) {
      const key = `${port} ${zones?.join(" ") ?? "*"}`;
      const group = groups.get(key) ?? { zones, port, names: [] };
      group.names.push(nameOf(entry, place));
      groups.set(key, group);
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { zones, port, names }]) => ({ zones, port, names: withoutCovered(names) }));
}

/** Whether a squid list with this element (`.a.com` or `a.com`) lets `host` pass. */
export function covers(element: string, host: string): boolean {
  return element.startsWith(".") ? host === element.slice(1) || host.endsWith(element) : host === element;
}

function nameOf({ host, service }: Entry, place: Place): string {
  if (host !== undefined) return host.toLowerCase();
  if (service !== undefined) return endpointName({ service, region: place.region });
  throw new RangeError("an entry of the allow-list has neither a host nor a service");
}

function zonesOf({ azs }: Entry, all: readonly Az[]): string[] | undefined {
  return azs && all.filter(({ id, name }) => azs.includes(id) || azs.includes(name)).map(({ id }) => id);
}

function withoutCovered(names: readonly string[]): string[] {
  const distinct = [...new Set(names)].sort();
  return distinct.filter(
    (name) => !distinct.some((other) => other !== name && other.startsWith(".") && covers(other, bare(name))),
  );
}

function bare(name: string): string {
  return name.startsWith(".") ? name.slice(1) : name;
}
