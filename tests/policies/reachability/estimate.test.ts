import assert from "node:assert/strict";
import fc from "fast-check";
import {
  anything,
  exactly,
  intersect,
  nothing,
  oneOf,
  perhaps,
  subtract,
  union,
  when,
} from "../../../policies/reachability/estimate";
import { Traffic } from "../../../policies/reachability/traffic";
import { traffic } from "./small-traffic";

describe("estimates", () => {
  const estimate = fc
    .tuple(traffic, traffic)
    .map(([a, b]) => ({ must: a.intersect(b), may: a.union(b), unknowns: [] }));
  /** Any set that the estimate leaves possible. */
  const truth = (of: { must: Traffic; may: Traffic }, choice: Traffic) => of.must.union(of.may.intersect(choice));

  it("hold whatever the truth turns out to be", () => {
    fc.assert(
      fc.property(estimate, estimate, traffic, traffic, (a, b, first, second) => {
        const [x, y] = [truth(a, first), truth(b, second)];
        const holds = (found: { must: Traffic; may: Traffic }, real: Traffic) => {
          assert.ok(found.must.isSubsetOf(real) && real.isSubsetOf(found.may));
        };
        holds(union(a, b), x.union(y));
        holds(intersect(a, b), x.intersect(y));
        holds(subtract(a, b), x.subtract(y));
        holds(oneOf([a, b]), x);
        holds(oneOf([a, b]), y);
        holds(perhaps(a), Traffic.none);
        holds(perhaps(a), x);
        holds(exactly(x), x);
      }),
      { numRuns: 40 },
    );
  });

  it("keep what is certain certain, and alike in all alternatives too", () => {
    fc.assert(
      fc.property(traffic, traffic, (a, b) => {
        const both = oneOf([exactly(a), exactly(b)], "which");
        assert.ok(a.intersect(b).isSubsetOf(both.must) && both.must.isSubsetOf(a.intersect(b)));
        assert.equal(oneOf([exactly(a)], "which").unknowns.length, 0);
      }),
      { numRuns: 40 },
    );
    assert.equal(oneOf([], "which"), nothing);
  });

  it("name each unknown once", () => {
    const known = { ...anything, unknowns: ["a"] };
    assert.deepEqual(union(known, perhaps(anything, "b"), known).unknowns, ["a", "b"]);
    assert.deepEqual(intersect(known, perhaps(anything, "b")).unknowns, ["a", "b"]);
    assert.deepEqual(subtract(known, perhaps(anything, "a")).unknowns, ["a"]);
    assert.deepEqual(oneOf([known, anything], "b").unknowns, ["a", "b"]);
  });

  it("turn an answer into all, nothing, or perhaps all", () => {
    assert.equal(when("yes", "it"), anything);
    assert.equal(when("no", "it"), nothing);
    assert.deepEqual(when("perhaps", "it"), { must: Traffic.none, may: Traffic.all, unknowns: ["it"] });
  });

  it("stay as they are where there is nothing to combine", () => {
    const known = { ...anything, unknowns: ["a"] };
    assert.equal(oneOf([known], "which"), known);
    assert.equal(subtract(known, anything).unknowns, known.unknowns);
    assert.deepEqual([union(), intersect()], [nothing, anything]);
    assert.deepEqual(perhaps(known, "b").unknowns, ["a", "b"]);
    assert.deepEqual([nothing.unknowns, anything.unknowns], [[], []]);
  });

  it("are certain of the rest when something certain is taken away", () => {
    fc.assert(
      fc.property(traffic, traffic, (a, b) => {
        const { must, may } = subtract(exactly(a), exactly(b));
        assert.ok(a.subtract(b).isSubsetOf(must) && may.isSubsetOf(a.subtract(b)));
      }),
      { numRuns: 20 },
    );
  });
});
