import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { bastionStub, READER, type BastionStub } from "./bastion-stub";
import { postgresPrograms, startPostgres, type Postgres } from "./postgres";

const SHA512 =
  "{SHA512-CRYPT}$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/";
const ARGON2 =
  "{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$YWFhYWFhYWFhYWFhYWFhYQ$RxBzGx0zBQ7Jr0oJXJ0KRr7Qy3a0n8n0i3M3v4T7B9s";

/** What the tables hold, as a test draws it. */
interface World {
  readonly domains: readonly { readonly name: string; readonly enabled: boolean }[];
  readonly accounts: readonly { readonly local: string; readonly domain: string; readonly enabled: boolean }[];
  readonly aliases: readonly {
    readonly local: string;
    readonly domain: string;
    readonly destination: string;
    readonly enabled: boolean;
  }[];
}

interface Views {
  readonly served: string[];
  readonly login: string[];
  readonly recipient: string[];
  readonly sender: string[];
}

/** Few names, so that aliases meet, close circles and lead to what is disabled, gone or elsewhere. */
const DOMAINS = ["a.example", "b.example", "c.example"];
const LOCALS = ["ann", "bob", "cid", "dan"];

const world: fc.Arbitrary<World> = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...DOMAINS), enabled: mostly() }), {
    selector: ({ name }) => name,
    minLength: 1,
  })
  .chain((domains) => {
    const domain = fc.constantFrom(...domains.map(({ name }) => name));
    const local = fc.constantFrom(...LOCALS);
    const anywhere = fc
      .tuple(local, fc.constantFrom(...DOMAINS, "elsewhere.example"))
      .map(([one, name]) => `${one}@${name}`);
    return fc.record({
      domains: fc.constant(domains),
      accounts: fc.uniqueArray(fc.record({ local, domain, enabled: mostly() }), {
        selector: (account) => `${account.local}@${account.domain}`,
        maxLength: 6,
      }),
      aliases: fc
        .uniqueArray(fc.record({ local, domain, destination: anywhere, enabled: mostly() }), {
          selector: (alias) => `${alias.local}@${alias.domain} ${alias.destination}`,
          maxLength: 12,
        })
        .map((all) => all.filter((alias) => `${alias.local}@${alias.domain}` !== alias.destination)),
    });
  });

function mostly(): fc.Arbitrary<boolean> {
  return fc.nat(9).map((drawn) => drawn < 8);
}

/** What the views should show, from their definition and without any SQL. */
function expected({ domains, accounts, aliases }: World): Views {
  const served = new Set(domains.filter(({ enabled }) => enabled).map(({ name }) => name));
  const known = new Set(domains.map(({ name }) => name));
  const addressOf = (one: { local: string; domain: string }) => `${one.local}@${one.domain}`;
  const inForce = (one: { enabled: boolean; domain: string }) => one.enabled && served.has(one.domain);
  const login = new Set(accounts.filter(inForce).map(addressOf));
  const links = aliases.filter(inForce).map((alias) => ({ from: addressOf(alias), to: alias.destination }));
  const reachable = (start: string): Set<string> => {
    const seen = new Set([start]);
    for (const address of seen) for (const { from, to } of links) if (from === address) seen.add(to);
    return seen;
  };
  const outside = (address: string) => !known.has(address.split("@")[1] ?? "");
  const leads = (to: string) => [...reachable(to)].some((address) => login.has(address) || outside(address));
  const names = new Set(links.map(({ from }) => from));
  return {
    served: [...served].sort(),
    login: [...login].sort(),
    recipient: [
      ...[...login].map((address) => `${address} ${address}`),
      ...links.filter(({ to }) => leads(to)).map(({ from, to }) => `${from} ${to}`),
    ].sort(),
    sender: [
      ...new Set(
        [...login, ...names].flatMap((address) =>
          [...reachable(address)].filter((one) => login.has(one)).map((one) => `${address} ${one}`),
        ),
      ),
    ].sort(),
  };
}

describe("the accounts' schema on a real PostgreSQL", () => {
  let postgres: Postgres | undefined;
  let database = "";
  let bastion: BastionStub | undefined;
  before(async function () {
    this.timeout(60_000);
    const programs = postgresPrograms();
    if (programs === undefined) this.skip();
    postgres = await startPostgres(programs);
    database = postgres.createDatabase();
    bastion = bastionStub(postgres, database);
    const migrated = bastion.run("dejima-migrate");
    assert.equal(migrated.status, 0, migrated.stderr);
  });
  after(() => {
    bastion?.remove();
    postgres?.stop();
  });

  const query = (sql: string) => postgres?.query(database, sql) ?? [];

  /** As the mail servers come: by TLS, with the password, and the certificate checked. */
  function asReader(sql: string): { status: number | null; stdout: string; stderr: string } {
    return spawnSync("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "localhost", database], {
      encoding: "utf8",
      input: sql,
      env: {
        ...process.env,
        PGUSER: READER.username,
        PGPASSWORD: READER.password,
        PGPORT: String(postgres?.port),
        PGSSLMODE: "verify-full",
        PGSSLROOTCERT: postgres?.caFile,
      },
    });
  }

  function insert({ domains, accounts, aliases }: World): string {
    const row = (...values: (string | boolean)[]) => `(${values.map((value) => `'${String(value)}'`).join(", ")})`;
    const into = (table: string, rows: string[]) =>
      rows.length === 0 ? "" : `INSERT INTO mail.${table} VALUES ${rows.join(", ")};`;
    return [
      into(
        "domain (name, enabled)",
        domains.map(({ name, enabled }) => row(name, enabled)),
      ),
      into(
        "account (local_part, domain, password, enabled)",
        accounts.map((one) => row(one.local, one.domain, SHA512, one.enabled)),
      ),
      into(
        "alias (local_part, domain, destination, enabled)",
        aliases.map((one) => row(one.local, one.domain, one.destination, one.enabled)),
      ),
    ].join("\n");
  }

  it("shows exactly who is served, who logs in, who gets mail for an address, and who may send as it", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(world, (drawn) => {
        const [[text = ""] = []] = query(`BEGIN; ${insert(drawn)}
          SELECT json_build_object(
            'served', (SELECT json_agg(name ORDER BY name) FROM mail.served_domain),
            'login', (SELECT json_agg(address ORDER BY address) FROM mail.login),
            'recipient', (SELECT json_agg(address || ' ' || destination) FROM mail.recipient),
            'sender', (SELECT json_agg(address || ' ' || login) FROM mail.sender));
          ROLLBACK;`);
        const shown = JSON.parse(text) as Record<string, string[] | null>;
        const sorted = Object.fromEntries(Object.entries(shown).map(([view, rows]) => [view, (rows ?? []).sort()]));
        assert.deepEqual(sorted, expected(drawn));
      }),
      { numRuns: 60 },
    );
  });

  it("lets the mail servers read the four views, and nothing else of the database (M1)", () => {
    const views = ["served_domain", "login", "recipient", "sender"];
    for (const view of views) assert.equal(asReader(`SELECT * FROM mail.${view}`).status, 0);
    const others = query(
      `SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = 'mail' AND relkind IN ('r', 'v') ORDER BY relname`,
    )
      .flat()
      .filter((name) => !views.includes(name));
    assert.deepEqual(others, ["account", "alias", "alias_in_force", "domain", "schema_migration"]);
    for (const name of others) {
      assert.match(asReader(`SELECT * FROM mail.${name}`).stderr, /permission denied/);
    }
  });

  it("lets them change nothing, not even themselves to write (M1)", () => {
    const write = "SET default_transaction_read_only = off;";
    for (const [sql, answer] of [
      ["INSERT INTO mail.served_domain VALUES ('x.example')", /read-only transaction|permission denied/],
      [`${write} INSERT INTO mail.served_domain VALUES ('x.example')`, /permission denied/],
      [`${write} UPDATE mail.login SET password = 'x'`, /permission denied|cannot update view/],
      [`${write} CREATE TABLE mail.own ()`, /permission denied/],
      [`${write} CREATE TABLE public.own ()`, /permission denied/],
      [`${write} CREATE TEMPORARY TABLE own ()`, /permission denied/],
      [`${write} CREATE ROLE other`, /permission denied/],
      ["SET ROLE dejima_admin", /permission denied/],
      ["COPY (SELECT 1) TO PROGRAM 'true'", /permission denied|must be superuser/],
    ] as const) {
      const { status, stderr } = asReader(sql);
      assert.notEqual(status, 0, sql);
      assert.match(stderr, answer, sql);
    }
  });

  it("shows a disabled account to no function that a reader brings along", () => {
    query(`INSERT INTO mail.domain (name) VALUES ('quiet.example');
      INSERT INTO mail.account (local_part, domain, password, enabled) VALUES ('hidden', 'quiet.example', '${SHA512}', false);`);
    const { status, stdout, stderr } = asReader("SELECT * FROM mail.login WHERE (address || '0')::int = 1");
    query("DELETE FROM mail.account; DELETE FROM mail.domain;");
    assert.equal(
      `${String(status)} ${stdout}${stderr}`,
      "0 ",
      "a filter of the reader's ran on a row that the view hides",
    );
  });

  it("finds one address among many without reading them all", () => {
    query(`INSERT INTO mail.domain (name) VALUES ('many.example');
      INSERT INTO mail.account (local_part, domain, password)
        SELECT 'user' || n, 'many.example', '${SHA512}' FROM generate_series(1, 3000) AS n;
      INSERT INTO mail.alias (local_part, domain, destination)
        SELECT 'also' || n, 'many.example', 'user' || n || '@many.example' FROM generate_series(1, 3000) AS n;
      ANALYZE mail.account; ANALYZE mail.alias;`);
    for (const view of ["login", "recipient", "sender"]) {
      const plan = query(`EXPLAIN SELECT * FROM mail.${view} WHERE address = 'also17@many.example'`).flat().join("\n");
      assert.doesNotMatch(plan, /Seq Scan on (account|alias)/, plan);
    }
    assert.deepEqual(query("SELECT login FROM mail.sender WHERE address = 'also17@many.example'"), [
      ["user17@many.example"],
    ]);
    query("DELETE FROM mail.alias; DELETE FROM mail.account; DELETE FROM mail.domain;");
  });

  describe("takes and refuses", () => {
    before(() => query("INSERT INTO mail.domain (name) VALUES ('ours.example')"));
    after(() => query("DELETE FROM mail.domain"));
    const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
    const refusal = (sql: string): string => {
      try {
        query(`BEGIN; ${sql}; ROLLBACK;`);
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
    };
    const domain = (name: string) => refusal(`INSERT INTO mail.domain (name) VALUES (${quoted(name)})`);
    const account = (local: string, password = SHA512, quota = "0", name = "ours.example") =>
      refusal(
        `INSERT INTO mail.account (local_part, domain, password, quota_bytes)
         VALUES (${quoted(local)}, ${quoted(name)}, ${quoted(password)}, ${quota})`,
      );
    const alias = (destination: string, local = "all") =>
      refusal(
        `INSERT INTO mail.alias (local_part, domain, destination) VALUES (${quoted(local)}, 'ours.example', ${quoted(destination)})`,
      );

    it("domains in lower case, by the rules of DNS", () => {
      for (const name of ["a.example", "xn--wgv71a.jp", "1.a-b.co", `${"a".repeat(63)}.example`])
        assert.equal(domain(name), "");
      for (const name of [
        "A.example",
        "example",
        "a..example",
        "-a.example",
        "a-.example",
        "a.example.",
        "a.1",
        "a b.example",
        `${"a".repeat(64)}.example`,
        "",
        "a.example\n",
      ])
        assert.match(domain(name), /domain_name/, name);
    });

    it("accounts whose name is a safe directory, in a domain that is served", () => {
      for (const local of ["ann", "a.b", "a-b_c", "_x", "0", "a".repeat(64)]) assert.equal(account(local), "");
      for (const local of ["Ann", "a+b", "a/b", "..", ".a", "a.", "a..b", "-a", "", "a".repeat(65), "a b", "ä", "a\n"])
        assert.match(account(local), /account_local_part/, local);
      assert.match(account("ann", SHA512, "0", "theirs.example"), /account_domain_fkey/);
      assert.match(account("ann", SHA512, "-1"), /account_quota/);
    });

    it("passwords hashed by SHA512-CRYPT or Argon2id, and none in plain", () => {
      for (const password of [SHA512, ARGON2, SHA512.replace("$6$", "$6$rounds=100000$")])
        assert.equal(account("ann", password), "");
      for (const password of [
        "hunter2",
        "{PLAIN}hunter2",
        "{SHA512-CRYPT}hunter2",
        "{SHA256-CRYPT}$5$saltsalt$x",
        SHA512.slice(0, -1),
        SHA512.replace("{SHA512-CRYPT}", ""),
        SHA512.replace("$6$", "$6$rounds=999$"),
        ARGON2.replace("m=19456", "m=8"),
        ARGON2.replace("argon2id", "argon2i"),
        `${SHA512}\n`,
      ])
        assert.match(account("ann", password), /account_password/, password);
    });

    it("aliases to any address but themselves", () => {
      for (const to of ["ann@ours.example", "o'neil+tag@elsewhere.example", "a/b@x.co"]) assert.equal(alias(to), "");
      for (const to of [
        "ann",
        "@ours.example",
        "a@b",
        "A@ours.example",
        "a b@ours.example",
        "a@@ours.example",
        "",
        `${"a".repeat(65)}@x.example`,
      ])
        assert.match(alias(to), /alias_destination/, to);
      assert.match(alias("all@ours.example"), /alias_not_itself/);
    });

    it("no domain gone while something is in it", () => {
      const inside = `INSERT INTO mail.alias (local_part, domain, destination) VALUES ('a', 'ours.example', 'b@x.example')`;
      assert.match(refusal(`${inside}; DELETE FROM mail.domain`), /alias_domain_fkey/);
    });
  });
});
