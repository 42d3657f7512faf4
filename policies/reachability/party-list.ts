import { clusterTypes } from "./databases";
import type { Link, Links } from "./links";
import { templatesOf } from "./launch-templates";
import type { Network } from "./network";
import { elements, field, given, type Resource, UNKNOWN, type Value } from "./resources";

/** How questions may name a party. */
export interface PartyEntry {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** AWS's id; undefined before it exists. */
  readonly id: string | undefined;
  /** The tag `Role`: its own, of what it is launched by, or of what it belongs to where it can't have tags. */
  readonly role: string | undefined;
}

export function listParties({ links, parties }: Network): readonly PartyEntry[] {
  return parties.map(({ resource }) => {
    const { id } = resource.props;
    return {
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      id: typeof id === "string" && id !== "" ? id : undefined,
      role: roleOf(links, resource),
    };
  });
}

function roleOf(links: Links, resource: Resource): string | undefined {
  return roleAmong(resource) ?? launchedRole(links, resource) ?? ownersRole(links, resource);
}

/** Is what `listParties` says of a party's role certain? A tag, or what has it, may not be known. */
export function isRoleKnown({ links }: Network, resource: Resource): boolean {
  if (roleAmong(resource) !== undefined) return true;
  if (hasUnknownTags(resource)) return false;
  const templates = templatesOf(links, resource);
  const isTold = ({ candidates, external }: (typeof templates)[number]) =>
    !external && candidates.length === 1 && !candidates.some(hasUnknownSpecifications);
  if (templates.length > 0) return templates.every(isTold);
  const owner = ownerOf(links, resource);
  if (owner === undefined) return true;
  const [only, ...others] = owner.candidates;
  return only !== undefined && !owner.external && others.length === 0 && !hasUnknownTags(only);
}

function hasUnknownTags(resource: Resource): boolean {
  const isUnknown = (tags: Value) =>
    elements(tags).some(
      (tag) => tag === UNKNOWN || ["key", "value", "Role"].some((key) => field(tag, key) === UNKNOWN),
    );
  return (
    isUnknown(given(resource, "tags")) || (resource.props.tags === undefined && isUnknown(given(resource, "tagsAll")))
  );
}

function hasUnknownSpecifications(template: Resource): boolean {
  return elements(given(template, "tagSpecifications")).some(
    (each) =>
      field(each, "resourceType") === UNKNOWN ||
      field(each, "tags") === UNKNOWN ||
      field(field(each, "tags"), "Role") === UNKNOWN,
  );
}

/** The provider's default tags are in `tagsAll` only; an Auto Scaling group has a list of keys and values. */
function roleAmong(resource: Resource): string | undefined {
  const listed = elements(given(resource, "tags")).find((tag) => field(tag, "key") === "Role");
  const values: readonly Value[] = [
    field(listed, "value"),
    field(given(resource, "tags"), "Role"),
    field(given(resource, "tagsAll"), "Role"),
  ];
  return firstText(values);
}

/** What a launch template gives its instances; its own tags are only the template's. */
function launchedRole(links: Links, resource: Resource): string | undefined {
  const roles = templatesOf(links, resource).flatMap(({ candidates }) => candidates.map(templateRole));
  const [first] = roles;
  return roles.every((role) => role === first) ? first : undefined;
}

function templateRole(template: Resource): string | undefined {
  const ofInstances = elements(given(template, "tagSpecifications")).filter(
    (each) => field(each, "resourceType") === "instance",
  );
  return firstText(ofInstances.map((each): Value => field(field(each, "tags"), "Role")));
}

/** Resources that can't have tags, or whose kind is tagged elsewhere, and the property that names what they are part of. */
const owners: Readonly<Record<string, readonly [property: string, type: string]>> = {
  "aws:efs/mountTarget:MountTarget": ["fileSystemId", "aws:efs/fileSystem:FileSystem"],
  ...Object.fromEntries(
    Object.entries(clusterTypes).map(([machine, cluster]) => [machine, ["clusterIdentifier", cluster] as const]),
  ),
};

function ownersRole(links: Links, resource: Resource): string | undefined {
  const { candidates, external } = ownerOf(links, resource) ?? { candidates: [], external: true };
  const [owner] = candidates;
  return owner === undefined || external || candidates.length > 1 ? undefined : roleAmong(owner);
}

function ownerOf(links: Links, resource: Resource): Link | undefined {
  const [property, type] = owners[resource.type] ?? [];
  return property === undefined || type === undefined ? undefined : links.follow(resource, property, type);
}

function firstText(values: readonly Value[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && value !== "");
}
