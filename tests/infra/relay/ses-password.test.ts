import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SES_PASSWORD_MAP, sesPassword } from "../../../infra/relay/ses-password";
import { installed } from "../instances/checkers";
import { RELAY } from "./relay-args";

const SECRET = { username: "AKIAEXAMPLE", password: "B+/x=" };

describe("the relay's password for SES (M6)", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dejima-ses-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const map = () => join(folder, "run/ses-password");
  const calls = () => (existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8") : "");

  /** Runs the script with an AWS that answers this, and a place for its file that isn't the machine's own. */
  function fetch(answer: string): { status: number | null; stderr: string } {
    writeFileSync(join(folder, "answer"), answer);
    const fake = (program: string, script: string) => {
      writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, program), 0o755);
    };
    fake("aws", `echo "aws $*" >>${folder}/calls; cat ${folder}/answer`);
    fake("systemctl", `echo "systemctl $*" >>${folder}/calls`);
    fake("sleep", "true");
    const [script] = sesPassword({ region: RELAY.region, secretArn: RELAY.smtpSecretArn, smtp: RELAY.smtp }).files;
    const input = (script?.content ?? "exit 1").replaceAll(SES_PASSWORD_MAP, map());
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    return spawnSync("bash", [], { input, env, encoding: "utf8" });
  }

  before(function () {
    if (!installed("jq")) this.skip();
  });

  it("lies in memory, for root alone, under SES's name; Postfix is told, no command line ever", () => {
    assert.deepEqual(fetch(JSON.stringify(SECRET)).stderr, "");
    assert.equal(readFileSync(map(), "utf8"), "[email-smtp.ap-northeast-1.amazonaws.com]:587 AKIAEXAMPLE:B+/x=\n");
    assert.equal(statSync(map()).mode & 0o777, 0o600);
    assert.deepEqual(calls().trim().split("\n"), [
      `aws secretsmanager get-secret-value --secret-id ${RELAY.smtpSecretArn} --query SecretString --output text`,
      "systemctl --no-block try-reload-or-restart postfix@-.service",
    ]);
    assert.match(SES_PASSWORD_MAP, /^\/run\//);
  });

  it("is left alone while it is the same, and follows when it changes", () => {
    fetch(JSON.stringify(SECRET));
    rmSync(join(folder, "calls"));
    fetch(JSON.stringify(SECRET));
    assert.doesNotMatch(calls(), /systemctl/);
    fetch(JSON.stringify({ ...SECRET, password: "new" }));
    assert.match(calls(), /systemctl --no-block try-reload-or-restart/);
    assert.match(readFileSync(map(), "utf8"), /:new\n$/);
  });

  it("keeps the old one when the secret has none, and says so", () => {
    fetch(JSON.stringify(SECRET));
    for (const answer of ["{}", "no JSON", JSON.stringify({ username: "AKIAEXAMPLE" })]) {
      const { status, stderr } = fetch(answer);
      assert.equal(status, 1, answer);
      assert.match(stderr, /no password for SES$/m);
      assert.match(readFileSync(map(), "utf8"), /:B\+\/x=\n$/);
    }
  });
});
