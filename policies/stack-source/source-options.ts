import type { Words } from "../command-line/words";
import type { World } from "./stack-state";

/** Which resources are meant: a stack's, a state's, or those after a plan. */
export interface SourceOptions {
  readonly stack?: { readonly name: string; readonly world: World };
  readonly state?: string;
  readonly plan?: string;
  /** Folder of the Pulumi project. */
  readonly project: string;
}

/** The options by which every command of the pack is told its resources. */
export const sourceDefinitions = {
  stack: { type: "string", short: "s" },
  offline: { type: "boolean" },
  online: { type: "boolean" },
  cwd: { type: "string", short: "C" },
  state: { type: "string" },
  plan: { type: "string" },
} as const;

type Name = keyof typeof sourceDefinitions;

/** @param what stands for the resources in "no <what>: give …". */
export function checkSource(given: Words<Name>, problems: string[], what: string): void {
  if (!given.has("stack") && !given.has("state") && !given.has("plan")) {
    problems.push(`no ${what}: give --stack NAME, --state FILE or --plan FILE`);
  }
  if (given.has("stack") && given.has("state"))
    problems.push("--state: --stack already names a state; give one of them");
  if (given.has("offline") && given.has("online")) problems.push("--online: --offline already says the opposite");
  for (const name of ["offline", "online"] as const) {
    if (given.has(name) && !given.has("stack")) problems.push(`--${name}: it is about --stack, which is missing`);
  }
}

export function sourceOptionsOf(given: Words<Name>): SourceOptions {
  const [stack, state, plan] = [given.get("stack"), given.get("state"), given.get("plan")];
  const world = given.has("offline") ? "offline" : given.has("online") ? "online" : "either";
  return {
    ...(stack === undefined ? {} : { stack: { name: stack, world } }),
    ...(state === undefined ? {} : { state }),
    ...(plan === undefined ? {} : { plan }),
    project: given.get("cwd") ?? ".",
  };
}

/** @param names of options that read a file, or standard input for "-". */
export function checkStandardInput<Given extends string>(
  given: Words<Given>,
  names: readonly Given[],
  problems: string[],
): void {
  const fromInput = names.filter((name) => given.get(name) === "-");
  if (fromInput.length > 1) {
    problems.push(`--${fromInput.join(" - and --")} -: standard input can be only one of them`);
  }
}
