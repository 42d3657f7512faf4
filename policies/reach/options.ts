import { BadInput, didYouMean } from "../command-line/bad-input";
import { nearest } from "../command-line/nearest";
import { type Words, wordsOf } from "../command-line/words";
import {
  checkSource,
  checkStandardInput,
  sourceDefinitions,
  type SourceOptions,
  sourceOptionsOf,
} from "../stack-source/source-options";

export type Expectation = "reachable" | "blocked";

export interface Options extends SourceOptions {
  readonly question:
    | { readonly kind: "one"; readonly raw: Readonly<Record<string, unknown>> }
    | { readonly kind: "many"; readonly file: string }
    | { readonly kind: "all" };
  readonly json: boolean;
  readonly expect?: Expectation;
}

const definitions = {
  ...sourceDefinitions,
  from: { type: "string" },
  to: { type: "string" },
  "from-ip": { type: "string" },
  "to-ip": { type: "string" },
  protocol: { type: "string" },
  port: { type: "string" },
  "src-port": { type: "string" },
  queries: { type: "string" },
  all: { type: "boolean" },
  json: { type: "boolean" },
  expect: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

type Name = keyof typeof definitions;

/** By which option a field of a question is given. */
export const optionOf: Readonly<Record<string, string>> = {
  from: "--from",
  to: "--to",
  fromIp: "--from-ip",
  toIp: "--to-ip",
  protocol: "--protocol",
  srcPort: "--src-port",
  dstPort: "--port",
};

const ofOneQuestion = ["from", "to", "from-ip", "to-ip", "protocol", "port", "src-port"] as const;

/** @throws BadInput with every problem of the command line. */
export function parseOptions(args: readonly string[]): Options | "help" {
  const problems: string[] = [];
  const given = wordsOf(args, definitions, problems);
  if (given.has("help")) return "help";
  const question = questionOf(given, problems);
  checkSource(given, problems, "network");
  if (given.has("cwd") && !given.has("stack")) problems.push("--cwd: it is about --stack, which is missing");
  checkStandardInput(given, ["state", "plan", "queries"], problems);
  const expect = expectationOf(given.get("expect"), problems);
  if (expect !== undefined && given.has("all")) problems.push("--expect: it is for a question, not for --all");
  if (problems.length > 0 || question === undefined) throw new BadInput([...problems, "--help shows the options."]);
  return {
    ...sourceOptionsOf(given),
    question,
    json: given.has("json"),
    ...(expect === undefined ? {} : { expect }),
  };
}

function questionOf(given: Words<Name>, problems: string[]): Options["question"] | undefined {
  const single = ofOneQuestion.filter((name) => given.has(name));
  const kinds = [single.length > 0, given.has("queries"), given.has("all")].filter(Boolean).length;
  if (kinds > 1) problems.push("--from and --to, --queries and --all are three kinds of questions: ask one of them");
  if (kinds === 0) problems.push("no question: give --from and --to, --queries FILE or --all");
  if (given.has("all")) return { kind: "all" };
  const file = given.get("queries");
  if (file !== undefined) return { kind: "many", file };
  if (single.length === 0) return undefined;
  for (const name of ["from", "to"] as const) if (!given.has(name)) problems.push(`--${name}: it is missing`);
  const port = given.get("port");
  return {
    kind: "one",
    raw: {
      from: given.get("from"),
      to: given.get("to"),
      fromIp: given.get("from-ip"),
      toIp: given.get("to-ip"),
      protocol: given.get("protocol") ?? (port === undefined ? "any" : "tcp"),
      srcPort: numeric(given.get("src-port")),
      dstPort: numeric(port),
    },
  };
}

/** A text that is no number stays one, for the question's own check to name. */
function numeric(text: string | undefined): string | number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}

function expectationOf(text: string | undefined, problems: string[]): Expectation | undefined {
  if (text === undefined || text === "reachable" || text === "blocked") return text;
  problems.push(
    `--expect: reachable or blocked is wanted, here ${text}.${didYouMean(nearest(text, ["reachable", "blocked"]))}`,
  );
  return undefined;
}
