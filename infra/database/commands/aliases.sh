# shellcheck shell=bash
# Sourced by dejima-account: what it does with aliases. ADDRESS, LOCAL_PART, DOMAIN and DESTINATIONS are in the environment.

# RFC 5321's dot-string, in lower case.
ATOM="[a-z0-9!#\$%&'*+/=?^_\`{|}~-]+"

# destinations ADDRESS…: sets DESTINATIONS, a line each.
destinations() {
  local one
  for one in "$@"; do
    [[ $one =~ ^$ATOM(\.$ATOM)*@$NAME$ ]] || wrong "'$one' is no address in lower case"
  done
  DESTINATIONS=$(printf '%s\n' "$@")
  export DESTINATIONS
}

alias_add() {
  connect
  answer <<'SQL'
\getenv address ADDRESS
\getenv local LOCAL_PART
\getenv domain DOMAIN
\getenv destinations DESTINATIONS
BEGIN;
-- Two at once could close a circle that neither of them sees.
LOCK TABLE mail.alias IN SHARE ROW EXCLUSIVE MODE;
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
  SELECT DISTINCT destination COLLATE "C" AS destination
  FROM unnest(string_to_array(:'destinations', E'\n')) AS destination;
CREATE TEMPORARY TABLE problem ON COMMIT DROP AS
  SELECT format('%s isn''t served: first dejima-account domain add %1$s', :'domain') AS text
    WHERE NOT EXISTS (SELECT FROM mail.domain WHERE name = :'domain')
  UNION ALL
  SELECT format('there is no account or alias %s', wanted.destination) FROM wanted
    WHERE EXISTS (SELECT FROM mail.domain WHERE name = split_part(wanted.destination, '@', 2))
      AND wanted.destination <> :'address'
      AND NOT EXISTS (SELECT FROM mail.account WHERE address = wanted.destination)
      AND NOT EXISTS (SELECT FROM mail.alias WHERE address = wanted.destination)
  UNION ALL
  SELECT format('%s leads back to %s', wanted.destination, :'address') FROM wanted
    WHERE EXISTS (
      WITH RECURSIVE path (address) AS (
        SELECT wanted.destination
        UNION
        SELECT next.destination FROM path JOIN mail.alias AS next ON next.address = path.address
      )
      SELECT FROM path WHERE address = :'address'
    );
INSERT INTO mail.alias (local_part, domain, destination)
  SELECT :'local', :'domain', destination FROM wanted WHERE NOT EXISTS (SELECT FROM problem)
  ON CONFLICT DO NOTHING;
SELECT text FROM problem ORDER BY text;
COMMIT;
SQL
  [ -z "$FOUND" ] || fail "$FOUND"
  echo "Mail for $ADDRESS goes to $(goal)."
  outside
}

# What an operator wouldn't expect.
outside() {
  answer <<'SQL'
\getenv destinations DESTINATIONS
SELECT string_agg(destination, ', ') FROM unnest(string_to_array(:'destinations', E'\n')) AS destination
WHERE NOT EXISTS (SELECT FROM mail.domain WHERE name = split_part(destination, '@', 2));
SQL
  [ -z "$FOUND" ] || echo "Note: $FOUND is outside. Amazon SES sends for the platform's own senders only: mail of others can't be sent on." >&2
}

# The destinations in words; without any, all of them are meant.
goal() {
  if [ -n "$DESTINATIONS" ]; then echo "${DESTINATIONS//$'\n'/, }"; else echo "others"; fi
}

alias_remove() {
  connect
  answer <<'SQL'
\getenv address ADDRESS
\getenv destinations DESTINATIONS
WITH removed AS (
  DELETE FROM mail.alias WHERE address = :'address'
    AND (:'destinations' = '' OR destination = ANY (string_to_array(:'destinations', E'\n'))) RETURNING 1
)
SELECT count(*) FROM removed;
SQL
  case $FOUND in
    0) fail "there is no such alias $ADDRESS" ;;
    *) echo "Mail for $ADDRESS no longer goes to $(goal)." ;;
  esac
}

alias_list() {
  connect
  show <<'SQL'
\getenv domain DOMAIN
SELECT address AS alias, destination, CASE WHEN enabled THEN 'yes' ELSE 'no' END AS enabled, created_at::date AS since
FROM mail.alias WHERE :'domain' IN ('', domain) ORDER BY domain, local_part, destination;
SQL
}
