import { AwsError } from "../aws-error";
import type { Problem, Props } from "../model";
import { isAsset, isRecord } from "../provider/wire";
import { UNKNOWN } from "../unknown";
import type { Schema } from "./load";
import { nearest } from "./nearest";
import type { PropertyShapes, ResourceShape, TypeText } from "./shape";

interface Walk {
  type: string;
  types: Record<string, PropertyShapes>;
  problems: Problem[];
}

function report(walk: Walk, property: string, message: string): void {
  walk.problems.push({ property, error: new AwsError("ProviderCheck", message, property) });
}

/** Terraform takes "80" for 80 and "true" for true, and the other way round. */
function isScalar(value: unknown, wanted: string): boolean {
  if (isRecord(value) || Array.isArray(value)) return false;
  if (wanted === "number")
    return typeof value === "number" || (typeof value === "string" && !Number.isNaN(Number(value)));
  if (wanted === "boolean") return typeof value === "boolean" || value === "true" || value === "false";
  return true;
}

const NAMES: Record<string, string> = { string: "a string", number: "a number", boolean: "true or false" };

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isRecord(value) ? "an object" : JSON.stringify(value);
}

function checkValue(walk: Walk, value: unknown, type: TypeText, path: string): void {
  if (value === UNKNOWN || value === null || value === undefined) return;
  if (type === "any" || type === "json" || type === "asset" || isAsset(value)) return;
  if (type.startsWith("[]")) {
    if (!Array.isArray(value))
      report(walk, path, `\`${path}\` of ${walk.type} must be a list, but is ${describe(value)}`);
    else {
      value.forEach((element, index) => {
        checkValue(walk, element, type.slice(2), `${path}[${index}]`);
      });
    }
    return;
  }
  if (type.startsWith("{}") || type.startsWith("#")) {
    if (!isRecord(value))
      report(walk, path, `\`${path}\` of ${walk.type} must be an object, but is ${describe(value)}`);
    else if (type.startsWith("#")) checkObject(walk, value, walk.types[type.slice(1)] ?? {}, path);
    else for (const [key, inner] of Object.entries(value)) checkValue(walk, inner, type.slice(2), `${path}.${key}`);
    return;
  }
  if (!isScalar(value, type)) {
    report(walk, path, `\`${path}\` of ${walk.type} must be ${NAMES[type] ?? type}, but is ${describe(value)}`);
  }
}

function checkObject(walk: Walk, value: Props, shapes: PropertyShapes, path: string): void {
  const under = path === "" ? "" : `${path}.`;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__defaults") continue;
    const shape = shapes[key];
    if (shape === undefined) {
      const near = nearest(key, Object.keys(shapes));
      const hint = near === undefined ? "" : `; did you mean \`${under}${near}\`?`;
      report(walk, under + key, `unknown property \`${under}${key}\` of ${walk.type}${hint}`);
    } else checkValue(walk, inner, shape.t, under + key);
  }
  for (const [key, shape] of Object.entries(shapes)) {
    if (shape.r === 1 && (value[key] === undefined || value[key] === null)) {
      report(walk, under + key, `missing required property \`${under}${key}\` of ${walk.type}`);
    }
  }
}

/** Unknown, missing and mistyped properties at any depth. Unknown values are taken for right. */
export function schemaProblems(type: string, schema: Schema<ResourceShape>, inputs: Props): Problem[] {
  const walk: Walk = { type, types: schema.types, problems: [] };
  checkObject(walk, inputs, schema.shape.inputs, "");
  return walk.problems;
}
