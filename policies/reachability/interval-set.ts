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

  /** The one interval, where there is just one. */
  private get only(): Interval | undefined {
    return this.intervals.length === 1 ? this.intervals[0] : undefined;
  }

  has(value: bigint): boolean {
    return this.intervals.some(({ low, high }) => low <= value && value <= high);
  }

  union(other: IntervalSet): IntervalSet {
    if (this.isEmpty) return other;
    if (other.isEmpty) return this;
    return IntervalSet.of(...this.intervals, ...other.intervals);
  }

  overlaps(other: IntervalSet): boolean {
    if (this === other) return !this.isEmpty;
    return this.intervals.some((own) => other.intervals.some(({ low, high }) => low <= own.high && own.low <= high));
  }

  intersect(other: IntervalSet): IntervalSet {
    if (this === other) return this;
    const [own, theirs] = [this.only, other.only];
    // One interval each, the common case: where one holds the other, that one itself, so that equal sets stay one object.
    if (own !== undefined && theirs !== undefined) {
      if (own.low > theirs.high || theirs.low > own.high) return IntervalSet.empty;
      if (own.low <= theirs.low && own.high >= theirs.high) return other;
      if (theirs.low <= own.low && theirs.high >= own.high) return this;
    }
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
    if (this === other) return IntervalSet.empty;
    const [own, cut] = [this.only, other.only];
    if (own !== undefined && cut !== undefined) {
      if (own.low > cut.high || cut.low > own.high) return this;
      if (cut.low <= own.low && cut.high >= own.high) return IntervalSet.empty;
    }
    const rest: Interval[] = [];
    let at = 0;
    for (const { low, high } of this.intervals) {
      // Both are sorted: what ends below this interval ends below all that follow.
      while ((other.intervals[at]?.high ?? low) < low) at += 1;
      let from = low;
      for (let next = at; from <= high; next += 1) {
        const gap = other.intervals[next];
        if (gap === undefined || gap.low > high) {
          rest.push({ low: from, high });
          break;
        }
        if (gap.low > from) rest.push({ low: from, high: gap.low - 1n });
        from = gap.high + 1n;
      }
    }
    return rest.length === 0 ? IntervalSet.empty : new IntervalSet(rest);
  }

  equals(other: IntervalSet): boolean {
    return (
      this.intervals.length === other.intervals.length &&
      this.intervals.every(({ low, high }, at) => low === other.intervals[at]?.low && high === other.intervals[at].high)
    );
  }
}
