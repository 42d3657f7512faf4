import type { RolePart } from "../instances/base-machine";
import { fetchScript } from "../instances/fetch-script";
import type { Statement } from "../instances/permissions";
import { rdsCaFile } from "./ca-bundle";

/** What relay and mailbox need to read the accounts. */
export interface AccountsAccess {
  /** Where database and secret are. */
  readonly region: string;
  readonly host: string;
  readonly port: number;
  readonly database: "dejima";
  readonly user: "dejima_accounts";
  /** JSON `{"username","password"}`. */
  readonly secretArn: string;
}

export const ACCOUNTS_DATABASE = "dejima";
export const ACCOUNTS_USER = "dejima_accounts";

const SCRIPT = "/usr/local/sbin/dejima-fetch-accounts-password";

/** The passfile of one reader, a user of the machine: libpq takes none that anybody else may read. */
export function accountsPassfile(owner: string): string {
  return `/etc/dejima/accounts-${owner}.pgpass`;
}

/**
 * Keeps the password of the accounts' reader in a passfile for each of `owners` (`accountsPassfile`), and whom to trust as the database
 * in RDS_CA_FILE; connect with `sslmode=verify-full`. libpq reads the passfile at each connection, so a new password needs no reload.
 */
export function accountsAccess(access: AccountsAccess, owners: readonly string[]): RolePart {
  return {
    packages: ["jq"],
    files: [
      { path: SCRIPT, permissions: "0700", content: script(access, owners) },
      { path: "/etc/systemd/system/dejima-accounts-password.service", content: SERVICE },
      { path: "/etc/systemd/system/dejima-accounts-password.timer", content: TIMER },
    ],
    artifacts: [rdsCaFile(access.region)],
    commands: [[SCRIPT], ["systemctl", "enable", "--now", "dejima-accounts-password.timer"]],
  };
}

/** What a machine may do to read the accounts. The secret has AWS's own key, so no permission on a key is needed. */
export function readAccounts(secretArn: string): Statement {
  return {
    Sid: "AccountsReader",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: secretArn,
  };
}

/** In a passfile `\` and `:` are escaped: https://www.postgresql.org/docs/16/libpq-pgpass.html */
function script({ region, host, port, database, secretArn }: AccountsAccess, owners: readonly string[]): string {
  return fetchScript({
    region,
    fetch: `fetch() {
  aws secretsmanager get-secret-value --secret-id ${secretArn} \\
    --query SecretString --output text >"$work/secret" || return
  jq -er '["${host}", "${port}", "${database}", .username, .password]
    | map(gsub("(?<special>[:\\\\\\\\])"; "\\\\\\(.special)")) | join(":")' "$work/secret" >"$work/pgpass"
}`,
    failure: "no password of the accounts' reader",
    then: `install -d -m 0755 /etc/dejima
keep() {
  local file=/etc/dejima/accounts-$1.pgpass
  if cmp -s "$work/pgpass" "$file"; then return; fi
  install -m 0600 -o "$1" "$work/pgpass" "$file.new"
  mv -f "$file.new" "$file"
}
${owners.map((owner) => `keep ${owner}`).join("\n")}
`,
  });
}

const SERVICE = `[Unit]
Description=Fetch the password of the accounts' reader
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=${SCRIPT}
ProtectHome=yes
NoNewPrivileges=yes
`;

const TIMER = `[Unit]
Description=Fetch the password of the accounts' reader once an hour

[Timer]
OnBootSec=30s
OnUnitActiveSec=1h
RandomizedDelaySec=5min

[Install]
WantedBy=timers.target
`;
