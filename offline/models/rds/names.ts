/** What RDS asks of engines, classes, names of databases and master users, and of changes to them. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { given, integer, isTrue, text } from "../values";
import { familyOf, engineNamed } from "./engines";

const VALUE = "InvalidParameterValue";
const COMBINATION = "InvalidParameterCombination";
/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const ENGINES =
  /^((custom-)?(oracle|sqlserver)-[a-z0-9-]+|aurora-(mysql|postgresql)|db2-(ae|se)|mariadb|mysql|postgres)$/;
/** Letters first; the open source engines take underscores as well. */
const OPEN_SOURCE = ["mariadb", "mysql", "postgres"];
/** Below this many GiB, gp3 has its baseline and nothing else can be asked for. */
const GP3_STRIPED = 400;

/** Throws what RDS refuses about engine, class, names and the gp3 baseline. */
export function refuseNames(inputs: Props): void {
  const engine = text(inputs["engine"]);
  if (engine !== undefined && !ENGINES.test(engine))
    throw new AwsError(VALUE, `Invalid DB engine: ${engine}`, "engine");
  const size = text(inputs["instanceClass"]);
  if (size !== undefined && !size.startsWith("db."))
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
  const user = text(inputs["username"]);
  if (user !== undefined && !/^[A-Za-z]/.test(user))
    throw new AwsError(
      VALUE,
      "The parameter MasterUsername is not a valid identifier: it must begin with a letter.",
      "username",
    );
  if (user === "rdsadmin" || (user === "admin" && engine === "postgres"))
    throw new AwsError(
      VALUE,
      `MasterUsername ${user} cannot be used as it is a reserved word used by the engine`,
      "username",
    );
  refuseBaseline(inputs, engine);
}

function refuseBaseline(inputs: Props, engine: string): void {
  const size = integer(inputs["allocatedStorage"]);
  if (text(inputs["storageType"]) !== "gp3" || size === undefined || size >= GP3_STRIPED) return;
  const asked = ["iops", "storageThroughput"].find((name) => given(inputs[name]) && inputs[name] !== 0);
  if (asked === undefined) return;
  throw new AwsError(
    COMBINATION,
    `You can't specify IOPS or storage throughput for engine ${engine} and a storage size less than ${GP3_STRIPED}.`,
    asked,
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
