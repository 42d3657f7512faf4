import { z } from "zod";

/** What the report says about a value that the schema refuses: what is allowed, and what to do. */
export interface Advice {
  readonly limit: string;
  readonly remedy: string;
}

export function advised<Schema extends z.ZodType>(schema: Schema, limit: string, remedy: string): Schema {
  return schema.meta({ limit, remedy });
}

export function whole(from: number, to: number, unit: string, remedy: string) {
  return advised(z.int().min(from).max(to), `a whole number of ${unit} from ${from} to ${to} is allowed`, remedy);
}

export const flag = (remedy: string) => advised(z.boolean(), "true or false is allowed", remedy);
