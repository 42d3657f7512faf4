-- The user of the mail servers: reads the views and nothing else. dejima-migrate sets its password from its secret.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dejima_accounts') THEN
    CREATE ROLE dejima_accounts LOGIN NOCREATEDB NOCREATEROLE NOINHERIT;
  END IF;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO dejima_accounts', current_database());
END
$$;

ALTER ROLE dejima_accounts SET default_transaction_read_only = on;
ALTER ROLE dejima_accounts SET statement_timeout = '10s';
-- Compiling a look-up takes a hundred times longer than the look-up.
ALTER ROLE dejima_accounts SET jit = off;

GRANT USAGE ON SCHEMA mail TO dejima_accounts;
GRANT SELECT ON mail.served_domain, mail.login, mail.recipient, mail.sender TO dejima_accounts;
