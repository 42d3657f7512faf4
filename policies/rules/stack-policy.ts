import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { z } from "zod";
import { stackType } from "../communications/stack-output";
import { readPolicyResources } from "../policy-resources";
import { StackModel } from "../stack-model";
import { notesOf, outcomeOf } from "./outcome";
import type { Rule } from "./rule";
import { configSchemaOf } from "./settings";

/**
 * A rule as the policy that the engine runs: under its own name, with its own level and configuration.
 *
 * @param read how the policy's resources become the model; rules given the same one share what it remembers.
 */
export function stackPolicy<Shape extends z.ZodRawShape>(
  rule: Rule<Shape>,
  read: (resources: readonly PolicyResource[]) => StackModel = readStack,
): StackValidationPolicy {
  const [control] = rule.controls;
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.proves,
    enforcementLevel: rule.enforcementLevel,
    severity: rule.severity,
    tags: [...rule.tags],
    remediationSteps: rule.fix,
    configSchema: configSchemaOf(rule),
    // The SDK has room for one control; the catalogue names all.
    ...(control === undefined
      ? {}
      : { framework: { name: control.framework, version: "", reference: control.id, specification: rule.title } }),
    validateStack: (args, reportViolation) => {
      const today = new Date().toISOString().slice(0, 10);
      const outcome = outcomeOf(rule, read(args.resources), args.getConfig(), today);
      notesOf(rule, outcome).forEach((note) => {
        console.warn(note);
      });
      for (const { message, finding } of outcome.violations) reportViolation(message, finding.urn);
      if (outcome.notApplicable) args.notApplicable(rule.notApplicable);
    },
  };
}

function readStack(resources: readonly PolicyResource[]): StackModel {
  return new StackModel(readPolicyResources(resources, ["aws:", stackType]));
}

/**
 * Reads a stack once for all rules. The SDK hands each policy resources of its own, made anew from one request, and runs them without coming back
 * to the event loop; so what was read holds until then, and a second request can't find it.
 */
export function readOnce(): (resources: readonly PolicyResource[]) => StackModel {
  let known: StackModel | undefined;
  return (resources) => {
    if (known === undefined) {
      known = readStack(resources);
      setImmediate(() => {
        known = undefined;
      });
    }
    return known;
  };
}
