import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import { type Exemption, exemptionSchema } from "../exemptions";
import { nearest } from "../command-line/nearest";
import type { Rule } from "./rule";

/** A rule's configuration that can't be used: every problem at once, each with where it is, what is wrong and what to do. */
export class BadConfiguration extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "BadConfiguration";
    // The SDK shows an error's stack, and this is no fault of the pack.
    this.stack = this.message;
  }
}

const failOrWarn = 'What an answer that can\'t be known does: "fail" like a violation, or "warn" on the pack\'s log.';
const failDeferOrWarn =
  'What an answer that can\'t be known does: "fail" like a violation; "defer" warns in the preview where only the deployment can ' +
  "tell, and fails in the end of `up` if it doesn't hold then; \"warn\" on the pack's log.";

const exemptions = z.array(exemptionSchema).default([]).describe("Findings of this rule that are accepted for a time.");

function sharedBy({ defers, defersByDefault }: Rule) {
  return {
    onUndetermined: defers
      ? z
          .enum(["fail", "defer", "warn"])
          .default(defersByDefault ? "defer" : "fail")
          .describe(failDeferOrWarn)
      : z.enum(["fail", "warn"]).default("fail").describe(failOrWarn),
    exemptions,
  };
}

/** What every rule can be told. */
export interface SharedSettings {
  /** "defer" only where the rule defers. */
  readonly onUndetermined: "fail" | "defer" | "warn";
  readonly exemptions: readonly Exemption[];
}

function schemaOf(rule: Rule): z.ZodObject {
  return z.strictObject({ ...rule.settings, ...sharedBy(rule) });
}

/** What the engine checks a rule's configuration against before anything runs, and Pulumi Cloud makes its form of. */
export function configSchemaOf(rule: Rule): PolicyConfigSchema {
  const { properties = {} } = z.toJSONSchema(schemaOf(rule), {
    io: "input",
    override: ({ jsonSchema }) => {
      // The engine's message on a pattern shows the pattern; a format says as much in a word.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return { properties: properties as PolicyConfigSchema["properties"] };
}

/**
 * A rule's settings with the defaults filled in. The engine has checked types by then, but passes names that no setting has; the command line
 * has no engine.
 *
 * @throws BadConfiguration
 */
export function settingsOf<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  configuration: object,
): z.output<z.ZodObject<Shape>> & SharedSettings {
  const schema = schemaOf(rule);
  const result = schema.safeParse(configuration);
  if (result.success) return result.data as z.output<z.ZodObject<Shape>> & SharedSettings;
  throw new BadConfiguration(
    result.error.issues.flatMap((issue) => problems(rule.id, Object.keys(schema.shape), issue)),
  );
}

function problems(rule: string, names: readonly string[], issue: z.core.$ZodIssue): readonly string[] {
  const path = [rule, ...issue.path.map(String)].join(".");
  if (issue.code !== "unrecognized_keys") return [`${path}: ${issue.message}`];
  const known = issue.path.length === 0 ? names : Object.keys(exemptionSchema.shape);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    const hint = meant === undefined ? `Its settings: ${known.join(", ")}.` : `Did you mean ${meant}?`;
    return `${path}.${key}: there is no such setting. ${hint}`;
  });
}
