import assert from "node:assert/strict";
import { mailboxArtifacts, mailboxMachine } from "../../../infra/mailbox/mailbox-machine";
import { checkScripts, checkUnits, installed } from "../instances/checkers";
import { callsOf } from "../instances/fake-commands";

const region = "ap-northeast-1";
const settings = {
  region,
  hostname: "mail.example.com",
  postmaster: "postmaster@example.com",
  webmailCidr: "10.0.0.0/18",
};
const part = mailboxMachine({
  ...settings,
  accounts: {
    region,
    host: "db.example",
    port: 5432,
    database: "dejima",
    user: "dejima_accounts",
    secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:accounts",
  },
  tls: { kind: "secret", secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:tls" },
  proxyUrl: "http://proxy.example:3128",
  mailStoreHost: "fs-0123456789abcdef0.efs.ap-northeast-1.amazonaws.com",
});

describe("a mailbox machine (M2)", () => {
  it("brings what serves mail and what mounts it, and nothing that listens besides", () => {
    assert.deepEqual(part.packages, [
      "jq",
      "openssl",
      "nfs-common",
      "stunnel4",
      "dovecot-imapd",
      "dovecot-lmtpd",
      "dovecot-pgsql",
      "dovecot-pop3d",
    ]);
    assert.deepEqual(part.earlyCommands, [
      ["systemctl", "mask", "rpcbind.service", "rpcbind.socket"],
      ["cloud-init-per", "instance", "dovecot-later", "systemctl", "mask", "--now", "dovecot.service"],
    ]);
  });

  it("has accounts, key and mail before Dovecot starts", () => {
    assert.deepEqual(part.commands, [
      ["/usr/local/sbin/dejima-fetch-accounts-password"],
      ["systemctl", "enable", "--now", "dejima-accounts-password.timer"],
      ["systemctl", "enable", "dejima-tls.service"],
      ["systemctl", "start", "dejima-tls.service"],
      ["systemctl", "enable", "--now", "dejima-tls.timer"],
      ["install", "-d", "-m", "0000", "/srv/mail"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "dejima-mail-store.service", "srv-mail.mount"],
      ["/usr/local/sbin/dejima-start-dovecot"],
    ]);
  });

  it("fetches what follows from the settings alone", () => {
    assert.deepEqual(
      new Map(part.artifacts.map(({ path, content }) => [path, content])),
      new Map(mailboxArtifacts(settings).map(({ path, content }) => [path, content])),
    );
  });

  const start = part.files.find(({ path }) => path === "/usr/local/sbin/dejima-start-dovecot")?.content ?? "";
  const commands = [
    "getent",
    "groupadd",
    "useradd",
    "mountpoint",
    "chown",
    "chmod",
    "install",
    "doveconf",
    "systemctl",
  ];

  it("gives the mail user its mail and its indexes, checks Dovecot's rules, and starts it last", () => {
    assert.deepEqual(callsOf(start, commands, ["getent"]), [
      "getent group vmail",
      "groupadd --gid 5000 vmail",
      "getent passwd vmail",
      "useradd --uid 5000 --gid vmail --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin vmail",
      "mountpoint -q /srv/mail",
      "chown vmail:vmail /srv/mail",
      "chmod 0700 /srv/mail",
      "install -d -o vmail -g vmail -m 0700 /var/lib/dejima-mail-index",
      "doveconf -n",
      "systemctl unmask dovecot.service",
      "systemctl enable --now dovecot.service",
    ]);
  });

  for (const failing of ["mountpoint", "doveconf"]) {
    it(`never serves when ${failing} fails: the load balancers leave the machine out, and it is replaced`, () => {
      const calls = callsOf(start, commands, [failing]);
      assert.ok(calls.at(-1)?.startsWith(failing));
    });
  }

  it("has scripts without a fault", function () {
    if (!installed("shellcheck")) this.skip();
    assert.deepEqual(checkScripts(part.files), [
      "/usr/local/sbin/dejima-fetch-accounts-password",
      "/usr/local/sbin/dejima-fetch-tls",
      "/usr/local/sbin/dejima-start-dovecot",
    ]);
  });

  it("has systemd units without a fault", function () {
    if (!installed("systemd-analyze", "stunnel4", "dovecot")) this.skip();
    assert.deepEqual(checkUnits([...part.files, ...part.artifacts]), [
      "dejima-accounts-password.service",
      "dejima-accounts-password.timer",
      "dejima-mail-store.service",
      "dejima-tls.service",
      "dejima-tls.timer",
      "dovecot.service",
      "srv-mail.mount",
    ]);
  });
});
