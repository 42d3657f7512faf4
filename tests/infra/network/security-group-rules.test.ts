import assert from "node:assert/strict";
import fc from "fast-check";
import { INTERFACE_ENDPOINTS, matrix, type Party, type Row } from "../../../infra/communications";
import { expand } from "../../../infra/network/pairs";
import { securityGroupRules, type SecurityGroupRule } from "../../../infra/network/security-group-rules";
import { BALANCER_NAMES, matrices, PORTS, ROLES } from "./matrices";

const ADDRESSES = { internet: ["0.0.0.0/0"], operators: ["198.51.100.0/24", "203.0.113.7/32"] };
const PARTIES: readonly Party[] = [...ROLES, ...BALANCER_NAMES, ...INTERFACE_ENDPOINTS, "internet", "operators", "s3"];
const OUTSIDE: ReadonlySet<Party> = new Set<Party>(["internet", "operators", "s3"]);

/** What the groups allow, evaluated from the rules alone: the sender's group must let out and the receiver's must let in. */
function allowed(rules: readonly SecurityGroupRule[]): Set<string> {
  const one = (holder: Party, direction: "in" | "out", other: Party, protocol: string, port: number) =>
    OUTSIDE.has(holder) ||
    rules.some(
      (rule) =>
        rule.holder === holder &&
        rule.direction === direction &&
        rule.protocol === protocol &&
        rule.port === port &&
        matches(rule, other),
    );
  return triples(
    (from, to, protocol, port) => one(from, "out", to, protocol, port) && one(to, "in", from, protocol, port),
  );
}

function matches({ peer }: SecurityGroupRule, party: Party): boolean {
  if (peer.kind === "group") return peer.holder === party;
  if (peer.kind === "prefix-list") return party === "s3";
  // S3's addresses are public too, and the internet is more than the operators.
  if (peer.cidr === "0.0.0.0/0") return OUTSIDE.has(party);
  return party === "operators";
}

/** What the matrix declares, read from its rows without the program's own expansion. */
function declared(rows: readonly Row[]): Set<string> {
  const hops = rows.flatMap(({ from, to, via, protocol, ports }) =>
    ports.flatMap((port) =>
      via === undefined
        ? [{ from, to, protocol, port }]
        : [
            { from, to: via, protocol, port },
            { from: via, to, protocol, port },
          ],
    ),
  );
  const same = (named: Party, party: Party) => named === party || (named === "internet" && OUTSIDE.has(party));
  return triples((from, to, protocol, port) =>
    hops.some((hop) => same(hop.from, from) && same(hop.to, to) && hop.protocol === protocol && hop.port === port),
  );
}

function triples(holds: (from: Party, to: Party, protocol: string, port: number) => boolean): Set<string> {
  const found = new Set<string>();
  for (const from of PARTIES)
    for (const to of PARTIES)
      for (const protocol of ["tcp", "udp"])
        for (const port of PORTS) {
          if (OUTSIDE.has(from) && OUTSIDE.has(to)) continue;
          if (holds(from, to, protocol, port)) found.add(`${from} -> ${to} ${protocol}/${port}`);
        }
  return found;
}

describe("security group rules", () => {
  it("allow exactly what the matrix declares, for any matrix (M4, M13)", () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        assert.deepEqual(allowed(securityGroupRules(expand(rows), ADDRESSES)), declared(rows));
      }),
      { numRuns: 60 },
    );
  });

  it("have unique names, and no two say the same: AWS refuses duplicates", () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const rules = securityGroupRules(expand(rows), ADDRESSES);
        assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
        const contents = rules.map(({ holder, direction, peer, protocol, port }) =>
          JSON.stringify({ holder, direction, peer, protocol, port }),
        );
        assert.equal(new Set(contents).size, rules.length);
      }),
    );
  });

  it("let nobody but relay and mailbox into the database, and the bastion only during maintenance (M1)", () => {
    const into = (maintenance: boolean) =>
      securityGroupRules(expand(matrix({ maintenance, operators: [] })), ADDRESSES)
        .filter(({ holder }) => holder === "database")
        .map(({ name }) => name);
    const always = ["database-in-tcp-5432-from-relay", "database-in-tcp-5432-from-mailbox"];
    assert.deepEqual(into(false), always);
    assert.deepEqual(into(true), ["database-in-tcp-5432-from-bastion", ...always]);
  });

  it("let only the relay reach SES's endpoint, and only on the submission port (M7)", () => {
    const rules = securityGroupRules(expand(matrix({ maintenance: true, operators: [] })), ADDRESSES);
    assert.deepEqual(
      rules.filter(({ holder }) => holder === "email-smtp").map(({ name }) => name),
      ["email-smtp-in-tcp-587-from-relay"],
    );
  });

  it("give each block of operators a rule named after it, not after its place", () => {
    const names = securityGroupRules(expand(matrix({ maintenance: false, operators: ADDRESSES.operators })), ADDRESSES)
      .filter(({ holder, direction }) => holder === "bastion-nlb" && direction === "in")
      .map(({ name }) => name);
    assert.deepEqual(names, [
      "bastion-nlb-in-tcp-22-from-operators-198.51.100.0-24",
      "bastion-nlb-in-tcp-22-from-operators-203.0.113.7-32",
    ]);
  });

  it("describe themselves in the characters that AWS takes", () => {
    const [row] = matrix({ maintenance: false, operators: [] });
    assert.ok(row);
    const purpose = `"quoted" \u51fa\u5cf6 ${"x".repeat(300)}`;
    for (const { description } of securityGroupRules(expand([{ ...row, purpose }]), ADDRESSES)) {
      assert.match(description, /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    }
  });
});
