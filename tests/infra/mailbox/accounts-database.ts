import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { makeCertificate } from "./certificate";
import { freePort } from "./free-port";
import { systemUser } from "./system-user";

/** The part of the accounts' schema that Dovecot reads, with what the view shows kept in a table. */
const SCHEMA = `CREATE SCHEMA mail;
CREATE TABLE mail.kept (address text PRIMARY KEY, password text NOT NULL, quota_bytes bigint NOT NULL);
CREATE VIEW mail.login AS SELECT address, password, quota_bytes FROM mail.kept;
CREATE ROLE dejima_accounts LOGIN PASSWORD 'between machines';
GRANT USAGE ON SCHEMA mail TO dejima_accounts;
GRANT SELECT ON mail.login TO dejima_accounts;
`;

/** A real PostgreSQL in a temporary directory that takes nobody without TLS and a password. Needs root, to be another user. */
export class AccountsDatabase {
  public static readonly password = "between machines";
  private process: ChildProcess | undefined;

  private constructor(
    private readonly directory: string,
    public readonly port: number,
  ) {}

  public static async start(parent: string): Promise<AccountsDatabase> {
    const directory = join(parent, "postgres");
    const owner = systemUser("postgres");
    mkdirSync(directory);
    chownSync(directory, owner.uid, owner.gid);
    const database = new AccountsDatabase(directory, await freePort());
    database.run("initdb", ["-D", join(directory, "data"), "-A", "peer", "-U", "postgres", "--no-sync"]);
    const files = makeCertificate(directory, "localhost");
    for (const file of [files.key, files.certificate]) chownSync(file, owner.uid, owner.gid);
    chmodSync(files.key, 0o600);
    writeFileSync(
      join(directory, "data", "pg_hba.conf"),
      "local all postgres peer\nhostssl dejima dejima_accounts 127.0.0.1/32 scram-sha-256\n",
    );
    await database.resume();
    database.sql("postgres", "CREATE DATABASE dejima");
    database.sql("dejima", SCHEMA);
    return database;
  }

  public get caFile(): string {
    return join(this.directory, "localhost.crt");
  }

  public account(address: string, password: string, quotaBytes = 0): void {
    this.sql("dejima", `INSERT INTO mail.kept VALUES ('${address}', '${password}', ${quotaBytes})`);
  }

  public async resume(): Promise<void> {
    const { uid, gid } = systemUser("postgres");
    const settings = [
      "fsync=off",
      "ssl=on",
      `ssl_cert_file=${this.caFile}`,
      `ssl_key_file=${join(this.directory, "localhost.key")}`,
      `unix_socket_directories=${this.directory}`,
      "listen_addresses=127.0.0.1",
    ].flatMap((setting) => ["-c", setting]);
    this.process = spawn("postgres", ["-D", join(this.directory, "data"), "-p", String(this.port), ...settings], {
      uid,
      gid,
      stdio: "ignore",
    });
    for (let tries = 0; tries < 100; tries++) {
      const { status } = spawnSync("pg_isready", ["-h", this.directory, "-p", String(this.port)]);
      if (status === 0) return;
      await wait(100);
    }
    throw new Error("PostgreSQL doesn't start");
  }

  public async stop(): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    const ended = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGINT");
    await ended;
    this.process = undefined;
  }

  private sql(database: string, text: string): void {
    this.run("psql", [
      "-h",
      this.directory,
      "-p",
      String(this.port),
      "-d",
      database,
      "-v",
      "ON_ERROR_STOP=1",
      "-c",
      text,
    ]);
  }

  private run(program: string, args: readonly string[]): void {
    const { uid, gid } = systemUser("postgres");
    const { status, stderr } = spawnSync(program, args, { uid, gid, encoding: "utf8", cwd: this.directory });
    assert.equal(status, 0, stderr);
  }
}
