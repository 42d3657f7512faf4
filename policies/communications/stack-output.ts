import type { z } from "zod";
import { type Resource, UNKNOWN, type Value } from "../reachability/resources";
import { type Declaration, declarationSchema } from "./declaration";

/** What is known of the matrix that a stack declares. `urn`: the stack's own resource. */
export type Declared =
  | { readonly kind: "declared"; readonly declaration: Declaration }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly urn: string }
  /** It can't be read: every problem, each with where it is. */
  | { readonly kind: "unreadable"; readonly urn: string; readonly problems: readonly string[] };

/** The token of a stack's own resource, whose outputs are those of the program. Rules see them in a preview too. */
export const stackType = "pulumi:pulumi:Stack";

const output = "communications";

/**
 * The matrix in the stack output `communications`: JSON text, or the object itself. An output of that name that is anything else is told as
 * unreadable: taken for no matrix, one slip would switch off every rule that compares with it.
 */
export function declaredBy(resources: readonly Resource[]): Declared {
  const stack = resources.find(({ type, props }) => type === stackType && props[output] !== undefined);
  const value = stack?.props[output];
  if (stack === undefined || value === undefined || value === null) return { kind: "absent" };
  const { urn } = stack;
  if (hasUnknown(value)) return { kind: "unknown", urn };
  const parsed = typeof value === "string" ? parseJson(value) : { json: value };
  if ("problem" in parsed) return { kind: "unreadable", urn, problems: [`${output}: ${parsed.problem}`] };
  const result = declarationSchema.safeParse(parsed.json);
  if (result.success) return { kind: "declared", declaration: result.data };
  return { kind: "unreadable", urn, problems: result.error.issues.flatMap(problemsOf) };
}

function parseJson(text: string): { readonly json: unknown } | { readonly problem: string } {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const path = [output, ...issue.path.map(String)].join(".");
  if (issue.code !== "unrecognized_keys") return [`${path}: ${issue.message}`];
  return issue.keys.map((key) => `${path}.${key}: a matrix has no such entry`);
}

function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(hasUnknown);
}
