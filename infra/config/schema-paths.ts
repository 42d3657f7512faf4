import { z } from "zod";
import type { Advice } from "./advised";

/** The names that an object of the schema knows; none where the path leads to something else. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const object = plain(schemasTo(schema, path).at(-1));
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

/** What the schema says about a place: the advice of the innermost schema on the way that has some. */
export function adviceAt(schema: z.ZodType, path: readonly PropertyKey[]): Advice {
  const fallback = { limit: "another kind of value is expected", remedy: "See the comments in Pulumi.dev.yaml." };
  const [advice = fallback] = schemasTo(schema, path)
    .reverse()
    .flatMap((step) => adviceOf(step));
  return advice;
}

function schemasTo(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  const steps: z.ZodType[] = [schema];
  for (const key of path) {
    const inner = plain(steps.at(-1));
    const next = inner instanceof z.ZodObject ? memberOf(inner, String(key)) : elementOf(inner);
    if (!(next instanceof z.ZodType)) break;
    steps.push(next);
  }
  return steps;
}

function memberOf(object: z.ZodObject, key: string): unknown {
  const shape: Record<string, unknown> = object.shape;
  return shape[key];
}

function elementOf(schema: unknown): unknown {
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

/** A schema without the defaults around it. */
function plain(schema: unknown): unknown {
  return wraps(schema) ? plain(schema.unwrap()) : schema;
}

function adviceOf(schema: unknown): Advice[] {
  if (!(schema instanceof z.ZodType)) return [];
  const { limit, remedy } = schema.meta() ?? {};
  if (typeof limit === "string" && typeof remedy === "string") return [{ limit, remedy }];
  return wraps(schema) ? adviceOf(schema.unwrap()) : [];
}

function wraps(schema: unknown): schema is z.ZodDefault | z.ZodPrefault | z.ZodOptional {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
}
