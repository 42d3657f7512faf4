import { parseBlock } from "./addresses";
import { internet, nat64, unknownVpcSpace } from "./axioms";
import type { IntervalSet } from "./interval-set";
import type { Resource, Value } from "./resources";

/**
 * Addresses between two borders of blocks that some resource names fare alike: each such block, and so each rule and route, has either all of them
 * or none.
 */
export class AddressCells {
  private constructor(private readonly borders: readonly bigint[]) {}

  /** Every text that is a block or an address cuts, wherever it stands: a list of the properties that matter could miss one. */
  static cutBy(resources: Iterable<Resource>): AddressCells {
    const texts = new Set<string>();
    for (const { props } of resources) for (const value of Object.values(props)) collect(value, texts);
    const sets = [...texts].flatMap((text) => parseBlock(text)?.addresses ?? []);
    const borders = [...sets, internet, unknownVpcSpace, nat64].flatMap(({ intervals }) =>
      intervals.flatMap(({ low, high }) => [low, high + 1n]),
    );
    return new AddressCells([...new Set(borders)].sort((a, b) => (a < b ? -1 : 1)));
  }

  /** The same text for sets that fare alike: where each of their intervals lies, and its ends where a border cuts it. */
  signature({ intervals }: IntervalSet): string {
    return intervals
      .map(({ low, high }) => {
        const cell = this.cellOf(low);
        return cell === this.cellOf(high) ? `#${cell}` : `${low}-${high}`;
      })
      .join();
  }

  /** How many borders lie at or below the address. */
  private cellOf(address: bigint): number {
    let [from, to] = [0, this.borders.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.borders[middle] ?? 0n) <= address) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

const looksLikeBlock = /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*)(?:\/[0-9]{1,3})?$/i;

function collect(value: Value, texts: Set<string>): void {
  if (typeof value === "string") {
    if (looksLikeBlock.test(value)) texts.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value as Readonly<Record<string, Value>>)) collect(each, texts);
  }
}
