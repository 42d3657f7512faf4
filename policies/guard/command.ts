import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../command-line/bad-input";
import { paintFor } from "../command-line/paint";
import { type Surroundings, textOf } from "../command-line/surroundings";
import { cataloguePage } from "../rules/catalogue-page";
import type { Rule } from "../rules/rule";
import { BadConfiguration } from "../rules/settings";
import { parseJson } from "../stack-source/document";
import { resourcesOf } from "../stack-source/stack-source";
import { type Configured, configuredRules } from "./configuration";
import { HELP } from "./help";
import { jsonReport } from "./json-report";
import { junitReport } from "./junit-report";
import { type Options, parseOptions } from "./options";
import { countsOf, judge, type Report } from "./report";
import { sarifReport } from "./sarif-report";
import { summary, textReport } from "./text-report";

/** What the guard touches of the world besides what every command does. */
export interface GuardSurroundings extends Surroundings {
  readonly rules: readonly Rule[];
  /** Of the pack. */
  readonly version: string;
  /** As 2027-03-31, in UTC. */
  readonly today: string;
}

/** `npm run guard`: 0 nothing mandatory found, 1 something is, 2 bad input. Throws only what is a fault of its own. */
export async function guard(args: readonly string[], surroundings: GuardSurroundings): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === "help") {
      surroundings.out(HELP);
      return 0;
    }
    if (options === "rules") {
      surroundings.out(`${cataloguePage(surroundings.rules)}\n`);
      return 0;
    }
    return await judged(options, surroundings);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    surroundings.err(`${error.problems.join("\n")}\n`);
    return 2;
  }
}

async function judged(options: Options, surroundings: GuardSurroundings): Promise<number> {
  const { out, isTerminal, env, folder, today } = surroundings;
  // Before the resources: a state takes seconds to export.
  const rules = await configured(options, surroundings);
  checkTarget(options.out, folder);
  const { resources, source } = await resourcesOf(options, surroundings);
  const project = relativeTo(folder, options.project);
  const report = judge({ resources, source, file: fileOf(options, folder), project }, rules, today);
  const paint = paintFor(isTerminal, env);
  if (options.out === undefined) out(textOfReport(report, options, surroundings));
  else {
    await write(options.out, textOfReport(report, options, { ...surroundings, isTerminal: false }), folder);
    out(`${summary(report, paint)} The report: ${options.out}\n`);
  }
  return countsOf(report).mandatory > 0 ? 1 : 0;
}

function textOfReport(report: Report, { format }: Options, { isTerminal, env, version }: GuardSurroundings): string {
  switch (format) {
    case "text":
      return `${textReport(report, paintFor(isTerminal, env))}\n`;
    case "json":
      return `${JSON.stringify(jsonReport(report), null, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarifReport(report, version), null, 2)}\n`;
    case "junit":
      return junitReport(report);
  }
}

async function configured({ config }: Options, surroundings: GuardSurroundings): Promise<readonly Configured[]> {
  const { rules } = surroundings;
  if (config === undefined) return configuredRules(rules, {});
  const name = config === "-" ? "standard input" : config;
  const text = await textOf("--config", config, surroundings);
  // As the engine has it: an empty file says nothing.
  const json = text.trim() === "" ? {} : parseJson(text, { option: "--config", name });
  try {
    return configuredRules(rules, json);
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    throw new BadInput(error.problems.map((problem) => `--config: ${name}: ${problem}`));
  }
}

/** The file that stands for the stack where no line of the program is told. */
function fileOf({ state, plan, project }: Options, folder: string): string {
  const file = plan ?? state;
  return relativeTo(folder, file === undefined || file === "-" ? `${project}/Pulumi.yaml` : file);
}

/** With "/", and "" for the folder itself. */
function relativeTo(folder: string, file: string): string {
  return relative(folder, resolve(folder, file)).split(sep).join("/");
}

function checkTarget(out: string | undefined, folder: string): void {
  if (out === undefined) return;
  const file = isAbsolute(out) ? out : resolve(folder, out);
  if (!existsSync(dirname(file)))
    throw new BadInput([`--out: there is no folder ${dirname(out)} to write ${out} into`]);
  if (existsSync(file) && statSync(file).isDirectory()) throw new BadInput([`--out: ${out} is a folder`]);
}

async function write(out: string, text: string, folder: string): Promise<void> {
  try {
    await writeFileAtomic(resolve(folder, out), text);
  } catch (error) {
    throw new BadInput([`--out: ${out} can't be written: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
