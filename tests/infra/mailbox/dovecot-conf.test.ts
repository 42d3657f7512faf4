import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderDovecotConf } from "../../../infra/mailbox/dovecot-conf";
import { renderDovecotSql } from "../../../infra/mailbox/dovecot-sql";
import { TLS_CHAIN, TLS_KEY } from "../../../infra/tls/mail-tls";
import { installed } from "../instances/checkers";
import { makeCertificate } from "../../servers/certificate";

const text = renderDovecotConf({
  hostname: "mail.example.com",
  postmaster: "postmaster@example.com",
  webmailCidr: "10.0.0.0/18",
});

describe("dovecot.conf of the mailbox servers (M2)", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "dejima-dovecot-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** What doveconf makes of it, one setting a line; key and certificate lie elsewhere here. */
  function settings(...args: string[]): string[] {
    const { certificate, key } = makeCertificate(directory, "mail.example.com");
    const file = join(directory, "dovecot.conf");
    writeFileSync(file, text.replace(TLS_CHAIN, certificate).replace(TLS_KEY, key));
    const { status, stdout, stderr } = spawnSync("doveconf", ["-c", file, ...args], { encoding: "utf8" });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  }

  it("passes doveconf without a warning, each setting being another than Dovecot's own or said on purpose", function () {
    if (!installed("doveconf", "openssl")) this.skip();
    const changed = settings("-n").filter((line) => /^[a-z]\w* = /.test(line));
    assert.deepEqual(
      changed.map((line) => line.split(" = ")[0]),
      [
        "auth_cache_negative_ttl",
        "auth_cache_size",
        "auth_cache_ttl",
        "auth_mechanisms",
        "auth_username_chars",
        "auth_verbose",
        "first_valid_gid",
        "first_valid_uid",
        "hostname",
        "last_valid_gid",
        "last_valid_uid",
        "listen",
        "lmtp_rcpt_check_quota",
        "login_greeting",
        "login_trusted_networks",
        "mail_fsync",
        "mail_gid",
        "mail_home",
        "mail_location",
        "mail_max_userip_connections",
        "mail_nfs_storage",
        "mail_plugins",
        "mail_uid",
        "mailbox_list_index",
        "mmap_disable",
        "postmaster_address",
        "protocols",
        "quota_full_tempfail",
        "ssl",
        "ssl_cert",
        "ssl_cipher_list",
        "ssl_key",
        "ssl_options",
      ],
    );
  });

  it("keeps index files on the machine, and with the mail what numbers it (M11)", function () {
    if (!installed("doveconf", "openssl")) this.skip();
    const [location = ""] = settings("mail_location");
    assert.equal(location, "mail_location = maildir:~/Maildir:INDEX=/var/lib/dejima-mail-index/%d/%n");
    assert.ok(!location.includes("CONTROL="));
    assert.deepEqual(settings("mail_fsync", "mail_nfs_storage", "mail_nfs_index", "mailbox_list_index"), [
      "mail_fsync = always",
      "mail_nfs_storage = yes",
      "mail_nfs_index = no",
      "mailbox_list_index = no",
    ]);
  });

  it("speaks TLS 1.2 and later", function () {
    if (!installed("doveconf", "openssl")) this.skip();
    assert.deepEqual(settings("ssl", "ssl_min_protocol"), ["ssl = required", "ssl_min_protocol = TLSv1.2"]);
  });
});

describe("Dovecot's accounts", () => {
  it("are asked for over verified TLS, with the password in a file", () => {
    const sql = renderDovecotSql({
      region: "ap-northeast-1",
      host: "db.example",
      port: 5432,
      database: "dejima",
      user: "dejima_accounts",
      secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:accounts",
    });
    assert.deepEqual(/^connect = (.*)$/m.exec(sql)?.[1]?.split(" "), [
      "host=db.example",
      "port=5432",
      "dbname=dejima",
      "user=dejima_accounts",
      "sslmode=verify-full",
      "sslrootcert=/etc/ssl/dejima/rds-ca.pem",
      "passfile=/etc/dejima/accounts-dovecot.pgpass",
      "keepalives_idle=30",
      "keepalives_interval=10",
      "keepalives_count=3",
      "tcp_user_timeout=30000",
    ]);
  });
});
