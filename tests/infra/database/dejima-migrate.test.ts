import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { MIGRATIONS, migrations } from "../../../infra/database/migrations";
import { bastionStub, READER, type BastionStub } from "./bastion-stub";
import { inParallel, postgresPrograms, startPostgres, type Postgres } from "./postgres";

const NAMES = migrations().map(({ path }) => basename(path, ".sql"));

describe("dejima-migrate on a real PostgreSQL", () => {
  let postgres: Postgres | undefined;
  let database: string;
  let bastion: BastionStub;
  before(async function () {
    this.timeout(60_000);
    const programs = postgresPrograms();
    if (programs === undefined) this.skip();
    postgres = await startPostgres(programs);
  });
  after(() => postgres?.stop());
  beforeEach(() => {
    assert.ok(postgres);
    database = postgres.createDatabase();
    bastion = bastionStub(postgres, database);
  });
  afterEach(() => {
    bastion.remove();
  });

  const query = (sql: string) => postgres?.query(database, sql) ?? [];
  const migrate = (...args: string[]) => bastion.run("dejima-migrate", args);
  const applied = () => query("SELECT name FROM mail.schema_migration ORDER BY name").flat();

  it("applies every migration once, says so, and keeps name and checksum", () => {
    const first = migrate();
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stderr, "");
    assert.equal(
      first.stdout,
      [
        ...NAMES.flatMap((name) => [`Applying ${name} …`, `${name} is applied.`]),
        "The password of dejima_accounts is the one in its secret.",
        "",
      ].join("\n"),
    );
    assert.deepEqual(
      query("SELECT name, checksum FROM mail.schema_migration ORDER BY name"),
      migrations().map(({ content }, index) => [NAMES[index], createHash("sha256").update(content).digest("hex")]),
    );
  });

  it("changes nothing when it runs again", () => {
    migrate();
    const before = query("SELECT * FROM mail.schema_migration ORDER BY name");
    const again = migrate();
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(
      again.stdout.split("\n").slice(0, -2),
      NAMES.map((name) => `${name} is applied already.`),
    );
    assert.deepEqual(query("SELECT * FROM mail.schema_migration ORDER BY name"), before);
  });

  it("of several at once applies each migration once: the others wait", async () => {
    const runs = await Promise.all(
      [1, 2, 3, 4].map(() => inParallel(bastion.at("/usr/local/bin/dejima-migrate"), [], bastion.env)),
    );
    assert.deepEqual(
      runs.map(({ status, stderr }) => ({ status, stderr })),
      runs.map(() => ({ status: 0, stderr: "" })),
    );
    const output = runs.map(({ stdout }) => stdout).join("");
    for (const name of NAMES) assert.equal(output.split(`${name} is applied.`).length, 2);
    assert.deepEqual(applied(), NAMES);
  });

  it("says what it would do with --dry-run, and does nothing", () => {
    const dry = migrate("--dry-run");
    assert.equal(dry.status, 0, dry.stderr);
    assert.deepEqual(dry.stdout.trim().split("\n"), [
      ...NAMES.map((name) => `${name} would be applied.`),
      "The password of dejima_accounts would be set from its secret.",
    ]);
    assert.deepEqual(query("SELECT to_regnamespace('mail') IS NULL"), [["t"]]);
    migrate();
    assert.match(migrate("--dry-run").stdout, new RegExp(`^${NAMES[0] ?? ""} is applied already.$`, "m"));
  });

  it("refuses, before anything else, when an applied migration was changed", () => {
    migrate();
    const [first = ""] = NAMES;
    bastion.write(`${MIGRATIONS}/${first}.sql`, "SELECT 1;");
    bastion.write(`${MIGRATIONS}/9999-later.sql`, "CREATE TABLE mail.later ();");
    for (const args of [[], ["--dry-run"]]) {
      const { status, stderr } = migrate(...args);
      assert.equal(status, 3);
      assert.match(stderr, new RegExp(`^${first} was changed after it had been applied: restore it`));
    }
    assert.deepEqual(query("SELECT to_regclass('mail.later') IS NULL"), [["t"]]);
  });

  it("refuses a database that is newer, and a migration that comes too late", () => {
    migrate();
    query(`INSERT INTO mail.schema_migration (name, checksum) VALUES ('8888-newer', repeat('0', 64))`);
    bastion.write(`${MIGRATIONS}/7777-late.sql`, "SELECT 1;");
    const { status, stderr } = migrate();
    assert.equal(status, 3);
    assert.match(stderr, /^7777-late has not been applied, but later ones have/m);
    assert.match(stderr, /^8888-newer has been applied, but is not here: these tools are older/m);
  });

  it("leaves nothing of a migration that fails, and goes on after it is mended", () => {
    migrate();
    const path = `${MIGRATIONS}/9999-broken.sql`;
    bastion.write(path, "CREATE TABLE mail.half ();\nSELECT 1 / 0;\nCREATE TABLE mail.other ();\n");
    const { status, stderr } = migrate();
    assert.equal(status, 1);
    assert.match(stderr, /9999-broken\.sql:2: ERROR: {2}division by zero/);
    assert.match(stderr, /nothing of what failed remains/);
    assert.deepEqual(query("SELECT to_regclass('mail.half') IS NULL, to_regclass('mail.other') IS NULL"), [["t", "t"]]);
    assert.deepEqual(applied(), NAMES);
    bastion.write(path, "CREATE TABLE mail.half ();\n");
    assert.equal(migrate().status, 0);
    assert.deepEqual(applied(), [...NAMES, "9999-broken"]);
  });

  it("lets the mail servers in with the password of the secret, then with the next one, and the server's log has neither", () => {
    const login = (password: string) =>
      spawnSync("psql", ["-X", "-A", "-t", "-h", "localhost", "-U", "dejima_accounts", "-c", "SELECT 1", database], {
        encoding: "utf8",
        env: {
          ...bastion.env,
          PGPASSWORD: password,
          PGPORT: String(postgres?.port),
          PGSSLMODE: "verify-full",
          PGSSLROOTCERT: postgres?.caFile,
        },
      }).status;
    migrate();
    assert.equal(login(READER.password), 0);
    assert.notEqual(login("another"), 0);
    bastion.secret("reader", JSON.stringify({ ...READER, password: "next'); DROP SCHEMA mail; --" }));
    assert.equal(migrate().status, 0);
    assert.notEqual(login(READER.password), 0);
    assert.equal(login("next'); DROP SCHEMA mail; --"), 0);
    const log = postgres?.log() ?? "";
    assert.match(log, /ALTER ROLE dejima_accounts PASSWORD 'SCRAM-SHA-256\$/);
    assert.doesNotMatch(log, /reader0password|next'\)/);
  });

  for (const [what, content, message] of [
    ["can't be read", undefined, /the secret reader can't be read: .* the setting maintenance is true/],
    ["is no JSON", "hunter2", /the secret reader is no JSON with username and password/],
    ["is another user's", '{"username":"postgres","password":"hunter2"}', /not of the user dejima_accounts/],
    ["has an empty password", '{"username":"dejima_accounts","password":""}', /holds no usable password/],
  ] as const) {
    it(`stops when the mail servers' secret ${what}, and doesn't quote it`, () => {
      if (content === undefined) spawnSync("rm", [bastion.at("secrets/reader")]);
      else bastion.secret("reader", content);
      const { status, stderr } = migrate();
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /hunter2/);
    });
  }

  it("connects to the database that its certificates name, and to no other", () => {
    const conf = readFileSync(bastion.at("/etc/dejima/database.conf"), "utf8");
    bastion.write("/etc/dejima/database.conf", conf.replace("DATABASE_HOST=localhost", "DATABASE_HOST=127.0.0.1"));
    const { status, stderr } = migrate();
    assert.equal(status, 1);
    assert.match(stderr, /server certificate for "localhost".* does not match host name "127.0.0.1"/);
  });

  it("explains itself, and wrong usage", () => {
    assert.match(migrate("--help").stdout, /^Usage: dejima-migrate \[--dry-run\]\n/);
    const { status, stderr } = migrate("--force");
    assert.equal(status, 2);
    assert.match(stderr, /^Usage: dejima-migrate/);
  });
});
