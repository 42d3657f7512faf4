export interface SqlArgs {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** CA certificates of the database, in PEM. */
  readonly caFile: string;
  /** libpq's password file, readable by Dovecot's own user only. */
  readonly passFile: string;
}

export const SQL_CONF = "/etc/dovecot/dovecot-sql.conf.ext";

/** A database that switches over leaves connections behind that nobody answers on; after half a minute they count as broken. */
const KEEPALIVE = "keepalives_idle=30 keepalives_interval=10 keepalives_count=3 tcp_user_timeout=30000";

/**
 * Accounts as Dovecot asks for them, from the view `mail.login`. Dovecot escapes the user's name for SQL. The database's name must stand
 * in a certificate of its CA. A quota of 0 bytes is none.
 */
export function renderDovecotSql({ host, port, database, user, caFile, passFile }: SqlArgs): string {
  return `driver = pgsql
connect = host=${host} port=${port} dbname=${database} user=${user} sslmode=verify-full sslrootcert=${caFile} passfile=${passFile} ${KEEPALIVE}
password_query = SELECT address AS user, password FROM mail.login WHERE address = '%u'
user_query = SELECT '*:bytes=' || quota_bytes AS quota_rule FROM mail.login WHERE address = '%u'
iterate_query = SELECT address AS user FROM mail.login
`;
}
