import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { postgresPrograms } from "../database/postgres";
import { installed } from "../instances/checkers";
import { AccountsDatabase } from "./accounts-database";
import { DovecotServer, HOSTNAME } from "./dovecot-server";
import { LineClient } from "../../servers/line-client";

const PASSWORD = "correct horse";
const ANY = /^/;

/** Real Dovecot servers on the rendered configuration, with a real PostgreSQL, sharing Maildirs as two machines share the mail store. */
describe("the mailbox servers in action (M2, M11)", function () {
  this.timeout(60_000);
  let directory: string;
  let database: AccountsDatabase;
  let here: DovecotServer;
  let there: DovecotServer;

  before(async function () {
    const programs = postgresPrograms();
    if (process.getuid?.() !== 0 || programs === undefined || !installed("dovecot", "doveadm", "ss")) this.skip();
    directory = mkdtempSync(join(tmpdir(), "dejima-mailbox-"));
    chmodSync(directory, 0o755);
    database = await AccountsDatabase.start(programs);
    for (const name of ["ada", "eve", "flo", "gus", "kim", "zoe"]) database.account(name, hash("SHA512-CRYPT"));
    database.account("argon", hash("ARGON2ID"));
    database.account("small", hash("SHA512-CRYPT"), 3000);
    here = await DovecotServer.start(directory, "here", database, "192.0.2.0/24");
    there = await DovecotServer.start(directory, "there", database, "127.0.0.0/8");
  });

  after(async () => {
    const parts: ({ stop: () => Promise<void> | void } | undefined)[] = [here, there, database];
    for (const part of parts) await part?.stop();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  const trusting = ({ certificate }: DovecotServer) => ({ ca: certificate, servername: HOSTNAME });

  /** Asks until the answer is as it should be, for a few seconds. */
  async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
    const end = Date.now() + 8000;
    let answer = await ask();
    while (!good(answer) && Date.now() < end) {
      await wait(100);
      answer = await ask();
    }
    return answer;
  }

  function hash(scheme: string): string {
    return spawnSync("doveadm", ["pw", "-s", scheme, "-p", PASSWORD], { encoding: "utf8" }).stdout.trim();
  }

  async function greeted(server: DovecotServer): Promise<LineClient> {
    const client = LineClient.plain(server.lmtp);
    await client.until(/^220 /);
    await client.ask("LHLO relay.example.com", /^250 /);
    return client;
  }

  /** The answers to each recipient, and after those to the message. */
  async function deliver(server: DovecotServer, recipients: readonly string[], text: string): Promise<string[]> {
    const client = await greeted(server);
    await client.ask("MAIL FROM:<sender@example.net>", ANY);
    const answers = [];
    for (const recipient of recipients) answers.push(await client.ask(`RCPT TO:<${recipient}>`, ANY));
    if (answers.some((answer) => answer.startsWith("250"))) {
      await client.ask("DATA", /^354/);
      client.send(`Subject: test\r\n\r\n${text}\r\n.`);
      for (const answer of answers.filter((one) => one.startsWith("250"))) {
        assert.ok(answer);
        answers.push(await client.until(ANY));
      }
    }
    client.close();
    return answers.map((answer) => answer.slice(0, 9));
  }

  async function imap(server: DovecotServer, user: string, password = PASSWORD): Promise<[LineClient, string]> {
    const client = LineClient.tls(server.imaps, { rejectUnauthorized: false });
    await client.until(/^\* OK/);
    const answer = await client.ask(`a LOGIN ${user}@example.com "${password}"`, /^a /);
    return [client, answer.split("\n").at(-1) ?? ""];
  }

  async function asked(client: LineClient, command: string): Promise<string[]> {
    const answer = await client.ask(`b ${command}`, /^b /);
    return answer.split("\n").map((line) => line.replace(/ \(\d.*secs\)\.$/, ""));
  }

  it("takes mail by LMTP and gives it by IMAPS and POP3S, under the certificate of its name", async () => {
    assert.deepEqual(await deliver(here, ["Ada@Example.com", "ada+lists@example.com"], "hello"), [
      ...["250 2.1.5", "250 2.1.5"],
      ...["250 2.0.0", "250 2.0.0"],
    ]);
    const reader = LineClient.tls(here.imaps, trusting(here));
    await reader.until(/^\* OK/);
    assert.match(await reader.ask(`a LOGIN ADA@example.com "${PASSWORD}"`, /^a /), /Logged in$/);
    assert.ok((await asked(reader, "SELECT INBOX")).includes("* 2 EXISTS"));
    assert.deepEqual((await asked(reader, "FETCH 1 (UID BODY.PEEK[TEXT])")).slice(0, 3), [
      "* 1 FETCH (UID 1 BODY[TEXT] {7}",
      "hello",
      ")",
    ]);
    reader.close();
    const popper = LineClient.tls(here.pop3s, trusting(here));
    await popper.until(/^\+OK/);
    await popper.ask("USER ada@example.com", /^\+OK/);
    await popper.ask(`PASS ${PASSWORD}`, /^\+OK/);
    assert.match(await popper.ask("STAT", /^\+OK/), /^\+OK 2 /);
    popper.close();
  });

  it("offers TLS to the relays too", async () => {
    const client = LineClient.plain(here.lmtp);
    await client.until(/^220 /);
    assert.match(await client.ask("LHLO relay", /^250 /), /STARTTLS/);
    await client.ask("STARTTLS", /^220/);
    await client.startTls(trusting(here));
    assert.match(await client.ask("LHLO relay", /^250 /), /^250-mail\.example\.com/);
    client.close();
  });

  it("knows Argon2 passwords, refuses wrong ones, and unknown recipients at once", async () => {
    assert.match((await imap(here, "argon"))[1], /Logged in$/);
    assert.match((await imap(here, "eve", "wrong"))[1], /^a NO \[AUTHENTICATIONFAILED\]/);
    assert.deepEqual(await deliver(here, ["nobody@example.com"], "x"), ["550 5.1.1"]);
  });

  for (const version of ["TLSv1.1", "TLSv1"] as const) {
    it(`refuses ${version}`, async () => {
      const refusals = () => here.log().split("unsupported protocol").length;
      const before = refusals();
      const only = { minVersion: version, maxVersion: version, ciphers: "DEFAULT:@SECLEVEL=0" };
      const client = LineClient.tls(here.imaps, { rejectUnauthorized: false, ...only });
      await assert.rejects(client.until(/^\* OK/), /hung up/);
      const after = await eventually(
        () => Promise.resolve(refusals()),
        (count) => count > before,
      );
      assert.ok(after > before);
    });
  }

  it("listens on its three ports and no other", () => {
    const { stdout } = spawnSync("ss", ["-Hltnp"], { encoding: "utf8" });
    const ports = stdout
      .split("\n")
      .filter((line) => line.includes(`"dovecot",pid=${here.pid},`))
      .map((line) => Number(/:(\d+)\s/.exec(line)?.[1]));
    assert.deepEqual(ports.sort(), [here.lmtp, here.imaps, here.pop3s].sort());
  });

  it("puts a full mailbox's mail off, so that it waits at the relay", async () => {
    assert.deepEqual(await deliver(here, ["small@example.com"], "x".repeat(2000)), ["250 2.1.5", "250 2.0.0"]);
    assert.deepEqual(await deliver(here, ["small@example.com"], "x".repeat(2000)), ["250 2.1.5", "452 4.2.2"]);
    const [client] = await imap(there, "small");
    assert.ok((await asked(client, "GETQUOTAROOT INBOX")).includes('* QUOTA "User quota" (STORAGE 3 3)'));
    client.close();
  });

  it("gives a user on another server the same messages under the same numbers, and what that one delivers", async () => {
    await deliver(here, ["flo@example.com"], "one");
    const [first] = await imap(here, "flo");
    const [second] = await imap(there, "flo");
    const [numbers, same] = [await asked(first, "SELECT INBOX"), await asked(second, "SELECT INBOX")].map((lines) =>
      lines.filter((line) => line.includes("UIDVALIDITY")),
    );
    assert.equal(numbers?.length, 1);
    assert.deepEqual(same, numbers);
    await deliver(there, ["flo@example.com"], "two");
    assert.ok((await asked(first, "NOOP")).includes("* 2 EXISTS"));
    await asked(first, "STORE 2 +FLAGS (\\Flagged $Later)");
    const flagged = /2 FETCH \(UID 2 FLAGS \([^)]*\\Flagged[^)]*\$Later/;
    const seen = async () => {
      await asked(second, "NOOP");
      return (await asked(second, "FETCH 2 (UID FLAGS)")).join("\n");
    };
    assert.match(await eventually(seen, (lines) => flagged.test(lines)), flagged);
    first.close();
    second.close();
  });

  it("shows folders that another server made, renamed or removed", async () => {
    const [first] = await imap(here, "gus");
    const [second] = await imap(there, "gus");
    const folders = async (client: LineClient) =>
      (await asked(client, 'LIST "" *')).flatMap((line) => /"\/" (\S+)$/.exec(line)?.[1] ?? []).sort();
    const always = ["Drafts", "INBOX", "Junk", "Sent", "Trash"];
    assert.deepEqual([await folders(first), await folders(second)], [always, always]);
    await asked(first, "CREATE Work");
    assert.deepEqual(await folders(second), [...always, "Work"]);
    await asked(first, "RENAME Work Zoo");
    assert.deepEqual(await folders(second), [...always, "Zoo"]);
    await asked(second, "DELETE Zoo");
    assert.deepEqual(await folders(first), always);
    first.close();
    second.close();
  });

  it("takes the webmail's word on a client's address, and nobody else's", async () => {
    const login = async (server: DovecotServer) => {
      const client = LineClient.tls(server.imaps, { rejectUnauthorized: false });
      await client.until(/^\* OK/);
      await asked(client, 'ID ("x-originating-ip" "203.0.113.9")');
      await asked(client, `LOGIN argon@example.com "${PASSWORD}"`);
      client.close();
      return /Login: user=<argon@example.com>.* rip=([0-9.]+)/.exec(server.log().split("\n").slice(-3).join("\n"))?.[1];
    };
    assert.deepEqual([await login(there), await login(here)], ["203.0.113.9", "127.0.0.1"]);
  });

  it("takes a new key when told to, without hanging up on anybody", async () => {
    const [client] = await imap(there, "kim");
    there.newCertificate();
    there.doveadm("reload");
    const greeting = async () => {
      const next = LineClient.tls(there.imaps, trusting(there));
      const answer = await next.until(/^\* OK/).catch(String);
      next.close();
      return answer;
    };
    assert.match(await eventually(greeting, (answer) => answer.startsWith("* OK")), /^\* OK/);
    assert.match((await asked(client, "NOOP")).join(""), /^b OK/);
    client.close();
  });

  it("has no word of trouble in its log after all that", () => {
    for (const server of [here, there]) {
      const trouble = server
        .log()
        .split("\n")
        .filter((line) => /(Error|Fatal|Panic|Warning):/.test(line) && !line.includes("reloading configuration"));
      assert.deepEqual(trouble, []);
    }
  });

  it("lets in whom it knows while the database is away, and delivers to them", async () => {
    await deliver(here, ["kim@example.com"], "before");
    assert.match((await imap(here, "kim"))[1], /Logged in$/);
    database.stop();
    assert.match((await imap(here, "kim"))[1], /Logged in$/);
    assert.deepEqual(await deliver(here, ["kim@example.com"], "meanwhile"), ["250 2.1.5", "250 2.0.0"]);
    assert.match((await imap(here, "zoe"))[1], /^a NO \[UNAVAILABLE\]/);
  });
});
