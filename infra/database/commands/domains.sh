# shellcheck shell=bash
# Sourced by dejima-account: what it does with domains. DOMAIN is in the environment.

domain_add() {
  connect
  answer <<'SQL'
\getenv domain DOMAIN
WITH made AS (INSERT INTO mail.domain (name) VALUES (:'domain') ON CONFLICT DO NOTHING RETURNING 1)
SELECT CASE WHEN EXISTS (SELECT FROM made) THEN 'made' ELSE 'there' END;
SQL
  case $FOUND in
    made) echo "$DOMAIN is served. Mail for its postmaster and abuse goes to the platform's, until they are accounts or aliases." ;;
    *) fail "$DOMAIN is served already" ;;
  esac
}

domain_remove() {
  connect
  answer <<'SQL'
\getenv domain DOMAIN
WITH inside AS (
  SELECT (SELECT count(*) FROM mail.account WHERE domain = :'domain') AS accounts,
    (SELECT count(*) FROM mail.alias WHERE domain = :'domain' OR destination LIKE '%@' || :'domain') AS aliases
),
removed AS (
  DELETE FROM mail.domain WHERE name = :'domain' AND (SELECT accounts + aliases = 0 FROM inside) RETURNING 1
)
SELECT CASE
  WHEN EXISTS (SELECT FROM removed) THEN 'removed'
  WHEN EXISTS (SELECT FROM mail.domain WHERE name = :'domain')
    THEN (SELECT format('%s accounts, %s aliases', accounts, aliases) FROM inside)
  ELSE 'missing'
END;
SQL
  case $FOUND in
    removed) echo "$DOMAIN is no longer served." ;;
    missing) fail "there is no domain $DOMAIN" ;;
    *) fail "$DOMAIN isn't empty, remove what is in it and what leads to it first: $FOUND" ;;
  esac
}

# domain_enabled true|false
domain_enabled() {
  export VALUE=$1
  connect
  answer <<'SQL'
\getenv domain DOMAIN
\getenv value VALUE
WITH changed AS (UPDATE mail.domain SET enabled = :'value' WHERE name = :'domain' RETURNING 1)
SELECT CASE WHEN EXISTS (SELECT FROM changed) THEN 'changed' ELSE 'missing' END;
SQL
  case $FOUND in
    changed) if [ "$1" = true ]; then echo "$DOMAIN is enabled."; else echo "$DOMAIN is disabled."; fi ;;
    *) fail "there is no domain $DOMAIN" ;;
  esac
}

domain_list() {
  connect
  show <<'SQL'
SELECT name AS domain, CASE WHEN enabled THEN 'yes' ELSE 'no' END AS enabled, created_at::date AS since,
  (SELECT count(*) FROM mail.account WHERE domain = name) AS accounts
FROM mail.domain ORDER BY name;
SQL
}
