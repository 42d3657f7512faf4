import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { maintenanceArtifacts, maintenanceTools } from "../../../infra/database/maintenance-tools";
import { installed } from "../instances/checkers";

const part = maintenanceTools({
  region: "ap-northeast-1",
  host: "db.example",
  port: 5432,
  masterSecretArn: "arn:aws:secret:master",
  keyArn: "arn:aws:kms:key",
  readerSecretArn: "arn:aws:secret:reader",
});

describe("the tools of a bastion in maintenance", () => {
  it("are two commands and what they read: the same files whatever the database's name", () => {
    assert.deepEqual(part.artifacts, maintenanceArtifacts("ap-northeast-1"));
    assert.deepEqual(
      maintenanceArtifacts("ap-northeast-1").map(({ path, permissions }) => `${path} ${permissions ?? ""}`.trim()),
      [
        "/usr/local/bin/dejima-migrate 0755",
        "/usr/local/bin/dejima-account 0755",
        "/usr/local/lib/dejima/database.sh",
        "/usr/local/lib/dejima/accounts.sh",
        "/usr/local/lib/dejima/domains.sh",
        "/usr/local/lib/dejima/aliases.sh",
        "/usr/local/lib/dejima/scram-verifier.py",
        "/usr/local/share/dejima/migrations/0001-accounts.sql",
        "/usr/local/share/dejima/migrations/0002-views.sql",
        "/usr/local/share/dejima/migrations/0003-reader.sql",
        "/etc/ssl/dejima/rds-ca.pem",
      ],
    );
  });

  it("bring the programs they call", () => {
    assert.deepEqual(part.packages, ["argon2", "jq", "openssl", "postgresql-client", "python3"]);
    assert.deepEqual(part.commands, []);
  });

  it("have no fault that shellcheck or Python knows", function () {
    if (!installed("shellcheck", "python3")) this.skip();
    const directory = mkdtempSync(join(tmpdir(), "dejima-tools-"));
    try {
      const files = part.artifacts?.filter(({ path }) => /\/(bin|lib)\//.test(path)) ?? [];
      for (const { path, content } of files) writeFileSync(join(directory, basename(path)), content);
      const shell = files.map(({ path }) => basename(path)).filter((name) => !name.endsWith(".py"));
      assert.equal(shell.length, 6);
      const options = { cwd: directory, encoding: "utf8" } as const;
      const { stdout } = spawnSync("shellcheck", ["-x", "-P", "SCRIPTDIR", ...shell], options);
      assert.equal(stdout, "");
      const { stderr } = spawnSync("python3", ["-m", "py_compile", "scram-verifier.py"], options);
      assert.equal(stderr, "");
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
