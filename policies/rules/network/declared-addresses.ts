import { z } from "zod";
import { type Declaration, internetName, type Row } from "../../communications/declaration";
import { type Block, parseBlock } from "../../reachability/addresses";
import { IntervalSet } from "../../reachability/interval-set";

/** Shorter prefixes are no list of anybody's addresses but a part of the internet. */
const shortest = { ipv4: 8, ipv6: 16 } as const;

/** A setting of blocks of addresses that belong to somebody. */
export function addressesSetting(what: string) {
  return z
    .array(
      z.string().refine((text) => blockOf(text) !== undefined, {
        error: 'a block of somebody\'s addresses is wanted, as "198.51.100.0/24"; IPv4 from /8 on, IPv6 from /16 on',
      }),
    )
    .default([])
    .describe(what);
}

/** The addresses of a setting's blocks, and those of the outsiders that begin some rows of the matrix. */
export function declaredAddresses(
  blocks: readonly string[],
  declaration: Declaration | undefined,
  isMeant: (row: Row) => boolean,
): IntervalSet {
  const rows = declaration?.rows.filter(isMeant) ?? [];
  const named = rows.flatMap(({ from }) => (from === internetName ? [] : (declaration?.outsiders[from] ?? [])));
  return [...blocks, ...named].reduce(
    (sum, text) => sum.union(blockOf(text)?.addresses ?? IntervalSet.empty),
    IntervalSet.empty,
  );
}

function blockOf(text: string): Block | undefined {
  const block = parseBlock(text);
  if (block === undefined) return undefined;
  return block.prefix >= shortest[text.includes(":") ? "ipv6" : "ipv4"] ? block : undefined;
}
