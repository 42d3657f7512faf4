import type { Config } from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { z } from "zod";
import { crossCheck } from "./config/cross-checks";
import { adviceAt, keysAt } from "./config/schema-paths";
import { nearest } from "./config/nearest";
import { ConfigurationError, pathOf, type Problem } from "./config/problem";
import { schema, type Configured } from "./config/schema";

/** How many instances a role has, and of what type. */
export interface RoleSizes {
  readonly instanceType: string;
  /** Fewer than this never run, not even while instances are exchanged. */
  readonly min: number;
  readonly desired: number;
}

/**
 * The parsed configuration: every default filled in, every check passed. The schema, its limits and defaults stand in
 * `config/schema.ts`; the checks across fields in `config/cross-checks.ts`.
 */
export type Settings = Readonly<Omit<Configured, "sizes"> & { sizes: { bastion: RoleSizes; proxy: RoleSizes } }>;

export type VpcSettings = Settings["vpcs"][number];
export type AllowListEntry = Settings["allowList"][number];

/** Reads the configuration `raw`, a record of settings; throws one ConfigurationError that lists every problem. */
export function parseSettings(raw: unknown): Settings {
  const parsed = schema.safeParse(raw);
  const reported = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, raw));
  const configured = parsed.success ? parsed.data : schema.parse(without(raw, parsed.error.issues));
  const settings = withCounts(configured);
  const problems = [...reported, ...crossCheck(settings)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}

/** Reads the stack's configuration: every key of the project, so that a misspelt one is noticed too. */
export function loadSettings(config: Config): Settings {
  const prefix = `${config.name}:`;
  const own = Object.entries(allConfig()).filter(([key]) => key.startsWith(prefix));
  return parseSettings(Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), valueOf(text)])));
}

/** Pulumi hands over strings as they are and everything else as JSON. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** With no counts given there is one instance in every zone of the first VPC, and none of them may be missing for long. */
function withCounts(configured: Configured): Settings {
  const zones = configured.vpcs.map(({ azs }) => (typeof azs === "number" ? azs : azs.length));
  const fill = (sizes: Configured["sizes"]["bastion"]): RoleSizes => {
    const desired = sizes.desired ?? Math.max(...zones, sizes.min ?? 0);
    return { instanceType: sizes.instanceType, desired, min: sizes.min ?? desired };
  };
  return { ...configured, sizes: { bastion: fill(configured.sizes.bastion), proxy: fill(configured.sizes.proxy) } };
}

/** What can still be checked: settings with a problem of their own are taken out, and their defaults stand in. */
function without(raw: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  const bad = new Set(issues.map((issue) => issue.path[0]));
  const known = keysAt(schema, []);
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !bad.has(key) && known.includes(key)));
}

function problemsOf(issue: z.core.$ZodIssue, raw: unknown): Problem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: pathOf(issue.path), value: at(raw, issue.path), ...adviceAt(schema, issue.path) }];
  }
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return {
      path: pathOf([...issue.path, key]),
      value: at(raw, [...issue.path, key]),
      limit: `there is no such setting; known here: ${known.join(", ")}`,
      remedy: meant === undefined ? "Remove it." : `Did you mean ${meant}?`,
    };
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
