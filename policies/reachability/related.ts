import type { Links } from "./links";
import { remembered } from "./remembered";
import type { Resource } from "./resources";

interface Index {
  /** In the order of the network's resources. */
  readonly places: ReadonlyMap<Resource, number>;
  readonly bySubject: ReadonlyMap<Resource, readonly Resource[]>;
  /** What may concern very many, as links that nothing is known of do: kept apart, so that the index doesn't grow with the square. */
  readonly broad: readonly { readonly resource: Resource; readonly subjects: ReadonlySet<Resource> }[];
}

/** A link of this many candidates is taken for one of which nothing is known. */
const many = 16;

/**
 * The resources of some types that may concern a subject, in their order; `subjects` says which those of one resource are. Every resource is asked
 * once per network and `relation`, which names the question.
 */
export function related(
  links: Links,
  relation: string,
  types: readonly string[],
  subjects: (resource: Resource) => readonly (Resource | undefined)[],
  subject: Resource,
): readonly Resource[] {
  const { places, bySubject, broad } = remembered(links, `related ${relation}`, () =>
    index(links.ofTypes(...types), subjects),
  );
  const found = bySubject.get(subject) ?? [];
  const more = broad.filter((each) => each.subjects.has(subject));
  if (more.length === 0) return found;
  const place = (resource: Resource) => places.get(resource) ?? 0;
  return [...found, ...more.map(({ resource }) => resource)].sort((a, b) => place(a) - place(b));
}

function index(
  resources: readonly Resource[],
  subjects: (resource: Resource) => readonly (Resource | undefined)[],
): Index {
  const bySubject = new Map<Resource, Resource[]>();
  const broad: { resource: Resource; subjects: ReadonlySet<Resource> }[] = [];
  for (const resource of resources) {
    const concerned = new Set(subjects(resource).filter((each) => each !== undefined));
    if (concerned.size >= many) broad.push({ resource, subjects: concerned });
    else {
      for (const each of concerned) {
        const known = bySubject.get(each);
        if (known === undefined) bySubject.set(each, [resource]);
        else known.push(resource);
      }
    }
  }
  return { places: new Map(resources.map((resource, at) => [resource, at])), bySubject, broad };
}
