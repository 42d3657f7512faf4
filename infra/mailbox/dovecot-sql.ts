import { accountsPassfile, type AccountsAccess } from "../database/accounts-access";
import { RDS_CA_FILE } from "../database/ca-bundle";

export const SQL_CONF = "/etc/dovecot/dovecot-sql.conf.ext";

/** The user of this machine that reads the accounts: Dovecot's own, which has the connection to the database. */
export const ACCOUNTS_READER = "dovecot";

/** A database that switches over leaves connections behind that nobody answers on; after half a minute they count as broken. */
const KEEPALIVE = "keepalives_idle=30 keepalives_interval=10 keepalives_count=3 tcp_user_timeout=30000";

/**
 * Accounts as Dovecot asks for them, from the view `mail.login`. Dovecot escapes the user's name for SQL. The database's name must stand
 * in a certificate of its CA. A quota of 0 bytes is none.
 */
export function renderDovecotSql({ host, port, database, user }: AccountsAccess): string {
  const trust = `sslmode=verify-full sslrootcert=${RDS_CA_FILE} passfile=${accountsPassfile(ACCOUNTS_READER)}`;
  return `driver = pgsql
connect = host=${host} port=${port} dbname=${database} user=${user} ${trust} ${KEEPALIVE}
password_query = SELECT address AS user, password FROM mail.login WHERE address = '%u'
user_query = SELECT '*:bytes=' || quota_bytes AS quota_rule FROM mail.login WHERE address = '%u'
iterate_query = SELECT address AS user FROM mail.login
`;
}
