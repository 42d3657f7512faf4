import type { Hop } from "../../reachability/query";

/** The hops of a path, each in a few words: a route stands as its table, followed by where it leads; a rule behind what it is a rule of. */
export function stepsOf(path: readonly Hop[]): readonly string[] {
  return path.map((hop, at) => {
    const { what, rule } = hop;
    if (rule === undefined) return what;
    const next = path[at + 1];
    const led = next === undefined ? "" : ` sends ${rule} to ${next.what}`;
    if (led !== "" && what.endsWith(led)) return what.slice(0, -led.length);
    return what.includes(rule) ? what : `${what} by rule ${rule}`;
  });
}

/** The whole way in one line: "internet → igw-1 → the public address of i-1 → …". */
export function pathText(path: readonly Hop[]): string {
  return stepsOf(path).join(" → ");
}
