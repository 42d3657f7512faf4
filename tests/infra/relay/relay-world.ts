import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineFile } from "../../../infra/instances/cloud-config";
import { TLS_CHAIN, TLS_KEY } from "../../../infra/tls/mail-tls";
import type { Received } from "./mail-servers";

const NEEDED = [
  "/usr/sbin/postfix",
  "/usr/lib/postfix/postfix-pgsql.so",
  "/usr/sbin/dovecot",
  "/usr/lib/dovecot/modules/auth/libdriver_pgsql.so",
  "/usr/bin/swaks",
  "/usr/bin/unshare",
];
const AUTHORITY_FILES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/dejima/rds-ca.pem"];
const EMPTY_FOLDERS = ["/run", "/var/spool/postfix", "/var/lib/postfix", "/var/log", "/usr/local/sbin"];
const SERVERS = [
  "mail.example.com",
  "mailbox.example.com",
  "database.internal",
  "email-smtp.ap-northeast-1.amazonaws.com",
];

/** What systemd gives its services: no program of this machine's user comes first. */
const MACHINE = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" };

/** Why a real relay can't run here; undefined when it can. */
export function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return "it needs root";
  const missing = NEEDED.filter((path) => !existsSync(path));
  if (postgresPrograms() === undefined) missing.push("PostgreSQL's server");
  return missing.length === 0 ? undefined : `it needs ${missing.join(", ")}`;
}

function postgresPrograms(): string | undefined {
  return ["17", "16", "15"].map((version) => `/usr/lib/postgresql/${version}/bin`).find((path) => existsSync(path));
}

/**
 * A relay with a network, process ids, /etc, /run and queue of its own, but this machine's programs: the rendered files lie where they
 * lie on a real one, and the ports are the real ones.
 */
export class RelayWorld {
  /** Where its files lie, inside and outside. */
  public readonly folder = mkdtempSync(join(tmpdir(), "relay-"));
  private readonly running: ChildProcess[] = [];
  private inside = 0;

  /** An empty machine with these files. */
  public async open(files: readonly MachineFile[]): Promise<void> {
    chmodSync(this.folder, 0o755);
    await this.enter();
    for (const file of files) this.install(file);
  }

  /** Starts everything: PostgreSQL with `sql`, the servers around, Dovecot and Postfix with `files`. */
  public async start(files: readonly MachineFile[], sql: string): Promise<void> {
    this.makeCertificates();
    await this.open(files);
    const [authority, server] = [join(this.folder, "ca.crt"), join(this.folder, "mail.example.com")];
    for (const path of AUTHORITY_FILES) this.run(["install", "-D", "-m", "644", authority, path]);
    this.run(["install", "-D", `${server}.crt`, TLS_CHAIN]);
    this.run(["install", "-D", `${server}.key`, TLS_KEY]);
    this.startDatabase(sql);
    const servers = join(__dirname, "mail-servers.ts");
    const node = [process.execPath, "-r", "ts-node/register/transpile-only", servers, this.folder];
    await this.ready(spawn("nsenter", [...this.entry(), ...node]));
    // There is no journal here, and the servers around share the network's only interface; nothing else differs from the machine.
    this.run(["sh", "-c", "echo 'log_path = /var/log/relay/sasl' >>/etc/dovecot/dovecot.conf"]);
    this.run(["postconf", "-e", "maillog_file=/var/log/relay/mail", "inet_interfaces=127.0.0.1"]);
    this.run(["sh", "-c", "echo 'postlog unix-dgram n - n - 1 postlogd' >>/etc/postfix/master.cf"]);
    this.run(["postfix", "set-permissions"]);
    this.run(["/usr/lib/postfix/configure-instance.sh", "-"]);
    this.run([
      "sh",
      "-c",
      "(dovecot && postfix start) >/var/log/relay/start 2>&1 || { cat /var/log/relay/*; exit 1; }",
    ]);
  }

  /** Puts a script in the place of a program that isn't there, or talks to AWS. */
  public fake(program: string, script: string): void {
    this.install({ path: `/usr/local/sbin/${program}`, content: `#!/bin/sh\n${script}\n`, permissions: "0755" });
  }

  /** Ends every process of it. */
  public stop(): void {
    for (const process of this.running.reverse()) process.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a program inside and gives what it prints; throws when it fails, unless it may. */
  public run(command: readonly string[], options: { input?: string; mayFail?: boolean } = {}): string {
    const input = options.input ?? "";
    const limits = { input, encoding: "utf8", timeout: 30_000, env: MACHINE } as const;
    const { status, stdout, stderr } = spawnSync("nsenter", [...this.entry(), ...command], limits);
    if (status !== 0 && options.mayFail !== true) throw new Error(`${command.join(" ")}: ${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** Runs a program inside beside others, and gives what it printed when it ended well. */
  public background(command: readonly string[]): Promise<string> {
    const child = spawn("nsenter", [...this.entry(), ...command], { env: MACHINE });
    this.running.push(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once("exit", (code) => {
        if (code === 0) resolve(printed);
        else reject(new Error(printed));
      });
    });
  }

  /** Waits until something is so; throws when it doesn't come to be in ten seconds. */
  public async until(so: () => boolean, otherwise: () => string = () => "it never came to be"): Promise<void> {
    for (let tries = 0; !so(); tries++) {
      if (tries === 100) throw new Error(otherwise());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Talks SMTP as swaks does, and gives the dialogue. */
  public swaks(...words: string[]): string {
    const command = ["swaks", "--helo", "client.elsewhere.example", "--server", "127.0.0.1", ...words];
    return this.run(command, { mayFail: true });
  }

  /** What the servers around were given that has this word in its text; waits until there are as many. */
  public async received(word: string, count = 1): Promise<Received[]> {
    const mails = () => this.arrivals().filter(({ text }) => text.includes(word));
    await this.until(
      () => mails().length >= count,
      () => `${word}: ${mails().length} of ${count} mails came\n${this.end()}`,
    );
    return mails();
  }

  /** Everything that the servers around were given until now. */
  public arrivals(): Received[] {
    const path = join(this.folder, "received.jsonl");
    if (!existsSync(path)) return [];
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Received);
  }

  /** The first line of the log that matches; waits for it. */
  public async logged(pattern: RegExp): Promise<string> {
    const line = () =>
      this.log()
        .split("\n")
        .find((one) => pattern.test(one));
    await this.until(
      () => line() !== undefined,
      () => `no ${String(pattern)} in the log:\n${this.end()}`,
    );
    return line() ?? "";
  }

  /** What Postfix and Dovecot logged. */
  public log(): string {
    return this.run(["sh", "-c", "cat /var/log/relay/*"], { mayFail: true });
  }

  private end(): string {
    return this.log().split("\n").slice(-20).join("\n");
  }

  private entry(): string[] {
    return ["-t", String(this.inside), "-n", "-m", "-p", `--wd=${process.cwd()}`, "--"];
  }

  private async enter(): Promise<void> {
    const script = [
      "ip link set lo up",
      `cp -a /etc ${this.folder}/etc`,
      `mount --bind ${this.folder}/etc /etc`,
      `for place in ${EMPTY_FOLDERS.join(" ")}; do mount -t tmpfs -o mode=755 tmpfs $place; done`,
      "chown postfix /var/lib/postfix",
      "mkdir /var/log/relay",
      "echo nameserver 127.0.0.53 >/etc/resolv.conf",
      "echo 127.0.0.1 localhost database.internal >/etc/hosts",
      "echo ready",
      "exec sleep infinity",
    ];
    const flags = ["--net", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child"];
    const { pid = 0 } = await this.ready(spawn("unshare", [...flags, "sh", "-euc", script.join("\n")]));
    this.inside = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim());
  }

  /** As cloud-init writes a file. */
  private install({ path, content, owner = "root:root", permissions = "0644" }: MachineFile): void {
    const [user = "", group = ""] = owner.split(":");
    const source = join(this.folder, "content");
    writeFileSync(source, content);
    this.run(["install", "-D", "-o", user, "-g", group, "-m", permissions, source, path]);
  }

  private startDatabase(sql: string): void {
    const folder = join(this.folder, "postgres");
    mkdirSync(folder);
    for (const kind of ["crt", "key"])
      copyFileSync(join(this.folder, `database.internal.${kind}`), join(folder, `server.${kind}`));
    writeFileSync(join(folder, "start.sql"), sql);
    writeFileSync(join(folder, "hba"), "local all all peer\nhostssl all all 127.0.0.1/32 scram-sha-256\n");
    this.run(["sh", "-c", `chown -R postgres ${folder}; chmod 600 ${folder}/server.key`]);
    this.run(["install", "-d", "-o", "postgres", "/run/postgresql"]);
    const tls = `-c ssl=on -c ssl_cert_file=${folder}/server.crt -c ssl_key_file=${folder}/server.key`;
    const settings = `-c listen_addresses=127.0.0.1 -c hba_file=${folder}/hba -c fsync=off ${tls}`;
    const script = [
      `cd ${folder}`,
      `PATH=${postgresPrograms() ?? ""}:$PATH`,
      "initdb -D data --no-sync -E UTF8 --locale=C >/dev/null",
      `pg_ctl -D data -w -l log -o '${settings}' start`,
      "createdb dejima",
      "psql -q -v ON_ERROR_STOP=1 -d dejima -f start.sql",
    ];
    this.run(["su", "postgres", "-s", "/bin/sh", "-c", script.join(" && ")]);
  }

  private makeCertificates(): void {
    const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    const script = [`openssl req -x509 ${key} -days 2 -subj /CN=test -keyout ca.key -out ca.crt`];
    for (const name of SERVERS)
      script.push(
        `openssl req ${key} -subj /CN=test -keyout ${name}.key -out ${name}.csr`,
        `echo subjectAltName=DNS:${name} >ext`,
        `openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out ${name}.crt`,
      );
    const options = { cwd: this.folder, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("sh", ["-euc", script.join("\n")], options);
    if (status !== 0) throw new Error(stderr);
  }

  /** Waits until the program prints "ready". */
  private ready(child: ChildProcess): Promise<ChildProcess> {
    this.running.push(child);
    return new Promise((resolve, reject) => {
      let errors = "";
      child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
      child.stdout?.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes("ready")) resolve(child);
      });
      child.once("exit", () => {
        reject(new Error(errors));
      });
    });
  }
}
