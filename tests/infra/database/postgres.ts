import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../servers/free-port";

const DEBIAN = "/usr/lib/postgresql";

export const MASTER = { username: "dejima_admin", password: "master0password:with\\both" };

/** A private PostgreSQL on loopback with TLS and passwords, as RDS has it: the master user is no superuser. */
export interface Postgres {
  readonly port: number;
  /** PEM: whom its clients trust. */
  readonly caFile: string;
  /** A new database of the master user's. */
  createDatabase(): string;
  /** Rows of a query as the superuser, by the socket that only tests use; fails with PostgreSQL's message. */
  query(database: string, sql: string): string[][];
  /** Every statement that was run, and what PostgreSQL said to it. */
  log(): string;
  stop(): void;
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where PostgreSQL's programs are; undefined where it isn't installed, or can't be run: it refuses root. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(DEBIAN, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (folder === undefined || spawnSync("openssl", ["version"]).status !== 0) return undefined;
  return process.getuid?.() !== 0 || postgresUser() !== undefined ? folder : undefined;
}

export async function startPostgres(programs: string): Promise<Postgres> {
  const home = mkdtempSync(join(tmpdir(), "dejima-pg-"));
  const data = join(home, "data");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(home, "superuser"), "superuser");
  certify(home);
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (user !== undefined)
    for (const file of ["", ...readdirSync(home)]) chownSync(join(home, file), user.uid, user.gid);
  const run = (program: string, ...args: string[]) => {
    const as = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    must(spawnSync(join(programs, program), args, { encoding: "utf8", cwd: home, ...as }));
  };

  run(
    "initdb",
    "-D",
    data,
    "-U",
    "postgres",
    "-N",
    "-A",
    "scram-sha-256",
    "--pwfile",
    join(home, "superuser"),
    "-E",
    "UTF8",
  );
  const port = await freePort();
  const settings = [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    `unix_socket_directories = '${home}'`,
    "ssl = on",
    `ssl_cert_file = '${join(home, "server.pem")}'`,
    `ssl_key_file = '${join(home, "server.key")}'`,
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "log_statement = 'all'",
    "jit = off",
    "max_connections = 40",
    "shared_buffers = 16MB",
  ];
  writeFileSync(join(data, "postgresql.auto.conf"), `${settings.join("\n")}\n`);
  writeFileSync(join(data, "pg_hba.conf"), "local all postgres trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n");
  run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", join(home, "log"), "start");

  let databases = 0;
  const query = (database: string, sql: string) =>
    must(
      spawnSync(
        join(programs, "psql"),
        [
          "-X",
          "-q",
          "-A",
          "-t",
          "-F",
          "\t",
          "-v",
          "ON_ERROR_STOP=1",
          "-h",
          home,
          "-p",
          String(port),
          "-U",
          "postgres",
          database,
        ],
        { encoding: "utf8", input: sql },
      ),
    )
      .stdout.split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"));
  query("postgres", `CREATE ROLE ${MASTER.username} LOGIN CREATEROLE CREATEDB PASSWORD '${MASTER.password}'`);
  return {
    port,
    caFile: join(home, "ca.pem"),
    query,
    createDatabase() {
      const name = `accounts_${++databases}`;
      query("postgres", `CREATE DATABASE ${name} OWNER ${MASTER.username}`);
      return name;
    },
    log: () => readFileSync(join(home, "log"), "utf8"),
    stop() {
      run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Runs a program without blocking the others. */
export function inParallel(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.on("close", (status) => {
      resolve({ status, ...output });
    });
  });
}

function must(run: Run): Run {
  if (run.status !== 0) throw new Error(run.stderr || run.stdout || "it didn't start");
  return run;
}

function postgresUser(): { uid: number; gid: number } | undefined {
  const [uid, gid] = ["-u", "-g"].map((option) => spawnSync("id", [option, "postgres"], { encoding: "utf8" }));
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** A CA of its own, and a certificate for `localhost` alone. */
function certify(home: string): void {
  const openssl = (...args: string[]) => must(spawnSync("openssl", args, { encoding: "utf8", cwd: home }));
  const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-subj", "/CN=a CA of tests", "-keyout", "ca.key", "-out", "ca.pem");
  openssl("req", ...key.slice(0, 3), "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr");
  writeFileSync(join(home, "names"), "subjectAltName=DNS:localhost\n");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
  openssl("x509", "-req", "-in", "server.csr", ...signed, "-out", "server.pem");
  chmodSync(join(home, "server.key"), 0o600);
  chmodSync(home, 0o755);
}
