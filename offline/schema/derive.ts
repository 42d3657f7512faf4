/**
 * Derives from the typings of `@pulumi/aws` what every resource and function takes and gives, one JSON file a service module.
 * Runs once after `npm ci` (and by itself where the files are missing): about half a minute.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import ts from "typescript";

import { awsPackage, completionMark, isDerived, schemaDirectory } from "./location";
import type { ModuleShape, PropertyShapes } from "./shape";
import { nestedTypes, parseDeclarations, propertiesOf } from "./typings";

function javascriptFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name === "types" ? [] : javascriptFiles(path);
    return entry.name.endsWith(".js") ? [path] : [];
  });
}

function declarations(file: string): { classes: Map<string, PropertyShapes>; interfaces: Map<string, PropertyShapes> } {
  const classes = new Map<string, PropertyShapes>();
  const interfaces = new Map<string, PropertyShapes>();
  parseDeclarations(file).forEachChild((node) => {
    if (ts.isClassDeclaration(node) && node.name !== undefined) classes.set(node.name.text, propertiesOf(node));
    if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, propertiesOf(node));
  });
  return { classes, interfaces };
}

/** Secret in- and outputs stand only in the code, not in the typings. */
function markSecrets(code: string, inputs: PropertyShapes, outputs: PropertyShapes): void {
  const listed = /additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1] ?? "";
  for (const [, name] of listed.matchAll(/"(\w+)"/g)) {
    const shape = outputs[name ?? ""];
    if (shape !== undefined) shape.s = 1;
  }
  for (const [, name] of code.matchAll(/resourceInputs\["(\w+)"\] = [^\n]*pulumi\.secret\(/g)) {
    const shape = inputs[name ?? ""];
    if (shape !== undefined) shape.s = 1;
  }
}

function moduleOf(token: string): string {
  return /^aws:([^/:]+)/.exec(token)?.[1] ?? token;
}

/** Copies the object types that are referred to, and those that they refer to, into the module. */
function collectTypes(
  shapes: PropertyShapes,
  types: Map<string, PropertyShapes>,
  prefix: string,
  into: ModuleShape,
): void {
  for (const shape of Object.values(shapes)) {
    const name = /#(.+)$/.exec(shape.t)?.[1];
    if (name === undefined) continue;
    const nested = types.get(name);
    shape.t = nested === undefined ? shape.t.replace(/#.+$/, "any") : shape.t.replace("#", `#${prefix}`);
    if (nested === undefined || into.types[prefix + name] !== undefined) continue;
    const copy = structuredClone(nested);
    into.types[prefix + name] = copy;
    collectTypes(copy, types, prefix, into);
  }
}

function derive(directory: string): Map<string, ModuleShape> {
  const inputTypes = nestedTypes(join(directory, "types/input.d.ts"));
  const outputTypes = nestedTypes(join(directory, "types/output.d.ts"));
  const modules = new Map<string, ModuleShape>();
  const moduleFor = (token: string): ModuleShape => {
    const name = moduleOf(token);
    const existing = modules.get(name) ?? { resources: {}, functions: {}, types: {} };
    modules.set(name, existing);
    return existing;
  };
  for (const file of javascriptFiles(directory)) {
    const code = readFileSync(file, "utf8");
    const resource = /__pulumiType = '([^']+)'/.exec(code)?.[1];
    const invoked = /pulumi\.runtime\.invoke\("([^"]+)"/.exec(code)?.[1];
    if (resource === undefined && invoked === undefined) continue;
    const { classes, interfaces } = declarations(file.replace(/\.js$/, ".d.ts"));
    if (resource !== undefined) {
      const className = resource.slice(resource.lastIndexOf(":") + 1);
      const outputs = classes.get(className);
      if (outputs === undefined) continue;
      const inputs = interfaces.get(`${className}Args`) ?? {};
      markSecrets(code, inputs, outputs);
      const target = moduleFor(resource);
      target.resources[resource] = { inputs, outputs };
      collectTypes(inputs, inputTypes, "in.", target);
      collectTypes(outputs, outputTypes, "out.", target);
    } else if (invoked !== undefined) {
      const named = (ending: RegExp): PropertyShapes => [...interfaces].find(([name]) => ending.test(name))?.[1] ?? {};
      const shape = { args: named(/(?<!Output)Args$/), result: named(/Result$/) };
      const target = moduleFor(invoked);
      target.functions[invoked] = shape;
      collectTypes(shape.args, inputTypes, "in.", target);
      collectTypes(shape.result, outputTypes, "out.", target);
    }
  }
  return modules;
}

/** Derives the files unless they are there for the installed version. */
export function ensureSchema(log: (line: string) => void): void {
  const { directory, version } = awsPackage();
  if (isDerived(version)) return;
  const started = Date.now();
  log(`Reading the typings of @pulumi/aws ${version} (once, about half a minute) …`);
  const target = schemaDirectory(version);
  const aside = `${target}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  let resources = 0;
  for (const [name, shape] of derive(directory)) {
    resources += Object.keys(shape.resources).length;
    writeFileSync(join(aside, `${name}.json`), JSON.stringify(shape));
  }
  writeFileSync(completionMark(aside), "");
  mkdirSync(dirname(target), { recursive: true });
  try {
    rmSync(target, { recursive: true, force: true });
    renameSync(aside, target);
  } catch (error) {
    // Another run that started at the same time was faster: its files are as good.
    rmSync(aside, { recursive: true, force: true });
    if (!isDerived(version)) throw error;
  }
  log(
    `${resources} resource types of @pulumi/aws ${version} known after ${((Date.now() - started) / 1000).toFixed(0)} s.`,
  );
}

if (require.main === module) {
  ensureSchema((line) => {
    console.log(line);
  });
}
