import { accountsPassfile, type AccountsAccess } from "../database/accounts-access";
import { RDS_CA_FILE } from "../database/ca-bundle";
import type { MachineFile } from "../instances/cloud-config";

const DIRECTORY = "/etc/postfix/accounts";

/** A Postfix table over a view of the schema `mail`, asked through proxymap: all processes share a few connections. */
const table = (name: string) => `proxy:pgsql:${DIRECTORY}/${name}.cf`;

export const DOMAINS = table("domains");
export const RECIPIENTS = table("recipients");
export const ROLE_ADDRESSES = table("role-addresses");
export const MAILBOXES = table("mailboxes");
export const SENDERS = table("senders");

/** Who never answers makes mail wait: a lookup that fails is a temporary error, never an unknown recipient. */
const CONNECT_SECONDS = 10;

/** The user of this machine that reads the accounts: Postfix's proxymap, and Dovecot on Postfix's behalf. */
export const READER = "postfix";

/** How every program of this machine connects to the accounts, in libpq's words. */
export const LIBPQ_PARAMETERS: readonly (readonly [string, string])[] = [
  ["sslmode", "verify-full"],
  ["sslrootcert", RDS_CA_FILE],
  ["passfile", accountsPassfile(READER)],
  ["connect_timeout", String(CONNECT_SECONDS)],
];

/**
 * The tables' files, for Postfix 3.7's pgsql_table(5). Keys come lower-cased and quoted. Mail to postmaster and abuse of a served domain
 * always arrives (RFC 2142, RFC 5321 section 4.5.1): at the domain's own account or alias, or else at the platform's `postmaster`.
 */
export function accountTables(access: AccountsAccess, postmaster: string): MachineFile[] {
  const file = (name: string, query: string): MachineFile => ({
    path: `${DIRECTORY}/${name}.cf`,
    content: `${connectionOf(access)}query = ${query}\n`,
  });
  const own = (view: string) => `SELECT 1 FROM mail.${view} WHERE address = '%s'`;
  return [
    file("domains", "SELECT name FROM mail.served_domain WHERE name = '%s'"),
    file("recipients", "SELECT destination FROM mail.recipient WHERE address = '%s'"),
    file(
      "role-addresses",
      `SELECT '${postmaster}' FROM mail.served_domain WHERE name = '%d' AND '%u' IN ('postmaster', 'abuse') ` +
        `AND NOT EXISTS (${own("recipient")})`,
    ),
    file("mailboxes", "SELECT address FROM mail.recipient WHERE address = '%s' AND destination = address"),
    file("senders", "SELECT login FROM mail.sender WHERE address = '%s'"),
  ];
}

function connectionOf({ host, port, database, user }: AccountsAccess): string {
  const parameters = LIBPQ_PARAMETERS.map(([key, value]) => `${key}=${value}`);
  return `hosts = postgresql://${user}@${host}:${port}/${database}?${parameters.join("&")}\ndbname = ${database}\n`;
}
