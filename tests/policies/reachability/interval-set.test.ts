import assert from "node:assert/strict";
import fc from "fast-check";
import { IntervalSet } from "../../../policies/reachability/interval-set";

/** A small universe, so that membership can be asked of every value: the brute-force model of a set. */
const universe = Array.from({ length: 12 }, (_, at) => BigInt(at));
const intervalSet = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 })
  .map((pairs) =>
    IntervalSet.of(...pairs.map(([a, b]) => ({ low: BigInt(Math.min(a, b)), high: BigInt(Math.max(a, b)) }))),
  );

describe("interval sets", () => {
  const members = (set: IntervalSet) => universe.filter((value) => set.has(value));

  it("have the members that a brute-force model has", () => {
    fc.assert(
      fc.property(intervalSet, intervalSet, (a, b) => {
        assert.deepEqual(
          members(a.union(b)),
          universe.filter((value) => a.has(value) || b.has(value)),
        );
        assert.deepEqual(
          members(a.intersect(b)),
          universe.filter((value) => a.has(value) && b.has(value)),
        );
        assert.deepEqual(
          members(a.subtract(b)),
          universe.filter((value) => a.has(value) && !b.has(value)),
        );
      }),
    );
  });

  it("have one spelling: equal members, equal intervals", () => {
    fc.assert(
      fc.property(intervalSet, intervalSet, (a, b) => {
        assert.equal(a.equals(b), JSON.stringify(members(a).map(String)) === JSON.stringify(members(b).map(String)));
        assert.ok(a.union(b).equals(b.union(a)));
        assert.ok(a.subtract(a).isEmpty);
      }),
    );
  });

  it("merge what touches and drop what is empty", () => {
    const set = IntervalSet.of(
      { low: 5n, high: 6n },
      { low: 1n, high: 2n },
      { low: 3n, high: 4n },
      { low: 9n, high: 8n },
    );
    assert.deepEqual(set.intervals, [{ low: 1n, high: 6n }]);
    assert.equal(IntervalSet.of({ low: 2n, high: 1n }), IntervalSet.empty);
  });

  it("hold both ends of an interval", () => {
    const set = IntervalSet.range(2, 4n);
    assert.deepEqual(members(set), [2n, 3n, 4n]);
  });

  it("costs nothing with the empty set: the other comes back as it is", () => {
    const set = IntervalSet.range(2, 4);
    assert.equal(set.union(IntervalSet.empty), set);
    assert.equal(IntervalSet.empty.union(set), set);
    assert.ok(IntervalSet.empty.isEmpty && !set.isEmpty);
  });

  it("differ where one interval does", () => {
    const set = IntervalSet.of({ low: 1n, high: 2n }, { low: 5n, high: 6n });
    const others = [
      IntervalSet.range(1, 2),
      IntervalSet.of({ low: 1n, high: 2n }, { low: 5n, high: 7n }),
      IntervalSet.of({ low: 1n, high: 2n }, { low: 4n, high: 6n }),
      IntervalSet.of({ low: 1n, high: 2n }, { low: 5n, high: 6n }, { low: 9n, high: 9n }),
    ];
    for (const other of others) assert.ok(!set.equals(other) && !other.equals(set));
    assert.ok(set.equals(IntervalSet.of({ low: 5n, high: 6n }, { low: 1n, high: 2n })));
  });
});
