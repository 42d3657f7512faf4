import { ConfigurationError, type Problem } from "../config/problem";
import { zoneNumber } from "./cidr-plan";

/** An Availability Zone: its name differs from account to account, its id doesn't. */
export interface Az {
  readonly name: string;
  readonly id: string;
}

/**
 * The zones a VPC uses, in the order of their ids: the first `wanted` of the available ones, or those named in a list by id or
 * name. Throws a ConfigurationError that lists every zone that isn't available. A list is safer than a count: a count may come to
 * mean other zones when AWS opens one.
 */
export function chooseZones(path: string, wanted: number | readonly string[], available: readonly Az[]): Az[] {
  const usable = available.filter(({ id }) => zoneNumber(id) !== undefined).sort(byNumber);
  const known = usable.map(({ id, name }) => `${id} (${name})`).join(", ");
  if (typeof wanted === "number") {
    if (usable.length >= wanted) return usable.slice(0, wanted);
    const remedy = "Ask for fewer zones, or choose another Region.";
    throw new ConfigurationError([{ path, value: wanted, limit: `the Region has ${usable.length}: ${known}`, remedy }]);
  }
  const found = wanted.map((zone) => usable.find(({ id, name }) => zone === id || zone === name));
  const problems = wanted.flatMap((zone, index): Problem[] => {
    const az = found[index];
    const where = `${path}[${index}]`;
    if (az === undefined) {
      return [{ path: where, value: zone, limit: `the Region has ${known}`, remedy: "Name one of these." }];
    }
    if (found.indexOf(az) === index) return [];
    return [{ path: where, value: zone, limit: `${az.id} and ${az.name} are the same zone`, remedy: "Name it once." }];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return found.filter((az) => az !== undefined).sort(byNumber);
}

function byNumber(a: Az, b: Az): number {
  return (zoneNumber(a.id) ?? 0) - (zoneNumber(b.id) ?? 0);
}
