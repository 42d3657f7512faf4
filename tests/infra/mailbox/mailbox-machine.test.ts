import assert from "node:assert/strict";
import { mailboxMachine } from "../../../infra/mailbox/mailbox-machine";
import { checkScripts, checkUnits, installed } from "../instances/checkers";

const part = mailboxMachine({
  hostname: "mail.example.com",
  postmaster: "postmaster@example.com",
  webmailCidr: "10.0.0.0/18",
  mailStoreHost: "fs-0123456789abcdef0.efs.ap-northeast-1.amazonaws.com",
  sql: {
    host: "db.example",
    port: 5432,
    database: "dejima",
    user: "dejima_accounts",
    caFile: "/etc/ssl/dejima/rds-ca.pem",
    passFile: "/etc/dejima/accounts-dovecot.pgpass",
  },
});

describe("a mailbox machine (M2)", () => {
  it("brings what serves mail and what mounts it, and nothing that listens besides", () => {
    assert.deepEqual(part.packages, [
      "dovecot-imapd",
      "dovecot-lmtpd",
      "dovecot-pgsql",
      "dovecot-pop3d",
      "nfs-common",
      "stunnel4",
    ]);
    assert.deepEqual(part.earlyCommands, [
      ["cloud-init-per", "instance", "dovecot-later", "systemctl", "mask", "--now", "dovecot.service"],
      ["systemctl", "mask", "rpcbind.service", "rpcbind.socket"],
    ]);
  });

  it("mounts the mail before Dovecot starts", () => {
    assert.deepEqual(part.commands, [
      ["install", "-d", "-m", "0000", "/srv/mail"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "dejima-mail-store.service", "srv-mail.mount"],
      ["/usr/local/sbin/dejima-start-dovecot"],
    ]);
  });

  it("has scripts without a fault", function () {
    if (!installed("shellcheck")) this.skip();
    assert.deepEqual(checkScripts(part.files), ["/usr/local/sbin/dejima-start-dovecot"]);
  });

  it("has systemd units without a fault", function () {
    if (!installed("systemd-analyze", "stunnel4", "dovecot")) this.skip();
    assert.deepEqual(checkUnits([...part.files, ...(part.artifacts ?? [])]), [
      "dejima-mail-store.service",
      "dovecot.service",
      "srv-mail.mount",
    ]);
  });
});
