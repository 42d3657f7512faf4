import type { RolePart } from "../instances/base-machine";
import type { MachineFile } from "../instances/cloud-config";
import { INDEX_ROOT, renderDovecotConf, type DovecotArgs } from "./dovecot-conf";
import { renderDovecotSql, SQL_CONF, type SqlArgs } from "./dovecot-sql";
import { mailStoreMount, mailStoreUnits, MOUNT_UNIT } from "./mail-store-mount";
import { MAIL_ROOT, VMAIL, VMAIL_ID } from "./mail-user";

export interface MailboxMachineArgs extends DovecotArgs {
  readonly sql: SqlArgs;
  /** The mail store's DNS name. */
  readonly mailStoreHost: string;
}

export const DOVECOT = "dovecot.service";

/** Reads the accounts' password: Dovecot's own, which has the connection to the database. */
export const ACCOUNTS_READER = "dovecot";

const START = "/usr/local/sbin/dejima-start-dovecot";

/** Dovecot on the mail store. It stays off until mail, keys and rules are there; the load balancers take it in only then. */
export function mailboxMachine(args: MailboxMachineArgs): RolePart {
  const store = mailStoreMount(args.mailStoreHost);
  return {
    packages: ["dovecot-imapd", "dovecot-lmtpd", "dovecot-pgsql", "dovecot-pop3d", ...store.packages],
    files: [
      ...store.files,
      { path: SQL_CONF, content: renderDovecotSql(args.sql) },
      { path: START, content: START_SCRIPT, permissions: "0755" },
    ],
    artifacts: mailboxArtifacts(args),
    earlyCommands: [
      ["cloud-init-per", "instance", "dovecot-later", "systemctl", "mask", "--now", DOVECOT],
      ...store.earlyCommands,
    ],
    commands: [...store.commands, [START]],
  };
}

/** Those files of a mailbox machine that follow from the settings alone, and would fill its user data. */
export function mailboxArtifacts(args: DovecotArgs): MachineFile[] {
  return [
    ...mailStoreUnits(),
    { path: "/etc/dovecot/dovecot.conf", content: renderDovecotConf(args) },
    { path: `/etc/systemd/system/${DOVECOT}.d/dejima.conf`, content: DROP_IN },
  ];
}

/**
 * Without the mail store it doesn't run, and what breaks into it has no way to the tunnel, which trusts every program on the machine.
 */
const DROP_IN = `[Unit]
Requires=${MOUNT_UNIT}
After=${MOUNT_UNIT}

[Service]
IPAddressDeny=127.0.0.1
NoNewPrivileges=yes
ProtectHome=yes
Restart=on-failure
RestartSec=2
`;

const START_SCRIPT = `#!/bin/sh
set -eu
getent group ${VMAIL} >/dev/null || groupadd --gid ${VMAIL_ID} ${VMAIL}
getent passwd ${VMAIL} >/dev/null ||
  useradd --uid ${VMAIL_ID} --gid ${VMAIL} --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin ${VMAIL}
mountpoint -q ${MAIL_ROOT}
chown ${VMAIL}:${VMAIL} ${MAIL_ROOT}
chmod 0700 ${MAIL_ROOT}
install -d -o ${VMAIL} -g ${VMAIL} -m 0700 ${INDEX_ROOT}
doveconf -n >/dev/null
systemctl unmask ${DOVECOT}
systemctl enable --now ${DOVECOT}
`;
