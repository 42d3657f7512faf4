/** The same numbers for the same seed, on every machine (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** One of several, each as likely as its share. */
  pick<T>(shares: readonly (readonly [share: number, value: T])[]): T {
    let left = this.below(shares.reduce((sum, [share]) => sum + share, 0));
    for (const [share, value] of shares) {
      if (left < share) return value;
      left -= share;
    }
    throw new RangeError("nothing to pick from");
  }
}
