import assert from "node:assert/strict";
import fc from "fast-check";
import { type AclRule, allowedBy, decisionsOf } from "../../../policies/reachability/acl-rules";
import { exactly, type Estimate } from "../../../policies/reachability/estimate";
import { UNKNOWN } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { has, packets, traffic } from "./small-traffic";

interface Known {
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly match: Traffic;
}

const known = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 9 }),
    action: fc.constantFrom<Known["action"]>("allow", "deny"),
    match: traffic,
  }),
  { maxLength: 4, selector: ({ number }) => number },
);

const asRule = ({ number, action, match }: Known): AclRule => ({
  number,
  action,
  match: exactly(match),
  certain: true,
});

/** AWS's own words: in the order of the numbers, the first that matches; else denied. */
function isAllowed(rules: readonly Known[], packet: (typeof packets)[number]): boolean {
  const [first] = rules.filter(({ match }) => has(match, packet)).sort((a, b) => a.number - b.number);
  return first?.action === "allow";
}

const holds = ({ must, may }: Estimate, rules: readonly Known[]) => {
  for (const packet of packets) {
    const allowed = isAllowed(rules, packet);
    assert.ok(!has(must, packet) || allowed, "sure of too much");
    assert.ok(has(may, packet) || !allowed, "excludes what is");
  }
};

describe("the rules of a network ACL", () => {
  it("are decided by the first match in the order of their numbers, else denied", () => {
    fc.assert(
      fc.property(known, (rules) => {
        const { must, may } = allowedBy(rules.map(asRule));
        for (const packet of packets) assert.equal(has(must, packet), isAllowed(rules, packet));
        assert.ok(may.isSubsetOf(must));
      }),
      { numRuns: 60 },
    );
  });

  it("decide each packet once, the rest by rule *", () => {
    fc.assert(
      fc.property(known, (rules) => {
        const decisions = decisionsOf(rules.map(asRule));
        for (const packet of packets) {
          const [decision, ...others] = decisions.filter(({ traffic: { must } }) => has(must, packet));
          assert.ok(decision !== undefined && others.length === 0);
          assert.equal(decision.action === "allow", isAllowed(rules, packet));
        }
        assert.equal(decisions.at(-1)?.rule, "*");
      }),
      { numRuns: 40 },
    );
  });

  const doubts = {
    number: (rule: AclRule): AclRule => ({ ...rule, number: undefined }),
    action: (rule: AclRule): AclRule => ({ ...rule, action: UNKNOWN }),
    "what it matches": (rule: AclRule): AclRule => ({ ...rule, match: { ...rule.match, must: Traffic.none } }),
  };
  for (const [what, doubt] of Object.entries(doubts)) {
    it(`hold whatever a rule's ${what} turns out to be`, () => {
      fc.assert(
        fc.property(known, fc.nat(3), (rules, at) => {
          holds(allowedBy(rules.map((rule, index) => (index === at ? doubt(asRule(rule)) : asRule(rule)))), rules);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("hold whether the ACL has a rule or not", () => {
    fc.assert(
      fc.property(known, fc.nat(3), (rules, at) => {
        const estimate = allowedBy(rules.map((rule, index) => ({ ...asRule(rule), certain: index !== at })));
        holds(estimate, rules);
        holds(
          estimate,
          rules.filter((_, index) => index !== at),
        );
      }),
      { numRuns: 60 },
    );
  });
});
