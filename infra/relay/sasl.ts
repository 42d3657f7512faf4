import type { AccountsAccess } from "../database/accounts-access";
import type { MachineFile } from "../instances/cloud-config";
import { LIBPQ_PARAMETERS, READER } from "./accounts";

const SQL = "/etc/dovecot/accounts.conf.ext";

/**
 * Dovecot 2.3 that does nothing but check passwords for Postfix, at a socket in Postfix's chroot. Users log in with their whole address.
 * It runs as Postfix's user, as it serves nobody else and reads the accounts with the same password file.
 */
export function saslFiles(access: AccountsAccess): MachineFile[] {
  return [
    { path: "/etc/dovecot/dovecot.conf", content: DOVECOT },
    { path: SQL, content: sql(access) },
  ];
}

const DOVECOT = `protocols =
ssl = no
default_internal_user = ${READER}
default_internal_group = ${READER}
auth_mechanisms = plain login
auth_username_format = %Lu
passdb {
  driver = sql
  args = ${SQL}
}
# Delays by address would hit all users of the webmail for one's wrong password; Postfix limits the logins of strangers.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0600
    user = postfix
    group = postfix
  }
}
`;

function sql({ host, port, database, user }: AccountsAccess): string {
  const words = { host, port: String(port), dbname: database, user };
  const connect = [...Object.entries(words), ...LIBPQ_PARAMETERS].map(([key, value]) => `${key}=${value}`);
  return `driver = pgsql
connect = ${connect.join(" ")}
password_query = SELECT address AS user, password FROM mail.login WHERE address = '%u'
`;
}
