import type { Links } from "./links";
import type { Party } from "./parties";
import { remembered } from "./remembered";
import { given, hasDependencies, type Resource, UNKNOWN, type Value } from "./resources";

const eipType = "aws:ec2/eip:Eip";

/** Does a property name a party, anywhere inside it: by ARN, by id, by its subnet, by an elastic address that it has? What isn't known may. */
export function mentions(links: Links, resource: Resource, property: string, party: Party): boolean {
  const { known, isOpen } = remembered(links, `texts in ${property} of ${resource.urn}`, () =>
    textsIn(given(resource, property)),
  );
  const owners = [party.resource, ...(party.interfaces ?? []).map((each) => each.party.resource)];
  const elastic = links.ofTypes(eipType).filter((eip) => {
    const holders = ["instance", "networkInterface"].map((key) => eip.props[key]);
    return owners.some(({ props }) => holders.includes(props.id));
  });
  const named = [...owners, ...elastic, ...party.subnets.candidates];
  const names = named.flatMap(({ props }) => [props.arn, props.id, props.allocationId]);
  if (known.some((text) => names.includes(text))) return true;
  if (!isOpen) return false;
  const behind = resource.propertyDependencies[property] ?? [];
  return !hasDependencies(resource) || named.some(({ urn }) => behind.includes(urn));
}

function textsIn(value: Value): { readonly known: readonly string[]; readonly isOpen: boolean } {
  if (typeof value === "string") return { known: [value], isOpen: false };
  if (value === null || typeof value !== "object") return { known: [], isOpen: value === UNKNOWN };
  const inner = Object.values(value as Readonly<Record<string, Value>>).map(textsIn);
  return { known: inner.flatMap(({ known }) => known), isOpen: inner.some(({ isOpen }) => isOpen) };
}
