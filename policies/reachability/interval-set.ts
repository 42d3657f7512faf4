/** Both ends belong to it. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** A set of integers as disjoint intervals, sorted, never touching: equal sets have equal intervals. */
export class IntervalSet {
  static readonly empty = new IntervalSet([]);

  private constructor(readonly intervals: readonly Interval[]) {}

  /** Intervals in any order, overlapping or not; those with `low` above `high` are empty. */
  static of(...intervals: Interval[]): IntervalSet {
    const sorted = intervals.filter(({ low, high }) => low <= high).sort((a, b) => (a.low < b.low ? -1 : 1));
    const merged: Interval[] = [];
    for (const next of sorted) {
      const last = merged.at(-1);
      if (last !== undefined && next.low <= last.high + 1n) {
        merged[merged.length - 1] = { low: last.low, high: next.high > last.high ? next.high : last.high };
      } else merged.push(next);
    }
    return merged.length === 0 ? IntervalSet.empty : new IntervalSet(merged);
  }

  static range(low: number | bigint, high: number | bigint): IntervalSet {
    return IntervalSet.of({ low: BigInt(low), high: BigInt(high) });
  }

  get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  has(value: bigint): boolean {
    return this.intervals.some(({ low, high }) => low <= value && value <= high);
  }

  union(other: IntervalSet): IntervalSet {
    if (this.isEmpty) return other;
    if (other.isEmpty) return this;
    return IntervalSet.of(...this.intervals, ...other.intervals);
  }

  intersect(other: IntervalSet): IntervalSet {
    const found: Interval[] = [];
    let [i, j] = [0, 0];
    for (;;) {
      const [a, b] = [this.intervals[i], other.intervals[j]];
      if (a === undefined || b === undefined) return IntervalSet.of(...found);
      found.push({ low: a.low > b.low ? a.low : b.low, high: a.high < b.high ? a.high : b.high });
      if (a.high < b.high) i += 1;
      else j += 1;
    }
  }

  subtract(other: IntervalSet): IntervalSet {
    let rest: Interval[] = [...this.intervals];
    for (const cut of other.intervals) {
      rest = rest.flatMap(({ low, high }) =>
        cut.high < low || cut.low > high
          ? [{ low, high }]
          : [
              { low, high: cut.low - 1n },
              { low: cut.high + 1n, high },
            ],
      );
    }
    return IntervalSet.of(...rest);
  }

  equals(other: IntervalSet): boolean {
    return (
      this.intervals.length === other.intervals.length &&
      this.intervals.every(({ low, high }, at) => low === other.intervals[at]?.low && high === other.intervals[at].high)
    );
  }
}
