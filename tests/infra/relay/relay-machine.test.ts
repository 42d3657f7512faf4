import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { machine } from "../../../infra/instances/base-machine";
import { renderCloudConfig, USER_DATA_LIMIT } from "../../../infra/instances/cloud-config";
import { relayMachine } from "../../../infra/relay/relay-machine";
import { checkScripts, checkUnits, installed } from "../instances/checkers";
import { RELAY } from "./relay-args";

const part = relayMachine(RELAY);
const files = [...part.files, ...part.artifacts];

describe("a relay machine", () => {
  it("brings Postfix and its password check, and what its queue and its secrets need", () => {
    assert.deepEqual(part.packages, [
      "jq",
      "openssl",
      "e2fsprogs",
      "libsasl2-modules",
      "dovecot-core",
      "dovecot-pgsql",
      "postfix",
      "postfix-pgsql",
    ]);
  });

  it("starts Postfix last, after queue, key and passwords, and not before its configuration is there", () => {
    assert.deepEqual(part.earlyCommands, [
      ["cloud-init-per", "instance", "mail-later", "systemctl", "mask", "--now", "postfix.service", "dovecot.service"],
    ]);
    assert.deepEqual(part.commands, [
      ["/usr/local/sbin/dejima-fetch-accounts-password"],
      ["systemctl", "enable", "--now", "dejima-accounts-password.timer"],
      ["systemctl", "enable", "dejima-tls.service"],
      ["systemctl", "start", "dejima-tls.service"],
      ["systemctl", "enable", "--now", "dejima-tls.timer"],
      ["systemctl", "enable", "dejima-spool.service"],
      ["systemctl", "enable", "dejima-relay-secrets.service"],
      ["systemctl", "enable", "--now", "dejima-relay-secrets.timer"],
      ["systemctl", "enable", "--now", "--no-block", "dejima-drain.service"],
      ["/usr/local/sbin/dejima-start-relay"],
    ]);
  });

  it("fits into user data, which holds no table of mail", () => {
    const base = {
      region: RELAY.region,
      partition: "aws",
      architecture: "arm64",
      logGroup: "main-relay-apne1-az1-1234567",
      proxyUrl: "http://main-proxy-1234567.elb.ap-northeast-1.amazonaws.com:3128",
      artifactSource: "s3://dejima-artifacts-1234567/main-relay",
    } as const;
    const text = renderCloudConfig(machine(base, part));
    assert.ok(Buffer.byteLength(text) < USER_DATA_LIMIT - 1024, `${Buffer.byteLength(text)} bytes`);
    assert.doesNotMatch(text, /virtual_alias_maps/);
  });

  it("has scripts without a fault", function () {
    if (!installed("shellcheck")) this.skip();
    assert.deepEqual(checkScripts(files).sort(), [
      "/usr/local/sbin/dejima-drain",
      "/usr/local/sbin/dejima-fetch-accounts-password",
      "/usr/local/sbin/dejima-fetch-tls",
      "/usr/local/sbin/dejima-relay-secrets",
      "/usr/local/sbin/dejima-spool",
      "/usr/local/sbin/dejima-start-relay",
    ]);
  });

  it("has systemd units without a fault", function () {
    if (!installed("systemd-analyze", "postfix", "dovecot")) this.skip();
    assert.deepEqual(checkUnits(files), [
      "dejima-accounts-password.service",
      "dejima-accounts-password.timer",
      "dejima-drain.service",
      "dejima-relay-secrets.service",
      "dejima-relay-secrets.timer",
      "dejima-spool.service",
      "dejima-tls.service",
      "dejima-tls.timer",
    ]);
  });

  /** The rendered files below a folder of their own, with what the packages bring beside them. */
  function laidOut(use: (folder: string) => void): void {
    const folder = mkdtempSync(join(tmpdir(), "dejima-relay-"));
    try {
      cpSync("/etc/postfix", join(folder, "etc/postfix"), { recursive: true });
      for (const { path, content } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(
          join(folder, path),
          content.replaceAll(" /etc/", ` ${folder}/etc/`).replaceAll(":/etc/", `:${folder}/etc/`),
        );
      }
      use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it("has a Postfix configuration in which postconf finds nothing unused and nothing unknown", function () {
    if (!installed("postconf")) this.skip();
    laidOut((folder) => {
      for (const listing of [["-n"], ["-M"], ["-P"]]) {
        const { status, stdout, stderr } = spawnSync("postconf", ["-c", join(folder, "etc/postfix"), ...listing], {
          encoding: "utf8",
        });
        assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
        assert.notEqual(stdout, "");
      }
    });
  });

  it("has a Dovecot configuration that doveconf takes", function () {
    if (!installed("doveconf")) this.skip();
    laidOut((folder) => {
      const { status, stderr } = spawnSync("doveconf", ["-n", "-c", join(folder, "etc/dovecot/dovecot.conf")], {
        encoding: "utf8",
      });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    });
  });

  it("turns only those of SES's refusals into waiting that aren't the message's fault", function () {
    if (!installed("postmap")) this.skip();
    const answer = (reply: string): string =>
      spawnSync("postmap", ["-q", reply, `regexp:${table}`], { encoding: "utf8" }).stdout.trim();
    let table = "";
    laidOut((folder) => {
      table = join(folder, "etc/postfix/ses-replies");
      const denied = "Access denied: User `arn:aws:iam::1:user/x' is not authorized to perform `ses:SendRawEmail'";
      const on = (resource: string) => `${denied} on resource \`arn:aws:ses:ap-northeast-1:1:${resource}'`;
      for (const text of [
        "Message rejected: Sending paused for this account.",
        "Message rejected: Sending suspended for this account.",
        "Sending is paused for configuration set main.",
        denied,
        on("identity/example.com"),
        on("identity/ME@Example.com"),
        on("configuration-set/main"),
      ]) {
        assert.equal(answer(`554 ${text}`), `454 4.7.0 held back, SES says: ${text}`);
        assert.equal(answer(`554 5.7.1 ${text}`), `454 4.7.0 held back, SES says: ${text}`);
      }
      assert.equal(answer("530 Authentication required"), "454 4.7.0 held back, SES says: Authentication required");
      for (const reply of [
        "554 Message rejected: Email address is not verified. The following identities failed the check",
        "554 Transaction failed: Invalid email address",
        `554 ${on("identity/stranger@elsewhere.example")}`,
        `554 ${on("identity/example.com.elsewhere.example")}`,
        `554 ${on("identity/notexample.com")}`,
        "250 Ok paused",
        "552 Message is too long.",
        "354 End data with <CR><LF>.<CR><LF>",
      ])
        assert.equal(answer(reply), "");
    });
  });
});
