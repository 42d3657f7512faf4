import assert from "node:assert/strict";
import fc from "fast-check";
import { type Exemption, matches, sortByExemptions } from "../../policies/exemptions";

const of = (resource: string, expires = "2027-03-31"): Exemption => ({
  resource,
  expires,
  reason: "why",
  owner: "who",
});
const today = "2027-01-01";
const on = (urn: string | undefined) => ({ urn });

describe("the resources that an exemption names", () => {
  const cases: readonly (readonly [string, string | undefined, boolean])[] = [
    ["urn:a::b", "urn:a::b", true],
    ["urn:a", "urn:a::b", false],
    ["*", "urn:a::b", true],
    ["urn:*::b", "urn:x$y/z::b", true],
    ["*::b", "urn:a::b::c", false],
    ["urn:*", "x urn:a", false],
    ["a*b*a", "aba", true],
    ["a*a", "a", false],
    ["ab*bc", "abc", false],
    ["a.c", "abc", false],
    ["", "a", false],
    ["*", undefined, true],
    ["**", undefined, true],
    ["a*", undefined, false],
  ];
  for (const [pattern, urn, expected] of cases) {
    it(`${JSON.stringify(pattern)} ${expected ? "matches" : "doesn't match"} ${urn ?? "the stack as a whole"}`, () => {
      assert.equal(matches(pattern, urn), expected);
    });
  }

  it("are those that a regular expression with .* for * matches", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ":", ".", "*"), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, urn) => {
        const escaped = pattern.replaceAll(".", "\\.").replaceAll("*", ".*");
        assert.equal(matches(pattern, urn), new RegExp(`^${escaped}$`).test(urn));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("findings under exemptions", () => {
  it("stand unless one in force covers them", () => {
    const { standing, exempted } = sortByExemptions([on("a"), on("b"), on(undefined)], [of("a")], today);
    assert.deepEqual(
      standing.map(({ finding }) => finding.urn),
      ["b", undefined],
    );
    assert.deepEqual(
      exempted.map(({ finding }) => finding.urn),
      ["a"],
    );
  });

  it("are exempted to the end of the last day", () => {
    assert.equal(sortByExemptions([on("a")], [of("a", today)], today).exempted.length, 1);
    assert.equal(sortByExemptions([on("a")], [of("a", "2026-12-31")], today).exempted.length, 0);
  });

  it("say which exemption would cover them if it weren't over", () => {
    const over = of("a", "2026-12-31");
    assert.deepEqual(sortByExemptions([on("a")], [over], today).standing, [{ finding: on("a"), expired: over }]);
  });

  it("take the first in force, also behind one that is over", () => {
    const [over, first, second] = [of("a", "2026-12-31"), of("*"), of("a")];
    const { exempted, uses } = sortByExemptions([on("a")], [over, first, second], today);
    assert.deepEqual(exempted, [{ finding: on("a"), exemption: first }]);
    assert.deepEqual(uses, [
      { exemption: over, state: "expired", findings: 0 },
      { exemption: first, state: "used", findings: 1 },
      { exemption: second, state: "unused", findings: 0 },
    ]);
  });

  it("are each sorted once, and no exemption changes that, however many there are", () => {
    const urn = fc.option(fc.constantFrom("a", "b", "ab"), { nil: undefined });
    const exemption = fc.record({
      resource: fc.constantFrom("a", "b", "a*", "*"),
      expires: fc.constantFrom("2026-12-31", today, "2027-01-02"),
    });
    fc.assert(
      fc.property(fc.array(urn), fc.array(exemption), (urns, shapes) => {
        const findings = urns.map(on);
        const exemptions = shapes.map(({ resource, expires }) => of(resource, expires));
        const { standing, exempted, uses } = sortByExemptions(findings, exemptions, today);
        const sorted = new Set([...standing, ...exempted].map(({ finding }) => finding));
        assert.equal(sorted.size, findings.length);
        assert.equal(standing.length + exempted.length, findings.length);
        assert.ok(exempted.every(({ exemption: { expires } }) => expires >= today));
        const used = uses.filter(({ state }) => state === "used");
        assert.equal(
          used.reduce((sum, { findings: count }) => sum + count, 0),
          exempted.length,
        );
        assert.ok(
          standing.every(
            ({ finding: { urn: at } }) =>
              !exemptions.some((each) => each.expires >= today && matches(each.resource, at)),
          ),
        );
      }),
    );
  });
});
