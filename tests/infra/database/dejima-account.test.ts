import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { bastionStub, type BastionStub } from "./bastion-stub";
import { postgresPrograms, startPostgres, type Postgres } from "./postgres";

const PASSWORD = "correct horse 'battery' $(staple)";

/** Types each answer when the program asks for it, on a terminal of its own, and shows what the terminal showed. */
const TERMINAL = `
import os, pty, sys
answers, command = sys.argv[1].split("|"), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        read = os.read(terminal, 4096)
    except OSError:
        break
    if not read:
        break
    shown += read
    if read.rstrip(b"\\r\\n").endswith(b": ") and answers:
        os.write(terminal, answers.pop(0).encode() + b"\\n")
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

/** The system's own: one of a version manager would change PATH. */
const PYTHON = "/usr/bin/python3";

const missing = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0;

describe("dejima-account on a real PostgreSQL", () => {
  let postgres: Postgres | undefined;
  let database = "";
  let bastion: BastionStub;
  before(async function () {
    this.timeout(60_000);
    const programs = postgresPrograms();
    if (programs === undefined) this.skip();
    postgres = await startPostgres(programs);
    database = postgres.createDatabase();
    bastion = bastionStub(postgres, database);
    assert.match(account("list").stderr, /the database has no tables yet: run dejima-migrate/);
    const migrated = bastion.run("dejima-migrate");
    assert.equal(migrated.status, 0, migrated.stderr);
  });
  after(() => {
    if (postgres === undefined) return;
    bastion.remove();
    postgres.stop();
  });
  beforeEach(() => {
    query(
      "DELETE FROM mail.alias; DELETE FROM mail.account; DELETE FROM mail.domain; INSERT INTO mail.domain (name) VALUES ('ours.example');",
    );
  });

  const query = (sql: string) => postgres?.query(database, sql) ?? [];
  const account = (...args: string[]) => bastion.run("dejima-account", args);
  const add = (address: string, password = PASSWORD, ...more: string[]) =>
    bastion.run("dejima-account", ["add", address, ...more], `${password}\n`);
  const hashOf = (address: string) =>
    query(`SELECT password FROM mail.login WHERE address = '${address}'`).flat().join();

  function done({ status, stdout, stderr }: ReturnType<typeof account>, said: RegExp): void {
    assert.equal(status, 0, stderr);
    assert.match(stdout, said);
  }

  function refused({ status, stdout, stderr }: ReturnType<typeof account>, said: RegExp, code = 1): void {
    assert.equal(status, code, stdout + stderr);
    assert.match(stderr, said);
    assert.equal(stdout, "");
  }

  /** Whether Dovecot, where the hash is checked at a login, takes the password. */
  function dovecotTakes(hash: string, password: string): boolean {
    return spawnSync("doveadm", ["pw", "-t", hash, "-p", password]).status === 0;
  }

  for (const [scheme, without] of [
    ["{ARGON2ID}", undefined],
    ["{SHA512-CRYPT}", "argon2"],
  ] as const) {
    it(`keeps a password as ${scheme}, which Dovecot takes, and no other password`, function () {
      if (missing("doveadm") || missing("argon2")) this.skip();
      if (without !== undefined) {
        // All of the machine's programs but that one.
        const rest = bastion.at("rest");
        spawnSync("sh", ["-c", `mkdir -p ${rest} && ln -sf /usr/bin/* ${rest}/ && rm ${rest}/${without}`]);
        bastion.env["PATH"] = `${bastion.at("bin")}:${rest}`;
      }
      try {
        done(add("ann@ours.example"), /^ann@ours.example is made\.$/m);
      } finally {
        bastion.env["PATH"] = `${bastion.at("bin")}:${process.env["PATH"] ?? ""}`;
      }
      const hash = hashOf("ann@ours.example");
      assert.ok(hash.startsWith(scheme), hash);
      assert.ok(dovecotTakes(hash, PASSWORD));
      assert.ok(!dovecotTakes(hash, `${PASSWORD} `));
    });
  }

  it("gives two accounts of the same password two hashes, and a new password another one", () => {
    add("ann@ours.example");
    add("bob@ours.example");
    const hash = hashOf("ann@ours.example");
    assert.notEqual(hash, hashOf("bob@ours.example"));
    done(bastion.run("dejima-account", ["passwd", "ann@ours.example"], "another password\n"), /has a new password/);
    assert.notEqual(hashOf("ann@ours.example"), hash);
  });

  it("asks for the password twice on a terminal, which doesn't show it", function () {
    if (missing(PYTHON)) this.skip();
    const type = (...answers: string[]) =>
      spawnSync(
        PYTHON,
        ["-c", TERMINAL, answers.join("|"), bastion.at("/usr/local/bin/dejima-account"), "add", "ann@ours.example"],
        { encoding: "utf8", env: bastion.env },
      );
    const different = type("a long password", "another password");
    assert.equal(different.status, 1);
    assert.match(different.stdout, /two different passwords; nothing was changed/);
    const { status, stdout } = type("a long password", "a long password");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /Password of ann@ours\.example: \r\nOnce more: \r\nann@ours.example is made\./);
    assert.doesNotMatch(stdout, /long/);
    if (!missing("doveadm")) assert.ok(dovecotTakes(hashOf("ann@ours.example"), "a long password"));
  });

  it("never has a password or its hash on a command line, where the audit log would keep it", () => {
    // The shell's own trace shows every command with its arguments.
    const { stderr, status } = spawnSync(
      "bash",
      ["-x", bastion.at("/usr/local/bin/dejima-account"), "add", "ann@ours.example"],
      {
        encoding: "utf8",
        env: bastion.env,
        input: `${PASSWORD}\n`,
      },
    );
    assert.equal(status, 0, stderr);
    const programs = stderr.split("\n").filter((line) => /^\++ (psql|argon2|openssl|aws|jq|wc|mktemp) /.test(line));
    assert.ok(programs.length >= 5);
    for (const line of programs) assert.doesNotMatch(line, /horse|argon2id\$|\$6\$|master0/);
  });

  for (const [what, password] of [
    ["too short", "short"],
    ["too long", "x".repeat(101)],
    ["with a control character", "a password\twith a tab"],
    ["none", ""],
  ] as const) {
    it(`refuses a password that is ${what}`, () => {
      refused(bastion.run("dejima-account", ["add", "ann@ours.example"], password), /password/);
      assert.deepEqual(query("SELECT count(*) FROM mail.account"), [["0"]]);
    });
  }

  it("gives an account 10 GiB, or the quota it is told, or none", () => {
    add("a@ours.example");
    add("b@ours.example", PASSWORD, "--quota", "512M");
    add("c@ours.example", PASSWORD, "--quota=none");
    const quotas = () => query("SELECT quota_bytes FROM mail.account ORDER BY address").flat();
    assert.deepEqual(quotas(), ["10737418240", "536870912", "0"]);
    done(account("quota", "a@ours.example", "2T"), /has a new quota/);
    assert.deepEqual(quotas(), ["2199023255552", "536870912", "0"]);
    for (const size of ["10", "-1G", "1.5G", "0G", "G", "09999999G", "10g"])
      refused(
        account("quota", "a@ours.example", size),
        /is no quota: a number with K, M, G or T, such as 10G, or none/,
        2,
      );
  });

  it("disables an account, enables it again, and removes it when no alias leads to it", () => {
    add("ann@ours.example");
    done(account("disable", "ann@ours.example"), /is disabled/);
    assert.deepEqual(query("SELECT * FROM mail.login"), []);
    done(account("enable", "ann@ours.example"), /is enabled/);
    done(
      account("alias", "add", "info@ours.example", "ann@ours.example"),
      /Mail for info@ours.example goes to ann@ours.example\./,
    );
    refused(
      account("remove", "ann@ours.example"),
      /aliases lead to ann@ours.example, remove them first: info@ours.example/,
    );
    done(account("alias", "remove", "info@ours.example"), /no longer goes to others/);
    done(account("remove", "ann@ours.example"), /is removed; its mail stays in the mail store/);
    assert.deepEqual(query("SELECT * FROM mail.account"), []);
  });

  it("says what isn't there, is there already, or must be done first", () => {
    add("ann@ours.example");
    refused(add("ann@ours.example"), /is there already: passwd gives it another password/);
    refused(add("ann@theirs.example"), /theirs.example isn't served: first dejima-account domain add theirs.example/);
    for (const command of ["remove", "disable", "enable"])
      refused(account(command, "bob@ours.example"), /there is no account bob@ours.example/);
    refused(account("alias", "remove", "bob@ours.example"), /there is no such alias/);
    refused(account("domain", "add", "ours.example"), /is served already/);
    refused(account("domain", "remove", "theirs.example"), /there is no domain theirs.example/);
    refused(account("domain", "remove", "ours.example"), /isn't empty, .*: 1 accounts, 0 aliases/);
    refused(account("domain", "disable", "theirs.example"), /there is no domain theirs.example/);
  });

  it("serves a domain, stops it, and forgets it", () => {
    done(
      account("domain", "add", "new.example"),
      /^new\.example is served\. Mail for its postmaster and abuse goes to the platform's/,
    );
    done(account("domain", "disable", "new.example"), /is disabled/);
    assert.deepEqual(query("SELECT name FROM mail.served_domain"), [["ours.example"]]);
    done(account("domain", "enable", "new.example"), /is enabled/);
    assert.match(account("domain", "list").stdout, /^ new\.example +\| yes +\| \d{4}-\d\d-\d\d +\| +0$/m);
    done(account("domain", "remove", "new.example"), /no longer served/);
    assert.deepEqual(query("SELECT name FROM mail.domain"), [["ours.example"]]);
  });

  it("sends mail on to several, and no longer to some of them", () => {
    add("ann@ours.example");
    add("bob@ours.example");
    const destinations = () =>
      query("SELECT destination FROM mail.recipient WHERE address = 'all@ours.example' ORDER BY 1").flat();
    const all = account(
      "alias",
      "add",
      "all@ours.example",
      "ann@ours.example",
      "bob@ours.example",
      "o'neil+x@elsewhere.example",
    );
    done(all, /goes to ann@ours.example, bob@ours.example, o'neil\+x@elsewhere\.example\./);
    assert.match(all.stderr, /^Note: o'neil\+x@elsewhere.example is outside\. Amazon SES/);
    assert.deepEqual(destinations(), ["ann@ours.example", "bob@ours.example", "o'neil+x@elsewhere.example"]);
    done(
      account("alias", "remove", "all@ours.example", "ann@ours.example", "o'neil+x@elsewhere.example"),
      /no longer goes to ann@ours.example, o'neil/,
    );
    assert.deepEqual(destinations(), ["bob@ours.example"]);
    assert.match(account("alias", "list", "ours.example").stdout, /^ all@ours\.example +\| bob@ours\.example +\| yes/m);
    assert.doesNotMatch(account("alias", "list", "other.example").stdout, /all@/);
  });

  it("refuses an alias that leads nowhere or in a circle, all of it", () => {
    add("ann@ours.example");
    const aliases = () => query("SELECT address, destination FROM mail.alias ORDER BY 1, 2");
    refused(
      account("alias", "add", "all@ours.example", "ann@ours.example", "nobody@ours.example"),
      /there is no account or alias nobody@ours.example/,
    );
    refused(account("alias", "add", "all@theirs.example", "ann@ours.example"), /theirs.example isn't served: first/);
    refused(account("alias", "add", "all@ours.example", "all@ours.example"), /leads back to all@ours.example/);
    assert.deepEqual(aliases(), []);
    account("alias", "add", "one@ours.example", "ann@ours.example");
    account("alias", "add", "two@ours.example", "one@ours.example");
    refused(
      account("alias", "add", "one@ours.example", "two@ours.example"),
      /two@ours.example leads back to one@ours.example/,
    );
    assert.equal(aliases().length, 2);
  });

  it("shows accounts with quota and state, of all domains or of one", () => {
    account("domain", "add", "b.example");
    add("ann@ours.example");
    add("bob@b.example", PASSWORD, "--quota", "none");
    account("disable", "bob@b.example");
    assert.match(
      account("list").stdout,
      /^ bob@b\.example +\| none +\| no +\| [\d-]+\n ann@ours\.example +\| 10 GB +\| yes +\| [\d-]+$/m,
    );
    assert.doesNotMatch(account("list", "b.example").stdout, /ann@/);
  });

  it("takes nothing for SQL: what looks like it is refused, or kept as it is", () => {
    const evil = "x'); DROP TABLE mail.account CASCADE; --";
    for (const args of [
      ["passwd", evil],
      ["list", evil],
      ["domain", "add", evil],
      ["alias", "add", "a@ours.example", evil],
      ["remove", `${evil}@ours.example`],
    ])
      refused(account(...args), /^dejima-account: '.*' is no /, 2);
    done(
      account("alias", "add", "a@ours.example", "x'||version||'%s$$@elsewhere.example"),
      /goes to x'\|\|version\|\|'%s\$\$@else/,
    );
    assert.deepEqual(query("SELECT count(*) FROM mail.account"), [["0"]]);
  });

  it("explains itself, and wrong usage", () => {
    done(account("--help"), /^Usage: dejima-account COMMAND\n/);
    done(account("alias", "add", "--help"), /^Usage: dejima-account COMMAND\n/);
    refused(account(), /^Usage: dejima-account/, 2);
    for (const args of [
      ["frob"],
      ["domain"],
      ["domain", "frob"],
      ["alias"],
      ["alias", "add", "a@ours.example"],
      ["add"],
      ["add", "a@ours.example", "b@ours.example"],
      ["add", "--frob", "a@ours.example"],
      ["add", "a@ours.example", "--quota"],
      ["passwd"],
      ["list", "a.example", "b.example"],
      ["domain", "list", "x.example"],
      ["add", "Ann@ours.example"],
      ["add", "ann"],
    ])
      refused(account(...args), /see dejima-account --help$/m, 2);
  });
});
