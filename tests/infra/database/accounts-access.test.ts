import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import {
  accountsAccess,
  accountsPassfile,
  readAccounts,
  type AccountsAccess,
} from "../../../infra/database/accounts-access";
import { RDS_CA_FILE, rdsCaBundle } from "../../../infra/database/ca-bundle";

const access: AccountsAccess = {
  region: "ap-northeast-1",
  host: "main-database.c0ffee.ap-northeast-1.rds.amazonaws.com",
  port: 5432,
  database: "dejima",
  user: "dejima_accounts",
  secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:main-accounts-AbCdEf",
};

const AWS = `#!/bin/bash
echo "$AWS_DEFAULT_REGION $*" >>"$HOME_OF_FAKE/calls"
cat "$HOME_OF_FAKE/secret"
`;

describe("access to the accounts", () => {
  let home: string;
  const { username } = userInfo();
  beforeEach(function () {
    if (spawnSync("jq", ["--version"]).error !== undefined) this.skip();
    home = mkdtempSync(join(tmpdir(), "dejima-accounts-"));
    mkdirSync(join(home, "bin"));
    for (const [name, text] of [
      ["aws", AWS],
      ["sleep", "#!/bin/sh\n"],
    ] as const) {
      writeFileSync(join(home, "bin", name), text);
      chmodSync(join(home, "bin", name), 0o755);
    }
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  function fetchPassword(secret: string) {
    writeFileSync(join(home, "secret"), secret);
    const script = accountsAccess(access, [username]).files[0]?.content ?? "";
    return spawnSync("bash", ["-s"], {
      input: script.replaceAll("/etc/dejima", join(home, "etc")),
      encoding: "utf8",
      env: { PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`, HOME_OF_FAKE: home },
    });
  }
  const passfile = () => accountsPassfile(username).replace("/etc/dejima", join(home, "etc"));

  it("is a passfile that only its reader may read, whatever the password holds", () => {
    const { status, stderr } = fetchPassword(JSON.stringify({ username: "dejima_accounts", password: "a:b\\c d" }));
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(passfile(), "utf8"), `${access.host}:5432:dejima:dejima_accounts:a\\:b\\\\c d\n`);
    assert.equal(statSync(passfile()).mode & 0o777, 0o600);
    assert.match(
      readFileSync(join(home, "calls"), "utf8"),
      /^ap-northeast-1 secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:\S+:main-accounts-AbCdEf /,
    );
  });

  it("takes a new password, and touches nothing when it's the same", () => {
    const old = JSON.stringify({ username: "dejima_accounts", password: "old" });
    fetchPassword(old);
    const { ino } = statSync(passfile());
    fetchPassword(old);
    assert.equal(statSync(passfile()).ino, ino);
    fetchPassword(JSON.stringify({ username: "dejima_accounts", password: "new" }));
    assert.match(readFileSync(passfile(), "utf8"), /:new\n$/);
  });

  it("keeps the old one, and says so, when the secret can't be read", () => {
    fetchPassword(JSON.stringify({ username: "dejima_accounts", password: "old" }));
    const { status, stderr } = fetchPassword("no JSON");
    assert.equal(status, 1);
    assert.match(stderr, /no password of the accounts' reader/);
    assert.match(readFileSync(passfile(), "utf8"), /:old\n$/);
  });

  it("gives each reader a file of its own, and the Region's certificates", () => {
    const part = accountsAccess(access, ["postfix", "dovecot"]);
    assert.match(part.files[0]?.content ?? "", /^keep postfix\nkeep dovecot$/m);
    assert.deepEqual(part.artifacts, [{ path: RDS_CA_FILE, content: rdsCaBundle("ap-northeast-1") }]);
  });

  it("is one action on one secret", () => {
    assert.deepEqual(readAccounts(access.secretArn), {
      Sid: "AccountsReader",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: access.secretArn,
    });
  });
});
