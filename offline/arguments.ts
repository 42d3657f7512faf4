/** What the launcher reads of a Pulumi command line. Everything else is passed through as it is. */
export interface CliArguments {
  /** The command word, e.g. "up"; undefined for bare options. Aliases stay as they were typed. */
  command: string | undefined;
  /** Position of the command word in the arguments. */
  commandIndex: number;
  /** The word after it, where it isn't an option: the subcommand of `stack`, `config`, `policy`. */
  subcommand: string | undefined;
  /** Value of -s/--stack. */
  stack: string | undefined;
  /** Value of -C/--cwd. */
  cwd: string | undefined;
  /** Whether --config-file is given. */
  configFile: boolean;
  /** Whether -h/--help is given. */
  help: boolean;
}

/** Options of every command that take the next word as their value; the others there are switches. */
const GLOBAL_WITH_VALUE = new Set([
  "-C",
  "--cwd",
  "--color",
  "--tracing",
  "--profiling",
  "--memprofilerate",
  "-v",
  "--verbose",
]);

/** The value of an option in any of Pulumi's spellings: `-s dev`, `-sdev`, `-s=dev`, `--stack dev`, `--stack=dev`. The last one counts. */
function valueOf(words: readonly string[], short: string, long: string): string | undefined {
  let value: string | undefined;
  words.forEach((word, index) => {
    if (word === short || word === long) value = words[index + 1];
    else if (word.startsWith(`${long}=`)) value = word.slice(long.length + 1);
    else if (word.startsWith(short) && !word.startsWith("--")) value = word.slice(short.length).replace(/^=/, "");
  });
  return value;
}

function commandAt(words: readonly string[]): number {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("-")) return index;
    if (GLOBAL_WITH_VALUE.has(word)) index++;
  }
  return -1;
}

/** Reads the arguments up to `--`. */
export function parseArguments(args: readonly string[]): CliArguments {
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  const commandIndex = commandAt(words);
  const next = commandIndex === -1 ? undefined : words[commandIndex + 1];
  return {
    command: words[commandIndex],
    commandIndex,
    subcommand: next === undefined || next.startsWith("-") ? undefined : next,
    stack: valueOf(words, "-s", "--stack"),
    cwd: valueOf(words, "-C", "--cwd"),
    configFile: words.some((word) => word === "--config-file" || word.startsWith("--config-file=")),
    help: words.includes("-h") || words.includes("--help"),
  };
}
