# shellcheck shell=bash
# Sourced by dejima-migrate and dejima-account: connects to the database as its master user, who the bastion may be during maintenance.

# shellcheck disable=SC1091 # made on the machine
. /etc/dejima/database.conf

# What is a small letter mustn't depend on the operator's language.
export LC_ALL=C.UTF-8

fail() {
  echo "${0##*/}: $1" >&2
  exit "${2:-1}"
}

# read_secret ARN FILE: a secret's JSON, by a file in memory that nobody else may read.
read_secret() {
  aws secretsmanager get-secret-value --region "$DATABASE_REGION" --secret-id "$1" \
    --query SecretString --output text >"$2" ||
    fail "the secret $1 can't be read: a bastion may only while the setting maintenance is true"
  jq -e '(.username | type == "string") and (.password | type == "string")' "$2" >/dev/null 2>&1 ||
    fail "the secret $1 is no JSON with username and password"
}

# The password passes by a file in memory, never by a command line: those are kept in the audit log.
connect() {
  umask 077
  work=$(mktemp -d -p /dev/shm)
  trap 'rm -rf "$work"' EXIT
  read_secret "$MASTER_SECRET" "$work/master"
  jq -r --arg host "$DATABASE_HOST" --arg port "$DATABASE_PORT" --arg name "$DATABASE_NAME" \
    '[$host, $port, $name, .username, .password]
      | map(gsub("(?<special>[:\\\\])"; "\\\(.special)")) | join(":")' "$work/master" >"$work/pgpass"
  PGUSER=$(jq -r .username "$work/master")
  export PGUSER PGHOST=$DATABASE_HOST PGPORT=$DATABASE_PORT PGDATABASE=$DATABASE_NAME PGPASSFILE=$work/pgpass
  export PGSSLMODE=verify-full PGSSLROOTCERT=/etc/ssl/dejima/rds-ca.pem PGCONNECT_TIMEOUT=10 PGAPPNAME=${0##*/}
  export PGOPTIONS="-c client_min_messages=warning"
}

# sql OPTIONS < SCRIPT: values reach the script by \getenv, so that none of them is ever a part of it.
sql() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=on --pset pager=off --file - "$@"
}

# answer < SCRIPT: sets FOUND to what a script's queries give, without any table around it.
answer() {
  # shellcheck disable=SC2034 # for those who source this
  FOUND=$(sql --tuples-only --no-align 2>"$work/error") || refused
}

# show < SCRIPT: prints what they give as tables.
show() {
  sql --pset footer=off 2>"$work/error" || refused
}

refused() {
  if grep -q 'relation "mail\..*" does not exist' "$work/error"; then fail "the database has no tables yet: run dejima-migrate"; fi
  cat "$work/error" >&2
  fail "the database refused; nothing was changed"
}
