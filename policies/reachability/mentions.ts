import type { Links } from "./links";
import type { Party } from "./parties";
import { remembered } from "./remembered";
import { given, hasDependencies, type Resource } from "./resources";
import { textsIn } from "./texts";

const eipType = "aws:ec2/eip:Eip";

/** Does a property name a party, anywhere inside it: by ARN, by id, by its subnet, by an elastic address that it has? What isn't known may. */
export function mentions(links: Links, resource: Resource, property: string, party: Party): boolean {
  const { texts, isWhole } = remembered(links, `texts in ${property} of ${resource.urn}`, () =>
    textsIn(given(resource, property)),
  );
  const owners = [party.resource, ...(party.interfaces ?? []).map((each) => each.party.resource)];
  const elastic = links.ofTypes(eipType).filter((eip) => {
    const holders = ["instance", "networkInterface"].map((key) => eip.props[key]);
    return owners.some(({ props }) => holders.includes(props.id));
  });
  const named = [...owners, ...elastic, ...party.subnets.candidates];
  const names = named.flatMap(({ props }) => [props.arn, props.id, props.allocationId]);
  if (texts.some((text) => names.includes(text))) return true;
  if (isWhole) return false;
  const behind = resource.propertyDependencies[property] ?? [];
  return !hasDependencies(resource) || named.some(({ urn }) => behind.includes(urn));
}
