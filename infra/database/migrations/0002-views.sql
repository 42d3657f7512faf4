-- What the mail servers read: never a table. A view's filter holds before whatever a reader adds (security_barrier). They ask for one
-- address at a time, and that is a look-up in an index at each step: the planner expects ways along aliases to be long, and would rather
-- read all of them, so the steps are written as OFFSET 0 and scalar subqueries, which it doesn't turn into joins.

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
      SELECT step.destination FROM path, LATERAL (
        SELECT next.destination FROM mail.alias_in_force AS next WHERE next.address = path.address OFFSET 0
      ) AS step
    )
    SELECT FROM path
    WHERE (SELECT true FROM mail.login WHERE login.address = path.address)
      OR (SELECT true FROM mail.domain WHERE domain.name = split_part(path.address, '@', 2)) IS NULL
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
        SELECT step.destination FROM path, LATERAL (
          SELECT next.destination FROM mail.alias_in_force AS next WHERE next.address = path.address OFFSET 0
        ) AS step
      )
      SELECT own.address FROM path, LATERAL (
        SELECT login.address FROM mail.login WHERE login.address = path.address OFFSET 0
      ) AS own
    ) AS reached;
