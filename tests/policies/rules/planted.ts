import assert from "node:assert/strict";
import fc from "fast-check";
import type { z } from "zod";
import type { Resource } from "../../../policies/reachability/resources";
import type { Rule } from "../../../policies/rules/rule";
import { report } from "../../../policies/verdict";
import { hide, hideOne, places, withoutDependencies } from "../hidden-values";
import { findingsOf, NotApplicable, type Stack, violations } from "../stack";

/** The heaviest of the findings: what the stack as a whole gets. */
export type Answer = "proved" | "violated" | "undetermined" | "notApplicable";

/** A stack with one thing about it, and what the rule has to say; `words` must stand in the message, deployed. */
export interface Case {
  readonly stack: () => Stack;
  readonly answer: Answer;
  /** Where it is another one on the first preview, ids unknown. */
  readonly preview?: Answer;
  readonly words?: RegExp;
  readonly config?: object;
}

export function answerOf<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  resources: readonly Resource[],
  config: object = {},
): Answer {
  const kinds = findingsOf(rule, resources, config).map(({ verdict }) => verdict.kind);
  return (["violated", "undetermined", "proved"] as const).find((kind) => kinds.includes(kind)) ?? "notApplicable";
}

const opposite: Readonly<Record<string, Answer>> = { proved: "violated", violated: "proved" };

/** Tests a rule on each case, deployed and on the first preview, and then with values hidden in every place. */
export function describePlanted<Shape extends z.ZodRawShape>(rule: Rule<Shape>, cases: Record<string, Case>): void {
  for (const [name, { stack, answer, preview = answer, words, config }] of Object.entries(cases)) {
    it(`${name}: ${answer}`, async () => {
      const found = findingsOf(rule, stack().resources(true), config);
      const said = found.flatMap(({ verdict }) => report(verdict) ?? []).join("\n");
      assert.equal(answerOf(rule, stack().resources(true), config), answer, said);
      if (words !== undefined) assert.match(said, words);
      const strict = { ...(rule.defers ? { onUndetermined: "fail" } : {}), ...config };
      const run = violations(rule, stack().resources(true), strict);
      if (answer === "notApplicable") await assert.rejects(run, NotApplicable);
      else assert.equal((await run).length > 0, answer !== "proved");
    });

    it(`${name}: ${preview} on the first preview`, () => {
      assert.equal(answerOf(rule, stack().resources(false), config), preview);
    });

    it(`${name}: never the opposite, whatever is unknown`, () => {
      const full = stack().resources(true);
      for (const shown of [full, withoutDependencies(full)]) {
        shown.forEach((resource, at) => {
          for (const path of places(resource.props)) {
            const got = answerOf(rule, hideOne(shown, at, path), config);
            assert.notEqual(got, opposite[answer], `${resource.urn} ${path.join(".")}`);
          }
        });
      }
      fc.assert(
        fc.property(fc.infiniteStream(fc.nat(3)), (dice) => {
          const hidden = full.map((resource) =>
            places(resource.props)
              .filter(() => dice.next().value === 0)
              .reduce(hide, resource),
          );
          assert.notEqual(answerOf(rule, hidden, config), opposite[answer]);
        }),
        { numRuns: 50 },
      );
    });
  }
}
