import type { Cell } from "./matrix";
import type { Paint } from "../command-line/paint";

/** The matrix as a table, one line a pair between which something works or may; a last line counts the others. */
export function matrixTable(cells: readonly Cell[], paint: Paint): string {
  const open = cells.filter(({ works, perhaps }) => works.length > 0 || perhaps.length > 0);
  const width = (header: string, of: (cell: Cell) => string) =>
    Math.max(header.length, ...open.map((cell) => of(cell).length));
  const [from, to] = [width("from", (cell) => cell.from), width("to", (cell) => cell.to)];
  const line = (cell: Cell): string => {
    const perhaps = cell.perhaps.map((each) => paint.unsure(`${each}?`));
    return `${cell.from.padEnd(from)}  ${cell.to.padEnd(to)}  ${[...cell.works.map(paint.good), ...perhaps].join(" ")}`;
  };
  const closed = cells.length - open.length;
  const rest = open.length === 0 ? "Nothing works between any two of them" : "Between every other pair nothing works";
  const unsure = open.some(({ perhaps }) => perhaps.length > 0)
    ? [
        "?  only for some machines of the role or from some of a client's ports, or what isn't known decides: ask about the pair.",
      ]
    : [];
  return [
    ...(open.length === 0 ? [] : [paint.quiet(`${"from".padEnd(from)}  ${"to".padEnd(to)}  works, reply included`)]),
    ...open.map(line),
    ...(closed === 0 ? [] : [paint.quiet(`${rest} (${closed} of ${cells.length}).`)]),
    ...unsure,
  ].join("\n");
}
