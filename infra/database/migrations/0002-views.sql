-- What the mail servers read: never a table. A view's filter holds before whatever a reader adds (security_barrier), and a look-up of one
-- address stays a look-up in an index.

CREATE VIEW mail.served_domain WITH (security_barrier) AS
  SELECT name FROM mail.domain WHERE enabled;

CREATE VIEW mail.login WITH (security_barrier) AS
  SELECT account.address, account.password, account.quota_bytes
  FROM mail.account JOIN mail.domain ON domain.name = account.domain
  WHERE account.enabled AND domain.enabled;

-- Aliases that are in force, wherever they lead; for the views below.
CREATE VIEW mail.alias_in_force WITH (security_barrier) AS
  SELECT alias.address, alias.destination
  FROM mail.alias JOIN mail.domain ON domain.name = alias.domain
  WHERE alias.enabled AND domain.enabled;

-- Who gets mail for an address. An alias counts if it leads, in the end, to an account that can log in or out of the platform: mail for
-- any other is refused at the door rather than returned later.
CREATE VIEW mail.recipient (address, destination) WITH (security_barrier) AS
  SELECT login.address, login.address FROM mail.login
  UNION ALL
  SELECT alias.address, alias.destination
  FROM mail.alias_in_force AS alias
  WHERE EXISTS (
    WITH RECURSIVE path (address) AS (
      SELECT alias.destination
      UNION
      SELECT next.destination FROM path JOIN mail.alias_in_force AS next ON next.address = path.address
    )
    SELECT FROM path
    WHERE EXISTS (SELECT FROM mail.login WHERE login.address = path.address)
      OR NOT EXISTS (SELECT FROM mail.domain WHERE domain.name = split_part(path.address, '@', 2))
  );

-- Who may send as an address: its account, and the accounts that mail for it leads to.
CREATE VIEW mail.sender (address, login) WITH (security_barrier) AS
  SELECT login.address, login.address FROM mail.login
  UNION
  SELECT alias.address, reached.address
  FROM (SELECT DISTINCT address FROM mail.alias_in_force) AS alias,
    LATERAL (
      WITH RECURSIVE path (address) AS (
        SELECT alias.address
        UNION
        SELECT next.destination FROM path JOIN mail.alias_in_force AS next ON next.address = path.address
      )
      SELECT login.address FROM path JOIN mail.login ON login.address = path.address
    ) AS reached;
