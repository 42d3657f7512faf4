# shellcheck shell=bash
# Sourced by dejima-account: what it does with accounts. ADDRESS, LOCAL_PART, DOMAIN, QUOTA and HASH are in the environment.

add() {
  connect
  answer <<'SQL'
\getenv local LOCAL_PART
\getenv domain DOMAIN
\getenv hash HASH
\getenv quota QUOTA
WITH made AS (
  INSERT INTO mail.account (local_part, domain, password, quota_bytes)
    SELECT :'local', name, :'hash', :'quota' FROM mail.domain WHERE name = :'domain'
  ON CONFLICT DO NOTHING RETURNING 1
)
SELECT CASE
  WHEN EXISTS (SELECT FROM made) THEN 'made'
  WHEN EXISTS (SELECT FROM mail.domain WHERE name = :'domain') THEN 'there'
  ELSE 'no domain'
END;
SQL
  case $FOUND in
    made) echo "$ADDRESS is made." ;;
    there) fail "$ADDRESS is there already: passwd gives it another password, quota another quota" ;;
    *) fail "$DOMAIN isn't served: first dejima-account domain add $DOMAIN" ;;
  esac
}

# change COLUMN VALUE WORDS: of the account ADDRESS. The column's name is this program's own.
change() {
  export VALUE=$2
  connect
  answer <<SQL
\getenv address ADDRESS
\getenv value VALUE
WITH changed AS (UPDATE mail.account SET $1 = :'value' WHERE address = :'address' RETURNING 1)
SELECT CASE WHEN EXISTS (SELECT FROM changed) THEN 'changed' ELSE 'missing' END;
SQL
  case $FOUND in
    changed) echo "$ADDRESS $3." ;;
    *) fail "there is no account $ADDRESS" ;;
  esac
}

remove() {
  connect
  answer <<'SQL'
\getenv address ADDRESS
WITH hither AS (SELECT string_agg(address, ' ' ORDER BY address) AS aliases FROM mail.alias WHERE destination = :'address'),
removed AS (
  DELETE FROM mail.account WHERE address = :'address' AND (SELECT aliases IS NULL FROM hither) RETURNING 1
)
SELECT CASE
  WHEN EXISTS (SELECT FROM removed) THEN 'removed'
  WHEN EXISTS (SELECT FROM mail.account WHERE address = :'address') THEN (SELECT aliases FROM hither)
  ELSE 'missing'
END;
SQL
  case $FOUND in
    removed) echo "$ADDRESS is removed; its mail stays in the mail store." ;;
    missing) fail "there is no account $ADDRESS" ;;
    *) fail "aliases lead to $ADDRESS, remove them first: $FOUND" ;;
  esac
}

list() {
  connect
  show <<'SQL'
\getenv domain DOMAIN
SELECT address, CASE quota_bytes WHEN 0 THEN 'none' ELSE pg_size_pretty(quota_bytes) END AS quota,
  CASE WHEN account.enabled AND domain.enabled THEN 'yes' ELSE 'no' END AS enabled, account.created_at::date AS since
FROM mail.account JOIN mail.domain ON name = domain
WHERE :'domain' IN ('', domain) ORDER BY domain, local_part;
SQL
}
