/** What RDS asks of engines, classes, names of databases and master users, and of changes to them. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { integer, isTrue, text } from "../values";
import { familyOf, engineNamed } from "./engines";

const VALUE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const ENGINES =
  /^((custom-)?(oracle|sqlserver)-[a-z0-9-]+|aurora-(mysql|postgresql)|db2-(ae|se)|mariadb|mysql|postgres)$/;
/** Letters first; the open source engines take underscores as well. */
const OPEN_SOURCE = ["mariadb", "mysql", "postgres"];
/** Longest master users, characters. */
const LONGEST_USER: Record<string, number> = { mariadb: 16, mysql: 16, postgres: 63 };
/** Databases that the engines keep for themselves. */
const TAKEN: Record<string, readonly string[]> = {
  mariadb: ["information_schema", "innodb", "mysql", "performance_schema", "rdsadmin", "sys"],
  mysql: ["information_schema", "innodb", "mysql", "performance_schema", "rdsadmin", "sys"],
  postgres: ["rdsadmin", "template0", "template1"],
};
/** `db.`, a family and a size; Oracle's have more. */
const CLASSES = /^db\.(serverless|[a-z][a-z0-9-]*\.(micro|small|medium|large|\d*xlarge|metal)(\.tpc\d\.mem\dx)?)$/;

/** Throws what RDS refuses about engine, class and names. */
export function refuseNames(inputs: Props): void {
  const engine = text(inputs["engine"])?.toLowerCase();
  if (engine !== undefined && !ENGINES.test(engine))
    throw new AwsError(VALUE, `Invalid DB engine: ${engine}`, "engine");
  const size = text(inputs["instanceClass"]);
  if (size !== undefined && !CLASSES.test(size))
    throw new AwsError(VALUE, `Invalid DB Instance class: ${size}`, "instanceClass");
  if (engine === undefined || !OPEN_SOURCE.includes(engine)) return;
  const database = text(inputs["dbName"]);
  const longest = engine === "postgres" ? 63 : 64;
  if (database !== undefined && (!/^[A-Za-z][A-Za-z0-9_]*$/.test(database) || database.length > longest))
    throw new AwsError(
      VALUE,
      `DBName must begin with a letter and contain only alphanumeric characters, at most ${longest}.`,
      "dbName",
    );
  if (database !== undefined && TAKEN[engine]?.includes(database.toLowerCase()) === true)
    throw new AwsError(VALUE, `DBName ${database} cannot be used. It is a reserved word for this engine`, "dbName");
  const user = text(inputs["username"]);
  const most = LONGEST_USER[engine] ?? Infinity;
  if (user !== undefined && (!/^[A-Za-z][A-Za-z0-9_]*$/.test(user) || user.length > most))
    throw new AwsError(
      VALUE,
      `The parameter MasterUsername is not a valid identifier: a letter, then letters, digits and underscores, at most ${most}.`,
      "username",
    );
  if (user === "rdsadmin" || (user === "admin" && engine === "postgres"))
    throw new AwsError(
      VALUE,
      `MasterUsername ${user} cannot be used as it is a reserved word used by the engine`,
      "username",
    );
}

/** Throws what RDS refuses about a change: less storage, an older major version, a newer one that wasn't allowed. */
export function refuseChange(olds: Props, inputs: Props): void {
  const [had, has] = [integer(olds["allocatedStorage"]), integer(inputs["allocatedStorage"])];
  if (had !== undefined && has !== undefined && has < had)
    throw new AwsError(
      COMBINATION,
      `Invalid storage size: requested storage size (${has}) cannot be less than the current storage size (${had}).`,
      "allocatedStorage",
    );
  const engine = text(inputs["engine"]);
  const [before, after] = [text(olds["engineVersion"]), text(inputs["engineVersion"])];
  if (engine === undefined || engineNamed(engine) === undefined || before === undefined || after === undefined) return;
  const [old, now] = [familyOf(engine, before), familyOf(engine, after)];
  const older = after.localeCompare(before, "en", { numeric: true }) < 0;
  if (old === now && older && after.split(".").length === before.split(".").length)
    throw new AwsError(COMBINATION, `Cannot upgrade ${engine} from ${before} to ${after}`, "engineVersion");
  if (old === now) return;
  if (now.localeCompare(old, "en", { numeric: true }) < 0)
    throw new AwsError(COMBINATION, `Cannot upgrade ${engine} from ${before} to ${after}`, "engineVersion");
  if (!isTrue(inputs["allowMajorVersionUpgrade"]))
    throw new AwsError(
      COMBINATION,
      "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
      "allowMajorVersionUpgrade",
    );
}
