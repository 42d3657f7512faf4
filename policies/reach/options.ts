import { parseArgs } from "node:util";
import { BadInput, didYouMean } from "./bad-input";
import { nearest } from "./nearest";
import type { World } from "./stack-state";

export type Expectation = "reachable" | "blocked";

export interface Options {
  readonly stack?: { readonly name: string; readonly world: World };
  readonly state?: string;
  readonly plan?: string;
  /** Folder of the Pulumi project. */
  readonly project: string;
  readonly question:
    | { readonly kind: "one"; readonly raw: Readonly<Record<string, unknown>> }
    | { readonly kind: "many"; readonly file: string }
    | { readonly kind: "all" };
  readonly json: boolean;
  readonly expect?: Expectation;
}

const definitions = {
  stack: { type: "string", short: "s" },
  offline: { type: "boolean" },
  online: { type: "boolean" },
  cwd: { type: "string", short: "C" },
  state: { type: "string" },
  plan: { type: "string" },
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
  const given = wordsOf(args, problems);
  if (given.has("help")) return "help";
  const question = questionOf(given, problems);
  checkNetwork(given, problems);
  const expect = expectationOf(given.get("expect"), problems);
  if (expect !== undefined && given.has("all")) problems.push("--expect: it is for a question, not for --all");
  if (problems.length > 0 || question === undefined) throw new BadInput([...problems, "--help shows the options."]);
  const [stack, state, plan] = [given.get("stack"), given.get("state"), given.get("plan")];
  const world = given.has("offline") ? "offline" : given.has("online") ? "online" : "either";
  return {
    ...(stack === undefined ? {} : { stack: { name: stack, world } }),
    ...(state === undefined ? {} : { state }),
    ...(plan === undefined ? {} : { plan }),
    project: given.get("cwd") ?? ".",
    question,
    json: given.has("json"),
    ...(expect === undefined ? {} : { expect }),
  };
}

function isName(word: string): word is Name {
  return word in definitions;
}

/** The options with their values; of a switch, "". */
function wordsOf(args: readonly string[], problems: string[]): ReadonlyMap<Name, string> {
  const given = new Map<Name, string>();
  const { tokens } = parseArgs({
    args: [...args],
    options: definitions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    // The value of an option that doesn't exist is no problem of its own.
    if (token.kind === "positional" && before?.kind === "option" && !isName(before.name)) return;
    if (token.kind === "positional") problems.push(`${token.value}: no option stands before it`);
    if (token.kind !== "option") return;
    const { name, rawName, value } = token;
    if (!isName(name)) {
      const near = nearest(name, Object.keys(definitions));
      problems.push(`${rawName}: there is no such option.${didYouMean(near === undefined ? undefined : `--${near}`)}`);
    } else if (definitions[name].type === "boolean") {
      if (value === undefined) given.set(name, "");
      else problems.push(`${rawName}: it takes no value, here ${value}`);
    } else if (value === undefined || value === "" || (value.startsWith("--") && !token.inlineValue)) {
      problems.push(`${rawName}: its value is missing`);
    } else if (given.has(name)) problems.push(`${rawName}: given twice`);
    else given.set(name, value);
  });
  return given;
}

function questionOf(given: ReadonlyMap<Name, string>, problems: string[]): Options["question"] | undefined {
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

function checkNetwork(given: ReadonlyMap<Name, string>, problems: string[]): void {
  if (!given.has("stack") && !given.has("state") && !given.has("plan")) {
    problems.push("no network: give --stack NAME, --state FILE or --plan FILE");
  }
  if (given.has("stack") && given.has("state"))
    problems.push("--state: --stack already names a state; give one of them");
  if (given.has("offline") && given.has("online")) problems.push("--online: --offline already says the opposite");
  for (const name of ["offline", "online", "cwd"] as const) {
    if (given.has(name) && !given.has("stack")) problems.push(`--${name}: it is about --stack, which is missing`);
  }
  const fromInput = (["state", "plan", "queries"] as const).filter((name) => given.get(name) === "-");
  if (fromInput.length > 1) {
    problems.push(`--${fromInput.join(" - and --")} -: standard input can be only one of them`);
  }
}

function expectationOf(text: string | undefined, problems: string[]): Expectation | undefined {
  if (text === undefined || text === "reachable" || text === "blocked") return text;
  problems.push(
    `--expect: reachable or blocked is wanted, here ${text}.${didYouMean(nearest(text, ["reachable", "blocked"]))}`,
  );
  return undefined;
}
