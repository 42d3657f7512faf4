import { BadInput, didYouMean } from "../command-line/bad-input";
import { nearest } from "../command-line/nearest";
import { wordsOf } from "../command-line/words";
import {
  checkSource,
  checkStandardInput,
  sourceDefinitions,
  type SourceOptions,
  sourceOptionsOf,
} from "../stack-source/source-options";

const formats = ["text", "json", "sarif", "junit"] as const;

export type Format = (typeof formats)[number];

export interface Options extends SourceOptions {
  readonly format: Format;
  /** A file; undefined is standard output. */
  readonly out?: string;
  readonly config?: string;
}

const definitions = {
  ...sourceDefinitions,
  format: { type: "string", short: "f" },
  out: { type: "string", short: "o" },
  config: { type: "string" },
  rules: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** @throws BadInput with every problem of the command line. */
export function parseOptions(args: readonly string[]): Options | "help" | "rules" {
  const problems: string[] = [];
  const given = wordsOf(args, definitions, problems);
  if (given.has("help")) return "help";
  if (given.has("rules")) return "rules";
  checkSource(given, problems, "stack");
  checkStandardInput(given, ["state", "plan", "config"], problems);
  const format = formatOf(given.get("format") ?? "text", problems);
  if (problems.length > 0 || format === undefined) throw new BadInput([...problems, "--help shows the options."]);
  const [out, config] = [given.get("out"), given.get("config")];
  return {
    ...sourceOptionsOf(given),
    format,
    ...(out === undefined || out === "-" ? {} : { out }),
    ...(config === undefined ? {} : { config }),
  };
}

function formatOf(text: string, problems: string[]): Format | undefined {
  const format = formats.find((each) => each === text);
  if (format === undefined)
    problems.push(`--format: ${formats.join(", ")} is wanted, here ${text}.${didYouMean(nearest(text, formats))}`);
  return format;
}
