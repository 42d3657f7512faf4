import type { Model, Props } from "../model";
import type { Schema } from "../schema/load";
import type { PropertyShapes, ResourceShape } from "../schema/shape";
import { autoNameRule, defaultAutoName } from "./autoname";
import { defaulted, plainInputs } from "./bridge-defaults";
import { equal } from "./equal";
import { isAsset, isRecord } from "./wire";

export interface Change {
  /** e.g. `ingress[0].fromPort`. */
  path: string;
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

export interface Difference {
  changes: Change[];
  deleteBeforeReplace: boolean;
}

interface Walk {
  ordered: ReadonlySet<string>;
  found: { path: string; kind: Change["kind"]; value: unknown }[];
}

/** `ingress[0].fromPort` → `ingress.fromPort`. */
function dotted(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

function sameElements(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((element) => {
    const index = rest.findIndex((candidate) => equal(element, candidate));
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

function compare(walk: Walk, old: unknown, now: unknown, path: string): void {
  if (equal(old, now)) return;
  if (old === undefined || now === undefined) {
    walk.found.push({ path, kind: old === undefined ? "add" : "delete", value: old ?? now });
  } else if (Array.isArray(old) && Array.isArray(now)) {
    if (!walk.ordered.has(dotted(path)) && sameElements(old, now)) return;
    const length = Math.max(old.length, now.length);
    for (let index = 0; index < length; index += 1) compare(walk, old[index], now[index], `${path}[${index}]`);
  } else if (isRecord(old) && isRecord(now) && !isAsset(old) && !isAsset(now)) {
    compareObjects(walk, old, now, path);
  } else walk.found.push({ path, kind: "update", value: now });
}

function compareObjects(walk: Walk, old: Props, now: Props, path: string): void {
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (key !== "__defaults") compare(walk, old[key], now[key], path === "" ? key : joined(path, key));
  }
}

/** Keys with dots or brackets (tags such as `a.b/c`) are quoted, as the engine's property paths want it. */
function joined(path: string, key: string): string {
  return /^[\w$-]+$/.test(key) ? `${path}.${key}` : `${path}["${key.replace(/"/g, '\\"')}"]`;
}

/** Without a model: its name, and what the documentation marks with "Forces new resource". */
function assumedReplacements(schema: Schema<ResourceShape>): string[] {
  const name = defaultAutoName(schema)?.property;
  return [...(name === undefined ? [] : [name]), ...documentedReplacements(schema)];
}

/** Dotted paths of properties that the documentation marks. */
function documentedReplacements(schema: Schema<ResourceShape>): string[] {
  const visit = (shapes: PropertyShapes, prefix: string, depth: number): string[] =>
    Object.entries(shapes).flatMap(([key, shape]) => {
      if (shape.f === 1) return [prefix + key];
      const nested = /#(.+)$/.exec(shape.t)?.[1];
      return nested === undefined || depth > 4 ? [] : visit(schema.types[nested] ?? {}, `${prefix}${key}.`, depth + 1);
    });
  return visit(schema.shape.inputs, "", 0);
}

function holds(value: unknown, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return value !== undefined;
  if (Array.isArray(value)) return value.some((element) => holds(element, path));
  return isRecord(value) && holds(value[first], rest);
}

function forcesNew(change: { path: string; value: unknown }, replaceOn: readonly string[]): boolean {
  const path = dotted(change.path);
  return replaceOn.some((wanted) => {
    if (path === wanted || path.startsWith(`${wanted}.`) || path.startsWith(`${wanted}[`)) return true;
    // A whole object came or went: it counts when it holds the property.
    return wanted.startsWith(`${path}.`) && holds(change.value, wanted.slice(path.length + 1).split("."));
  });
}

/** The bridge deletes first where both generations would bear the same name, given by hand. */
function needsOldGone(olds: Props, news: Props, schema: Schema<ResourceShape>, model: Model | undefined): boolean {
  if (model?.deleteBeforeReplace === true) return true;
  const property = autoNameRule(model, schema, news)?.property;
  if (property === undefined || news[property] === undefined || defaulted(news).has(property)) return false;
  return equal(olds[property], news[property]);
}

/** Compares the old and the new checked inputs. */
export function diff(olds: Props, news: Props, schema: Schema<ResourceShape>, model: Model | undefined): Difference {
  const walk: Walk = { ordered: new Set(model?.ordered ?? []), found: [] };
  compareObjects(walk, olds, news, "");
  const replaceOn = [
    ...(model?.replaceOn ?? assumedReplacements(schema)),
    ...(model?.replaceIf?.(plainInputs(olds), plainInputs(news)) ?? []),
  ];
  const changes = walk.found
    .filter(({ path, kind }) => !(kind === "delete" && keepsItsValue(path, schema)))
    .map(({ path, kind, value }) => ({
      path,
      kind,
      replaces: forcesNew({ path, value }, replaceOn) || path === "region",
    }));
  const replaces = changes.some((change) => change.replaces);
  return { changes, deleteBeforeReplace: replaces && needsOldGone(olds, news, schema, model) };
}

/** What AWS or the provider fills in when it isn't given (optional and computed) keeps its value when it is no longer given. */
function keepsItsValue(path: string, schema: Schema<ResourceShape>): boolean {
  return path !== "tagsAll" && schema.shape.inputs[path] !== undefined && schema.shape.outputs[path]?.r === 1;
}
