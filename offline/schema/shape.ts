/**
 * What the typings of `@pulumi/aws` say, in the form it is kept in on disk.
 *
 * A type is a short text: `string`, `number`, `boolean`, `any`, `asset`, `json` (text, or an object that becomes JSON text),
 * `[]T` (list), `{}T` (map), `#name` (an object type in the same file's `types`).
 */
export type TypeText = string;

/** Keys are short because there are 60,000 of these. */
export interface PropertyShape {
  t: TypeText;
  /** Required (inputs), always present (outputs). */
  r?: 1;
  /** The documentation says that a change forces a new resource. */
  f?: 1;
  /** Deprecated. */
  d?: 1;
  /** Secret. */
  s?: 1;
}

export type PropertyShapes = Record<string, PropertyShape>;

export interface ResourceShape {
  inputs: PropertyShapes;
  outputs: PropertyShapes;
}

export interface FunctionShape {
  args: PropertyShapes;
  result: PropertyShapes;
}

/** One file a service module, e.g. `ec2.json`. */
export interface ModuleShape {
  resources: Record<string, ResourceShape>;
  functions: Record<string, FunctionShape>;
  types: Record<string, PropertyShapes>;
}
