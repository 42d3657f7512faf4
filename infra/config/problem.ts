import { RunError } from "@pulumi/pulumi";

/** One thing that is wrong with the configuration. */
export interface Problem {
  /** Where: `vpcs[0].cidrBlock`. */
  readonly path: string;
  /** What stands there; undefined when nothing does. */
  readonly value: unknown;
  /** What is allowed there. */
  readonly limit: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Every problem of a configuration at once, so that nobody mends one to meet the next. Pulumi prints a RunError's message only; it has no
 * stack, as the mistake isn't in the program, and as Node.js 20 takes half a minute to colour a stack with Pulumi's own lines in it.
 */
export class ConfigurationError extends RunError {
  readonly #problems: readonly Problem[];

  public constructor(problems: readonly Problem[]) {
    super([`The configuration has ${count(problems.length)}:`, ...problems.map(describe)].join("\n"));
    this.name = "ConfigurationError";
    this.stack = this.message;
    this.#problems = problems;
  }

  public get problems(): readonly Problem[] {
    return this.#problems;
  }
}

export function pathOf(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    return path === "" ? String(segment) : `${path}.${String(segment)}`;
  }, "");
}

function describe(problem: Problem): string {
  const value = problem.value === undefined ? "nothing" : JSON.stringify(problem.value);
  return `  ${problem.path}: ${value}; ${problem.limit}. ${problem.remedy}`;
}

function count(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`;
}
