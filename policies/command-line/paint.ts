/** Colours of a terminal; each function leaves the text as it is where there is none. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const sgr =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;
const plain = (text: string): string => text;

/** On a terminal, unless NO_COLOR is set to anything (no-color.org). */
export function paintFor(isTerminal: boolean, env: NodeJS.ProcessEnv): Paint {
  const colours = isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return colours
    ? { good: sgr(32), bad: sgr(31), unsure: sgr(33), quiet: sgr(2) }
    : { good: plain, bad: plain, unsure: plain, quiet: plain };
}
