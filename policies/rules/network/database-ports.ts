import { clusterTypes } from "../../reachability/databases";
import { IntervalSet } from "../../reachability/interval-set";
import type { Links } from "../../reachability/links";
import { given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";

/** Ports that engines take where none is given ("DefaultPort" of RDS's DescribeDBEngineVersions; DocumentDB and Neptune guides), by how their name begins. */
const defaults: readonly (readonly [engine: string, port: number])[] = [
  ["aurora-postgresql", 5432],
  ["aurora", 3306],
  ["postgres", 5432],
  ["mysql", 3306],
  ["mariadb", 3306],
  ["oracle", 1521],
  ["custom-oracle", 1521],
  ["sqlserver", 1433],
  ["custom-sqlserver", 1433],
  ["docdb", 27017],
  ["neptune", 8182],
];

/** The ports of the engines above. */
export const databasePorts: readonly number[] = [...new Set(defaults.map(([, port]) => port))].sort((a, b) => a - b);

/** The port that a managed database listens on; undefined where it isn't known. */
export function portsOfDatabase(links: Links, database: Resource): IntervalSet | undefined {
  const cluster = clusterTypes[database.type];
  const owners = cluster === undefined ? [] : links.follow(database, "clusterIdentifier", cluster).candidates;
  const read = (key: string): Value =>
    [database, ...owners].map((each): Value => given(each, key)).find((value) => value !== undefined);
  const port = read("port");
  if (port === UNKNOWN) return undefined;
  const number = Number(port ?? defaultPort(database, read("engine")));
  return Number.isInteger(number) ? IntervalSet.range(number, number) : undefined;
}

function defaultPort({ type }: Resource, engine: Value): number | undefined {
  const [, service] = /^aws:(docdb|neptune)\//.exec(type) ?? [];
  const name = service ?? engine;
  if (typeof name !== "string") return undefined;
  return defaults.find(([beginning]) => name.startsWith(beginning))?.[1];
}
