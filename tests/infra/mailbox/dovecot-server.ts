import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { accountsPassfile } from "../../../infra/database/accounts-access";
import { RDS_CA_FILE } from "../../../infra/database/ca-bundle";
import { INDEX_ROOT, renderDovecotConf } from "../../../infra/mailbox/dovecot-conf";
import { ACCOUNTS_READER, renderDovecotSql, SQL_CONF } from "../../../infra/mailbox/dovecot-sql";
import { MAIL_ROOT, VMAIL, VMAIL_ID } from "../../../infra/mailbox/mail-user";
import { TLS_CHAIN, TLS_KEY } from "../../../infra/tls/mail-tls";
import type { AccountsDatabase } from "./accounts-database";
import { makeCertificate } from "../../servers/certificate";
import { freePort } from "../../servers/free-port";
import { systemUser } from "../../servers/system-user";

export const HOSTNAME = "mail.example.com";

/** A real Dovecot on the rendered configuration. What differs from a machine is what is `substituted`, and nothing else. */
export class DovecotServer {
  public imaps = 0;
  public pop3s = 0;
  public lmtp = 0;
  /** Of HOSTNAME, as the server has it once it has read it. */
  public certificate = Buffer.alloc(0);
  private process: ChildProcess | undefined;
  private readonly directory: string;

  private constructor(
    private readonly parent: string,
    name: string,
  ) {
    this.directory = join(parent, name);
  }

  /** Servers of one parent directory share the mail store. `webmailCidr`: who is the webmail here. */
  public static async start(
    parent: string,
    name: string,
    database: AccountsDatabase,
    webmailCidr: string,
  ): Promise<DovecotServer> {
    const server = new DovecotServer(parent, name);
    const owner = systemUser("nobody");
    mkdirSync(server.directory);
    for (const path of [server.path(MAIL_ROOT), server.path(INDEX_ROOT)]) {
      mkdirSync(path, { recursive: true });
      chownSync(path, owner.uid, owner.gid);
    }
    [server.imaps, server.pop3s, server.lmtp] = [await freePort(), await freePort(), await freePort()];
    server.newCertificate();
    server.writePassword(database.passfile);
    server.write(SQL_CONF, server.sql(database));
    server.write("/etc/dovecot/dovecot.conf", server.configuration(webmailCidr));
    await server.run();
    return server;
  }

  public get pid(): number | undefined {
    return this.process?.pid;
  }

  public log(): string {
    return readFileSync(join(this.directory, "log"), "utf8");
  }

  /** Gives the server another key and certificate of the same name, which it reads when it is told to. */
  public newCertificate(): void {
    const { certificate, key } = makeCertificate(this.directory, HOSTNAME);
    mkdirSync(dirname(this.path(TLS_CHAIN)), { recursive: true });
    copyFileSync(certificate, this.path(TLS_CHAIN));
    copyFileSync(key, this.path(TLS_KEY));
    this.certificate = readFileSync(certificate);
  }

  /** Its output. */
  public doveadm(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("doveadm", ["-c", this.path("/etc/dovecot/dovecot.conf"), ...args], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return stdout;
  }

  public async stop(): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    const ended = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    await ended;
    this.process = undefined;
  }

  public path(onMachine: string): string {
    return onMachine === MAIL_ROOT ? join(this.parent, "mail") : join(this.directory, onMachine);
  }

  private write(path: string, content: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  private writePassword(passfile: string): void {
    const file = join(this.directory, "pgpass");
    const reader = systemUser(ACCOUNTS_READER);
    writeFileSync(file, passfile, { mode: 0o600 });
    chownSync(file, reader.uid, reader.gid);
  }

  private sql(database: AccountsDatabase): string {
    const text = renderDovecotSql({
      region: "ap-northeast-1",
      host: "localhost",
      port: database.port,
      database: "dejima",
      user: "dejima_accounts",
      secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:accounts",
    });
    return substituted(text, [
      ["dbname=dejima ", `dbname=${database.name} `],
      [RDS_CA_FILE, database.caFile],
      [accountsPassfile(ACCOUNTS_READER), join(this.directory, "pgpass")],
    ]);
  }

  private configuration(webmailCidr: string): string {
    const { uid } = systemUser("nobody");
    const text = renderDovecotConf({ hostname: HOSTNAME, postmaster: "postmaster@example.com", webmailCidr });
    const here = substituted(text, [
      [`${MAIL_ROOT}/`, `${this.path(MAIL_ROOT)}/`],
      ...[INDEX_ROOT, SQL_CONF, TLS_CHAIN, TLS_KEY].map((path): [string, string] => [path, this.path(path)]),
      ["port = 993\n", `port = ${this.imaps}\n`],
      ["port = 995\n", `port = ${this.pop3s}\n`],
      ["port = 24\n", `port = ${this.lmtp}\n`],
      [`id = ${VMAIL_ID}\n`, `id = ${uid}\n`],
      [`user = ${VMAIL}\n`, "user = nobody\n"],
      ["log_path = syslog\n", `log_path = ${join(this.directory, "log")}\n`],
    ]);
    return `${here}base_dir = ${join(this.directory, "run")}\nstate_dir = ${join(this.directory, "state")}\n`;
  }

  private async run(): Promise<void> {
    this.process = spawn("dovecot", ["-F", "-c", this.path("/etc/dovecot/dovecot.conf")], { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries++) {
      if (existsSync(join(this.directory, "run", "master.pid"))) return;
      await wait(50);
    }
    throw new Error(`Dovecot doesn't start: ${this.log()}`);
  }
}

/** Fails when something to be replaced isn't there: then the test would run on less than what is rendered. */
function substituted(text: string, substitutes: readonly [string, string][]): string {
  return substitutes.reduce((all, [from, to]) => {
    assert.ok(all.includes(from), from);
    return all.replaceAll(from, to);
  }, text);
}
