import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { awsPackage, isDerived, schemaDirectory } from "./location";
import type { FunctionShape, ModuleShape, PropertyShapes, ResourceShape } from "./shape";

/** The shape of one type, with the object types it refers to. */
export interface Schema<Shape> {
  shape: Shape;
  types: Record<string, PropertyShapes>;
}

const loaded = new Map<string, ModuleShape | undefined>();
let directory: string | undefined;

function directoryOfFiles(): string {
  if (directory !== undefined) return directory;
  const { version } = awsPackage();
  if (!isDerived(version)) {
    // Only then the compiler is loaded.
    const { ensureSchema } = createRequire(__filename)("./derive") as typeof import("./derive");
    ensureSchema((line) => {
      console.error(line);
    });
  }
  directory = schemaDirectory(version);
  return directory;
}

function moduleOf(token: string): ModuleShape | undefined {
  const name = /^aws:([a-z0-9]+)[/:]/.exec(token)?.[1];
  if (name === undefined) return undefined;
  if (!loaded.has(name)) {
    const file = join(directoryOfFiles(), `${name}.json`);
    loaded.set(name, existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ModuleShape) : undefined);
  }
  return loaded.get(name);
}

/** `undefined` for a type that `@pulumi/aws` doesn't have. */
export function resourceSchema(type: string): Schema<ResourceShape> | undefined {
  const found = moduleOf(type);
  const shape = found?.resources[type];
  return found === undefined || shape === undefined ? undefined : { shape, types: found.types };
}

/** `undefined` for a function that `@pulumi/aws` doesn't have. */
export function functionSchema(token: string): Schema<FunctionShape> | undefined {
  const found = moduleOf(token);
  const shape = found?.functions[token];
  return found === undefined || shape === undefined ? undefined : { shape, types: found.types };
}

/** Every resource type of a service module, for messages. */
export function typesOfModule(type: string): string[] {
  return Object.keys(moduleOf(type)?.resources ?? {});
}
