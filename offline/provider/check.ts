import { AwsError } from "../aws-error";
import type { AutoName, Model, Place, Problem, Props } from "../model";
import type { Schema } from "../schema/load";
import type { ResourceShape } from "../schema/shape";
import { schemaProblems } from "../schema/validate";
import { UNKNOWN } from "../unknown";
import { autoNameRule, type Autonaming, chooseName } from "./autoname";
import { defaulted, fillNested, plainInputs, withNotes } from "./bridge-defaults";
import { isRecord } from "./wire";

export interface CheckRequest {
  type: string;
  logicalName: string;
  /** Names the generation that these inputs would create. */
  seed: string;
  place: Place;
  /** Checked inputs of the existing resource; `undefined` when one is to be created. */
  olds: Props | undefined;
  news: Props;
  autonaming?: Autonaming;
  /** Tags of the provider's `defaultTags`. */
  defaultTags: Props;
}

export interface Checked {
  inputs: Props;
  problems: Problem[];
}

/** Objects given for policy documents become JSON text, as the real provider makes it. */
function jsonTexts(inputs: Props, schema: Schema<ResourceShape>): Props {
  const texts = Object.entries(inputs).map(([key, value]) => {
    const isDocument = schema.shape.inputs[key]?.t === "json" && isRecord(value);
    return [key, isDocument ? JSON.stringify(value) : value] as const;
  });
  return Object.fromEntries(texts);
}

interface Filling {
  inputs: Props;
  filledIn: string[];
}

function fillDefaults(request: CheckRequest, model: Model | undefined, filling: Filling): void {
  for (const [key, value] of Object.entries(model?.defaults ?? {})) {
    if (filling.inputs[key] !== undefined) continue;
    filling.inputs[key] = structuredClone(value);
    filling.filledIn.push(key);
  }
}

/** A name given by hand stays; an automatic one is kept for as long as the resource lives. */
function fillName(request: CheckRequest, rule: AutoName | undefined, filling: Filling): void {
  if (rule === undefined || filling.inputs[rule.property] !== undefined) return;
  if (filling.inputs[`${rule.property}Prefix`] !== undefined) return;
  const olds = request.olds;
  const kept = olds !== undefined && defaulted(olds).has(rule.property) ? olds[rule.property] : undefined;
  const name = kept ?? chooseName(rule, request.logicalName, request.seed, filling.inputs, request.autonaming);
  if (name === undefined) return;
  filling.inputs[rule.property] = name;
  filling.filledIn.push(rule.property);
}

/** `tagsAll`: the provider's tags under the resource's own. */
function fillTagsAll(request: CheckRequest, schema: Schema<ResourceShape>, inputs: Props): void {
  if (schema.shape.outputs["tagsAll"] === undefined) return;
  const tags = inputs["tags"];
  if (tags === UNKNOWN) inputs["tagsAll"] = UNKNOWN;
  else if (isRecord(tags) || Object.keys(request.defaultTags).length > 0) {
    inputs["tagsAll"] = { ...request.defaultTags, ...(isRecord(tags) ? tags : {}) };
  }
}

/** What the provider's Check does for every type: schema, defaults, names, tags; then the model's own rules. */
export function check(request: CheckRequest, schema: Schema<ResourceShape>, model: Model | undefined): Checked {
  const given = plainInputs(request.news);
  // Computed below; it only comes in with the old inputs of an import.
  delete given["tagsAll"];
  const filling: Filling = { inputs: jsonTexts(given, schema), filledIn: [] };
  fillDefaults(request, model, filling);
  const problems = nameProblems(request, autoNameRule(model, schema, filling.inputs), filling);
  problems.push(...schemaProblems(request.type, schema, filling.inputs));
  fillTagsAll(request, schema, filling.inputs);
  const noted = withNotes(filling.inputs, filling.filledIn, schema.shape.inputs, schema.types);
  const inputs = fillNested(noted, model?.nestedDefaults ?? {});
  if (problems.length === 0) {
    const context = { place: request.place, inputs: plainInputs(inputs), filledIn: new Set(filling.filledIn) };
    problems.push(...(model?.check?.(context) ?? []));
  }
  return { inputs, problems };
}

/** Fills in the name; the problem where the logical name is too long for one. */
function nameProblems(request: CheckRequest, rule: AutoName | undefined, filling: Filling): Problem[] {
  try {
    fillName(request, rule, filling);
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [{ property: error.property ?? "name", error }];
  }
}

/** How a problem is worded for the engine: `CODE: sentence`. */
export function reasonOf(error: AwsError): string {
  return `${error.code}: ${error.message}`;
}
