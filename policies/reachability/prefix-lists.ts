import { type Block, parseBlock } from "./addresses";
import { isExactly, type Link, type Links } from "./links";
import { related } from "./related";
import { remembered } from "./remembered";
import { elements, field, given, items, type Resource, UNKNOWN, type Value } from "./resources";

export const prefixListType = "aws:ec2/managedPrefixList:ManagedPrefixList";
/** A gateway endpoint stands for the list that AWS keeps of its service's addresses. */
export const serviceListType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const entryType = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/**
 * The entries of a prefix list, of its own list and of resources of their own together; undefined where they aren't all known, as of a list that
 * stands outside the resources.
 */
export function prefixListBlocks(links: Links, list: Link): readonly Block[] | undefined {
  const [resource] = list.candidates;
  if (resource?.type !== prefixListType || !isExactly(list, resource)) return undefined;
  return remembered(links, `prefix list ${resource.urn}`, () => entriesOf(links, resource));
}

/** Is it certainly a service's list? Nobody but AWS has an address in it (VPC guide, "AWS-managed prefix lists"). */
export function isServiceList({ candidates, external }: Link): boolean {
  return !external && candidates.length > 0 && candidates.every(({ type }) => type === serviceListType);
}

/** The blocks that AWS says a gateway endpoint's service has; undefined while it hasn't said. */
export function serviceBlocks(endpoint: Resource): readonly Block[] | undefined {
  const blocks = elements(given(endpoint, "cidrBlocks")).map((each) =>
    typeof each === "string" ? parseBlock(each) : undefined,
  );
  return blocks.length > 0 && blocks.every((block) => block !== undefined) ? blocks : undefined;
}

function entriesOf(links: Links, list: Resource): readonly Block[] | undefined {
  const inline = items(given(list, "entries"));
  if (inline === UNKNOWN) return undefined;
  const values: Value[] = inline.map((entry) => field(entry, "cidr"));
  const ownerOf = (entry: Resource) => links.follow(entry, "prefixListId", prefixListType);
  for (const entry of related(links, "entries of prefix lists", [entryType], (each) => ownerOf(each).candidates, list))
    values.push(isExactly(ownerOf(entry), list) ? given(entry, "cidr") : UNKNOWN);
  const blocks = values.map((value) => (typeof value === "string" ? parseBlock(value) : undefined));
  return blocks.every((block) => block !== undefined) ? blocks : undefined;
}
