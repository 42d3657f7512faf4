/** The parts of `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
export interface UrnParts {
  stack: string;
  project: string;
  type: string;
  name: string;
}

/** @throws Error when it isn't a URN. */
export function parseUrn(urn: string): UrnParts {
  const parts = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s.exec(urn);
  const [, stack, project, types, name] = parts ?? [];
  if (stack === undefined || project === undefined || types === undefined || name === undefined) {
    throw new Error(`Not a Pulumi URN: ${urn}`);
  }
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name };
}
