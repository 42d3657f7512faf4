import assert from "node:assert/strict";
import fc from "fast-check";
import { type AclRule, allowedBy, decisionsOf } from "../../../policies/reachability/acl-rules";
import { exactly, type Estimate } from "../../../policies/reachability/estimate";
import { IntervalSet } from "../../../policies/reachability/interval-set";
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

  describe("say no less than they could", () => {
    const one = exactly(Traffic.where({ ports: IntervalSet.range(1, 1) }));
    const rule = (number: number | undefined, action: AclRule["action"], match = one): AclRule => ({
      number,
      action,
      match,
      certain: true,
    });

    it("a rule at an unknown place only allows, or only denies, as its action says", () => {
      assert.ok(allowedBy([rule(undefined, "deny")]).may.isEmpty);
      assert.ok(one.must.isSubsetOf(allowedBy([rule(100, "allow"), rule(undefined, "allow")]).must));
      const added = allowedBy([rule(undefined, "allow")]);
      assert.ok(added.must.isEmpty && one.may.isSubsetOf(added.may));
      const cut = allowedBy([rule(100, "allow"), rule(undefined, "deny")]);
      assert.ok(cut.must.isEmpty && one.may.isSubsetOf(cut.may));
      assert.deepEqual([added.unknowns, cut.unknowns], [["the place of an ACL rule"], ["the place of an ACL rule"]]);
    });

    it("an unknown action leaves open what the rule decides, and nothing else", () => {
      const open = allowedBy([rule(100, UNKNOWN)]);
      assert.ok(open.must.isEmpty && one.may.isSubsetOf(open.may) && open.may.isSubsetOf(one.may));
      assert.deepEqual(open.unknowns, ["the action of an ACL rule"]);
      assert.ok(allowedBy([rule(50, "deny"), rule(100, UNKNOWN)]).may.isEmpty);
      const nowhere = allowedBy([rule(100, "allow"), rule(undefined, UNKNOWN)]);
      assert.ok(nowhere.must.isEmpty && one.may.isSubsetOf(nowhere.may));
    });

    it("each decision names its rule and action", () => {
      assert.deepEqual(
        decisionsOf([rule(100, "allow"), rule(undefined, "allow"), rule(50, "deny")]).map((each) => [
          each.rule,
          each.action,
        ]),
        [
          ["50", "deny"],
          ["100", "allow"],
          ["*", "deny"],
        ],
      );
    });
  });
});
