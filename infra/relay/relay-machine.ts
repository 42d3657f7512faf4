import { accountsAccess, type AccountsAccess } from "../database/accounts-access";
import type { RolePart } from "../instances/base-machine";
import { joinParts } from "../instances/join-parts";
import { mailTls, type TlsSource } from "../tls/mail-tls";
import { accountTables, READER } from "./accounts";
import { drain } from "./drain";
import { renderMainCf, type MainCfArgs } from "./main-cf";
import { renderMasterCf } from "./master-cf";
import { saslFiles } from "./sasl";
import { sesPassword } from "./ses-password";
import { sesTables } from "./ses-tables";
import { POSTFIX, SASL, spool } from "./spool";

export interface RelayMachineArgs extends MainCfArgs {
  readonly region: string;
  readonly proxyUrl: string;
  readonly tls: TlsSource;
  readonly accounts: AccountsAccess;
  readonly smtpSecretArn: string;
  /** SES's identity, whom all mail to others is from: a domain, or one address. */
  readonly sender: string;
  /** The relay's name among all of its account and Region. */
  readonly identity: string;
}

const START = "/usr/local/sbin/dejima-start-relay";
const POSTFIX_UNIT = "postfix.service";

/** Postfix and the password check for it, on top of the base machine. Postfix stays off until queue, key and passwords are there. */
export function relayMachine(args: RelayMachineArgs): Required<RolePart> {
  const { region, proxyUrl, tls, accounts, smtp, smtpSecretArn, identity } = args;
  const own = joinParts(
    spool({ region, identity }),
    sesPassword({ region, secretArn: smtpSecretArn, smtp }),
    drain({ region, identity }),
    postfix(args),
  );
  return joinParts(
    accountsAccess(accounts, [READER]),
    mailTls({ region, source: tls, proxyUrl, services: [POSTFIX] }),
    // Together they are too large for user data.
    { ...own, files: [], artifacts: own.files },
  );
}

function postfix(args: RelayMachineArgs): RolePart {
  return {
    packages: ["dovecot-core", "dovecot-pgsql", "postfix", "postfix-pgsql"],
    files: [
      { path: "/etc/postfix/main.cf", content: renderMainCf(args) },
      { path: "/etc/postfix/master.cf", content: renderMasterCf() },
      ...accountTables(args.accounts, args.postmaster),
      ...sesTables(args.sender),
      ...saslFiles(args.accounts),
      { path: START, content: START_SCRIPT, permissions: "0700" },
    ],
    // Their packages would start them with rules of their own, and the load balancer would take the machine for ready.
    earlyCommands: [["cloud-init-per", "instance", "mail-later", "systemctl", "mask", "--now", POSTFIX_UNIT, SASL]],
    commands: [[START]],
  };
}

/**
 * Postfix comes up when its volume does, which may take as long as the machine before this one lives; the boot goes on meanwhile, so that
 * Session Manager gets in.
 */
const START_SCRIPT = `#!/bin/sh
set -eu
postfix check
doveconf -n >/dev/null
systemctl unmask ${POSTFIX_UNIT} ${SASL}
systemctl enable ${POSTFIX_UNIT} ${SASL}
systemctl start --no-block ${SASL} ${POSTFIX_UNIT}
`;
