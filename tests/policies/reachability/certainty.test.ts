import assert from "node:assert/strict";
import { all, any, type Certainty, certaintyOf, not, whichever } from "../../../policies/reachability/certainty";
import { UNKNOWN, type Value } from "../../../policies/reachability/resources";

const answers = ["yes", "no", "perhaps"] as const;
/** What an answer may turn out to be. */
const truths = (answer: Certainty): readonly boolean[] => (answer === "perhaps" ? [true, false] : [answer === "yes"]);
const answerOf = (outcomes: readonly boolean[]): Certainty =>
  outcomes.every(Boolean) ? "yes" : outcomes.some(Boolean) ? "perhaps" : "no";

describe("certainty", () => {
  it("is a switch's, what isn't set being off", () => {
    const values: readonly Value[] = [true, "true", false, "false", undefined, null, UNKNOWN];
    const read = values.map(certaintyOf);
    assert.deepEqual(read, ["yes", "yes", "no", "no", "no", "no", "perhaps"]);
  });

  for (const a of answers) {
    for (const b of answers) {
      it(`combines ${a} and ${b} as every outcome of the open ones says`, () => {
        const outcomes = (combine: (x: boolean, y: boolean) => boolean) =>
          answerOf(truths(a).flatMap((x) => truths(b).map((y) => combine(x, y))));
        assert.equal(
          any(a, b),
          outcomes((x, y) => x || y),
        );
        assert.equal(
          all(a, b),
          outcomes((x, y) => x && y),
        );
        assert.equal(whichever([a, b]), answerOf([...truths(a), ...truths(b)]));
      });
    }
  }

  for (const answer of answers) {
    it(`turns ${answer} around as every outcome of an open one says`, () => {
      assert.equal(not(answer), answerOf(truths(answer).map((truth) => !truth)));
    });
  }

  it("of nothing: any is no, all is yes, one of them isn't known", () => {
    assert.deepEqual([any(), all(), whichever([])], ["no", "yes", "perhaps"]);
  });
});
