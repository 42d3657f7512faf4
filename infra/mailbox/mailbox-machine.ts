import { accountsAccess, type AccountsAccess } from "../database/accounts-access";
import { rdsCaFile } from "../database/ca-bundle";
import type { RolePart } from "../instances/base-machine";
import type { MachineFile } from "../instances/cloud-config";
import { joinParts } from "../instances/join-parts";
import { mailTls, type TlsSource } from "../tls/mail-tls";
import { INDEX_ROOT, renderDovecotConf, type DovecotArgs } from "./dovecot-conf";
import { ACCOUNTS_READER, renderDovecotSql, SQL_CONF } from "./dovecot-sql";
import { mailStoreMount, mailStoreUnits, MOUNT_UNIT } from "./mail-store-mount";
import { MAIL_ROOT, VMAIL, VMAIL_ID } from "./mail-user";

/** What is known from the beginning. */
export interface MailboxSettings extends DovecotArgs {
  readonly region: string;
}

export interface MailboxMachineArgs extends MailboxSettings {
  readonly accounts: AccountsAccess;
  readonly tls: TlsSource;
  readonly proxyUrl: string;
  /** The mail store's DNS name. */
  readonly mailStoreHost: string;
}

const DOVECOT = "dovecot.service";
const START = "/usr/local/sbin/dejima-start-dovecot";

/**
 * Dovecot with its accounts, its key and the mail store. It stays off until all of them are there; the load balancers take the machine in
 * only then.
 */
export function mailboxMachine(args: MailboxMachineArgs): Required<RolePart> {
  const { region, tls: source, proxyUrl } = args;
  return joinParts(
    accountsAccess(args.accounts, [ACCOUNTS_READER]),
    mailTls({ region, source, proxyUrl, services: [DOVECOT] }),
    mailStoreMount(args.mailStoreHost),
    dovecot(args),
  );
}

/** Those files of the machine that follow from the settings alone, and would fill its user data. */
export function mailboxArtifacts(settings: MailboxSettings): MachineFile[] {
  return [rdsCaFile(settings.region), ...mailStoreUnits(), ...dovecotArtifacts(settings)];
}

function dovecot(args: MailboxMachineArgs): RolePart {
  return {
    packages: ["dovecot-imapd", "dovecot-lmtpd", "dovecot-pgsql", "dovecot-pop3d"],
    files: [
      { path: SQL_CONF, content: renderDovecotSql(args.accounts) },
      { path: START, content: START_SCRIPT, permissions: "0755" },
    ],
    artifacts: dovecotArtifacts(args),
    earlyCommands: [["cloud-init-per", "instance", "dovecot-later", "systemctl", "mask", "--now", DOVECOT]],
    commands: [[START]],
  };
}

function dovecotArtifacts(args: DovecotArgs): MachineFile[] {
  return [
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
