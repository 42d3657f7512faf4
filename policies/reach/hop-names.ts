import type { Resource } from "../reachability/resources";

/** Writes texts for a person; one for each explanation, for it remembers what it has already named. */
export type Naming = (text: string) => string;

/**
 * Ids in texts of the library get the name that the program gave: "security group main-web (sg-0a1b)", and from the second time on
 * "security group main-web" alone. Ids of nothing among the resources stay as they are.
 */
export function namingOf(resources: readonly Resource[]): () => Naming {
  const names = new Map<string, string>();
  for (const { type, name, props } of resources) {
    const { id } = props;
    // A name of more than one resource (a policy of a file system has the file system's id) is as good for either.
    if (type.startsWith("aws:") && typeof id === "string" && isTelling(id) && !names.has(id)) names.set(id, name);
  }
  return () => {
    const told = new Set<string>();
    return (text) =>
      text.replace(/(\()?([\w:/.@+=-]*[\w/])/g, (found, parenthesis: string | undefined, id: string, at: number) => {
        const name = names.get(id);
        if (name === undefined) return found;
        const isNamed = name === id || text.slice(0, at).endsWith(`${name} `);
        const isKnown = told.has(id);
        told.add(id);
        if (isNamed) return found;
        return `${parenthesis ?? ""}${isKnown ? name : `${name} (${id})`}`;
      });
  };
}

/** Ids that are words or numbers could be anything in a text. */
function isTelling(id: string): boolean {
  return /[-:/]/.test(id) && !/^[\d.:/-]+$/.test(id);
}
