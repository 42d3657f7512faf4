-- Whose mail is served, who reads it, and where else it goes. Everything is in lower case: mail for Bob@Example.com is bob@example.com's.

CREATE TABLE mail.domain (
  name text COLLATE "C" PRIMARY KEY,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- RFC 1035 and RFC 5890: labels of letters, digits and inner hyphens; an international name in its xn-- form.
  CONSTRAINT domain_name CHECK (
    length(name) <= 253
    AND name ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
  )
);

CREATE TABLE mail.account (
  local_part text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL REFERENCES mail.domain (name),
  address text COLLATE "C" GENERATED ALWAYS AS (local_part || '@' || domain) STORED UNIQUE,
  password text NOT NULL,
  -- 0: no limit.
  quota_bytes bigint NOT NULL DEFAULT 10737418240,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (local_part, domain),
  -- It names a directory, and what follows a + is the owner's own: neither / nor + may be in it.
  CONSTRAINT account_local_part CHECK (
    length(local_part) <= 64 AND local_part ~ '^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_-]+)*$'
  ),
  CONSTRAINT account_address CHECK (length(local_part || '@' || domain) <= 254),
  CONSTRAINT account_quota CHECK (quota_bytes >= 0),
  -- As Dovecot stores them: https://doc.dovecot.org/2.3/configuration_manual/authentication/password_schemes/
  CONSTRAINT account_password CHECK (
    password ~ '^\{SHA512-CRYPT\}\$6\$(rounds=[1-9][0-9]{3,8}\$)?[./0-9A-Za-z]{8,16}\$[./0-9A-Za-z]{86}$'
    OR password ~ '^\{ARGON2ID\}\$argon2id\$v=19\$m=[0-9]{4,7},t=[0-9]{1,3},p=1\$[+/0-9A-Za-z]{22,86}\$[+/0-9A-Za-z]{43,86}$'
  )
);

-- Mail for the address goes to each of its destinations, which may be aliases again, and to its account if there is one.
CREATE TABLE mail.alias (
  local_part text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL REFERENCES mail.domain (name),
  address text COLLATE "C" GENERATED ALWAYS AS (local_part || '@' || domain) STORED,
  destination text COLLATE "C" NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (local_part, domain, destination),
  CONSTRAINT alias_local_part CHECK (
    length(local_part) <= 64 AND local_part ~ '^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_-]+)*$'
  ),
  CONSTRAINT alias_address CHECK (length(local_part || '@' || domain) <= 254),
  -- RFC 5321's dot-string: a destination may be anybody's, so its local part is not as plain as ours.
  CONSTRAINT alias_destination CHECK (
    length(destination) <= 254
    AND length(split_part(destination, '@', 1)) <= 64
    AND destination ~ '^[a-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&''*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
  ),
  CONSTRAINT alias_not_itself CHECK (destination <> local_part || '@' || domain)
);

CREATE INDEX alias_address ON mail.alias (address);
CREATE INDEX alias_destination ON mail.alias (destination);
CREATE INDEX account_domain ON mail.account (domain);
CREATE INDEX alias_domain ON mail.alias (domain);
