import type { Network } from "./network";
import { elements, field, given, type Resource } from "./resources";

/** How questions may name a party. */
export interface PartyEntry {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** AWS's id; undefined before it exists. */
  readonly id: string | undefined;
  /** The tag `Role`; what an Auto Scaling group gives its instances counts too. */
  readonly role: string | undefined;
}

export function listParties({ parties }: Network): readonly PartyEntry[] {
  return parties.map(({ resource }) => {
    const { id } = resource.props;
    return {
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      id: typeof id === "string" && id !== "" ? id : undefined,
      role: roleOf(resource),
    };
  });
}

/** The provider's default tags are in `tagsAll` only; an Auto Scaling group has a list of keys and values. */
function roleOf(resource: Resource): string | undefined {
  const listed = elements(given(resource, "tags")).find((tag) => field(tag, "key") === "Role");
  const values = [
    field(listed, "value"),
    field(given(resource, "tags"), "Role"),
    field(given(resource, "tagsAll"), "Role"),
  ];
  return values.find((value) => typeof value === "string");
}
