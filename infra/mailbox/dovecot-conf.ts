import { TLS_CHAIN, TLS_KEY } from "../tls/mail-tls";
import { MAIL_ROOT, VMAIL, VMAIL_ID } from "./mail-user";
import { SQL_CONF } from "./dovecot-sql";

export interface DovecotArgs {
  /** What the server calls itself, a name that its certificate holds. */
  readonly hostname: string;
  /** Who signs what Dovecot itself sends to a sender. */
  readonly postmaster: string;
  /** The block of the webmail's machines, whose word on a client's address is taken (IMAP's ID command). */
  readonly webmailCidr: string;
}

/** Index files live here, on the machine's own disk: they are rebuilt from the Maildir wherever they are missing. */
export const INDEX_ROOT = "/var/lib/dejima-mail-index";

/**
 * Connections at a time. Each costs a process that holds the TLS connection and, logged in, one more with the mailbox: about 4 MB
 * together, measured, so that a machine of 2 GiB has room for all of these.
 */
const IMAP_CONNECTIONS = 300;
const POP3_CONNECTIONS = 60;

/** Those of an account's address: it becomes a path and part of a query. What follows a + in an address of mail is cut off before. */
const USERNAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";

/**
 * dovecot.conf for Dovecot 2.3 (Debian 12): LMTP from the relays, IMAPS and POP3S for users, and no port without TLS.
 *
 * Several servers share the Maildirs over NFS, as Dovecot's NFS page has it for servers that users are bound to: index files on each
 * server's own disk, caches flushed where another server may have written, every write on disk before it is acknowledged. What gives
 * a message its number (dovecot-uidlist) is no index: it stays with the Maildir, or each server would number the messages anew, and
 * every client load them again. https://doc.dovecot.org/2.3/configuration_manual/nfs/
 */
export function renderDovecotConf(args: DovecotArgs): string {
  return [base(args), TLS, AUTHENTICATION, STORAGE, FOLDERS, QUOTA, LISTENERS, PROCESSES].join("\n");
}

function base({ hostname, postmaster, webmailCidr }: DovecotArgs): string {
  return `protocols = imap lmtp pop3
listen = *
hostname = ${hostname}
postmaster_address = ${postmaster}
login_greeting = Ready.
login_trusted_networks = ${webmailCidr}
log_path = syslog
syslog_facility = mail
`;
}

const TLS = `ssl = required
ssl_cert = <${TLS_CHAIN}
ssl_key = <${TLS_KEY}
ssl_min_protocol = TLSv1.2
ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20
ssl_options = no_ticket
`;

/** A kept answer outlives a database that is switching over; a changed password is looked up again at once when the kept one fails. */
const AUTHENTICATION = `auth_mechanisms = plain login
auth_username_format = %Lu
auth_username_chars = ${USERNAME_CHARACTERS}
auth_verbose = yes
auth_cache_size = 8 M
auth_cache_ttl = 1 mins
auth_cache_negative_ttl = 10 secs
passdb {
  driver = sql
  args = ${SQL_CONF}
}
userdb {
  driver = sql
  args = ${SQL_CONF}
}
`;

/** Of a folder that another server made or removed a list kept here would know nothing, so it's read from the Maildir each time. */
const STORAGE = `mail_uid = ${VMAIL_ID}
mail_gid = ${VMAIL_ID}
first_valid_uid = ${VMAIL_ID}
last_valid_uid = ${VMAIL_ID}
first_valid_gid = ${VMAIL_ID}
last_valid_gid = ${VMAIL_ID}
mail_home = ${MAIL_ROOT}/%d/%n
mail_location = maildir:~/Maildir:INDEX=${INDEX_ROOT}/%d/%n
mailbox_list_index = no
mailbox_idle_check_interval = 30 secs
mail_fsync = always
mail_nfs_storage = yes
mail_nfs_index = no
mmap_disable = yes
lock_method = fcntl
mail_max_userip_connections = 20
`;

const FOLDERS = `namespace inbox {
  inbox = yes
  separator = /
${["Drafts", "Junk", "Sent", "Trash"].map(folder).join("\n")}
}
`;

function folder(name: string): string {
  return `  mailbox ${name} {
    auto = subscribe
    special_use = \\${name}
  }`;
}

/**
 * The sum lies in the Maildir (maildirsize), where every server finds it. A full mailbox refuses for the time being: the relay keeps
 * the mail until its user has made room, and needs to send nothing back.
 */
const QUOTA = `mail_plugins = $mail_plugins quota
quota_full_tempfail = yes
lmtp_rcpt_check_quota = yes
plugin {
  quota = maildir:User quota
  quota_exceeded_message = The mailbox is full.
}
protocol imap {
  mail_plugins = $mail_plugins imap_quota
}
`;

/** One process for each connection before and around TLS: what breaks into one sees no other user (Dovecot's high-security mode). */
const LISTENERS = `service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = 993
    ssl = yes
  }
  service_count = 1
  process_min_avail = 2
  process_limit = ${IMAP_CONNECTIONS}
}
service pop3-login {
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = 995
    ssl = yes
  }
  service_count = 1
  process_min_avail = 1
  process_limit = ${POP3_CONNECTIONS}
}
service lmtp {
  inet_listener lmtp {
    port = 24
  }
  unix_listener lmtp {
    mode = 0600
  }
  user = ${VMAIL}
  process_min_avail = 2
  process_limit = 50
}
`;

const PROCESSES = `service imap {
  process_limit = ${IMAP_CONNECTIONS}
  vsz_limit = 512 M
}
service pop3 {
  process_limit = ${POP3_CONNECTIONS}
}
service auth {
  unix_listener auth-userdb {
    mode = 0600
    user = ${VMAIL}
  }
}
service auth-worker {
  user = $default_internal_user
}
`;
