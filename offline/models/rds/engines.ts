/** Facts about RDS's engines. Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
interface Engine {
  port: number;
  /** License models; the first one where none is named. */
  licenses: readonly string[];
  /** Longest master password, characters. */
  password: number;
  logs: readonly string[];
  families: RegExp;
  /** Version that AWS picks when none is named. */
  version: string;
}

const MYSQL_LOGS = ["audit", "error", "general", "slowquery", "iam-db-auth-error"];
const POSTGRES_LOGS = ["postgresql", "upgrade", "iam-db-auth-error"];
const SQL_SERVER: Engine = {
  port: 1433,
  licenses: ["license-included", "bring-your-own-media"],
  password: 128,
  logs: ["agent", "error"],
  families: /^sqlserver-(ee|se|ex|web)-1[3-6]\.0$/,
  version: "16.00",
};
const ORACLE: Engine = {
  port: 1521,
  licenses: ["bring-your-own-license", "license-included"],
  password: 30,
  logs: ["alert", "audit", "listener", "trace", "oemagent"],
  families: /^(custom-)?oracle-(ee|se2)(-cdb)?-(19|21)$/,
  version: "19",
};
const engines: Record<string, Engine> = {
  postgres: {
    port: 5432,
    licenses: ["postgresql-license"],
    password: 128,
    logs: POSTGRES_LOGS,
    families: /^postgres(9\.[3-6]|1[0-8])$/,
    version: "17.6",
  },
  mysql: {
    port: 3306,
    licenses: ["general-public-license"],
    password: 41,
    logs: MYSQL_LOGS,
    families: /^mysql(5\.[5-7]|8\.[04])$/,
    version: "8.4.7",
  },
  mariadb: {
    port: 3306,
    licenses: ["general-public-license"],
    password: 41,
    logs: MYSQL_LOGS,
    families: /^mariadb(10\.\d{1,2}|11\.\d)$/,
    version: "11.8.3",
  },
};

/** Undefined for engines that aren't in the table (Aurora, Db2, custom ones). */
export function engineNamed(name: string | undefined): Engine | undefined {
  if (name?.startsWith("sqlserver-") === true) return SQL_SERVER;
  if (name?.startsWith("oracle-") === true) return ORACLE;
  return name === undefined ? undefined : engines[name];
}

export function isFamily(family: string): boolean {
  const known = [...Object.values(engines), SQL_SERVER, ORACLE].some((engine) => engine.families.test(family));
  return known || /^(aurora-|db2-|custom-|docdb|neptune)/.test(family);
}

/** `postgres16`, `mysql8.0`: the family of an engine's version. */
export function familyOf(engine: string, version: string): string {
  const [major = "", minor = ""] = version.split(".");
  const whole = engine === "postgres" ? Number(major) >= 10 : engine.startsWith("oracle-");
  const short = whole ? major : `${major}.${minor}`;
  return engine.includes("-") ? `${engine}-${short}` : `${engine}${short}`;
}

/** All kinds of logs that the provider lets anyone export. */
export const LOGS: readonly string[] = [
  ...new Set([...MYSQL_LOGS, ...POSTGRES_LOGS, ...SQL_SERVER.logs, ...ORACLE.logs, "diag.log", "notify.log"]),
];

/** Route 53 zones of the endpoints' names; empty for a Region not in the table. Source: answers of the real service. */
const zones: Record<string, string> = {
  "us-east-1": "Z2R2ITUGPM61AM",
  "us-east-2": "Z2XHWR1WZ565X2",
  "us-west-1": "Z10WI91S59XXQN",
  "us-west-2": "Z1PVIF0B656C1W",
  "ap-northeast-1": "Z24O6O9L7SGTNB",
  "eu-central-1": "Z1RLNUO7B9Q6NB",
  "eu-west-1": "Z29XKXDKYMONMX",
};

export function hostedZone(region: string): string {
  return zones[region] ?? "";
}
