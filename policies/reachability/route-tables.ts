import { type AwsMade, spellingsOf } from "./aws-made";
import { isExactly, isVpc, type Link, type Links, mayBe, vpcTypes } from "./links";
import { related } from "./related";
import { given, label, type Resource, UNKNOWN } from "./resources";
import type { Subnet } from "./vpcs";

export const tableTypes = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"] as const;

/**
 * A route table. A VPC stands for the main table that AWS makes with it; a table outside the resources has none, and its routes aren't known.
 */
export interface Table {
  readonly resource: Resource | undefined;
  readonly label: string;
}

const byDefault: AwsMade = {
  property: "defaultRouteTableId",
  types: tableTypes,
  ownerOf: (links, table) => links.follow(table, "defaultRouteTableId", ...vpcTypes),
};
const asMain: AwsMade = { ...byDefault, property: "mainRouteTableId" };

/** The tables a link may mean. */
export function tablesOfLink(links: Links, link: Link): readonly Table[] {
  const outside: Table = { resource: undefined, label: link.id ?? "that isn't known" };
  const tables = link.candidates.flatMap((candidate): readonly Table[] => {
    if (!isVpc(candidate)) return [{ resource: candidate, label: label(candidate) }];
    // The id of a table that was made the main one elsewhere isn't that of the one that AWS makes.
    const made = given(candidate, "defaultRouteTableId");
    return typeof made === "string" && link.id !== undefined && made !== link.id
      ? [outside]
      : madeWith(links, candidate);
  });
  return link.external || tables.length === 0 ? [...tables, outside] : tables;
}

/** The table that AWS makes with a VPC, or those that it may be. */
function madeWith(links: Links, vpc: Resource): readonly Table[] {
  const made = given(vpc, "defaultRouteTableId") === undefined ? asMain : byDefault;
  return spellingsOf(links, vpc, made).map(spelled);
}

/** That of a VPC which is only read may have routes that others keep. */
function spelled(resource: Resource): Table {
  if (!isVpc(resource)) return { resource, label: label(resource) };
  return { resource: resource.isRead ? undefined : resource, label: `main of VPC ${label(resource)}` };
}

/** The table that a VPC names as its main one: mostly the one that AWS makes with it. */
function namedMain(links: Links, vpc: Resource): readonly Table[] {
  const [main, made] = [given(vpc, "mainRouteTableId"), given(vpc, "defaultRouteTableId")];
  if (main === undefined || main === made) return madeWith(links, vpc);
  if (main === UNKNOWN) return [...madeWith(links, vpc), ...spellingsOf(links, vpc, asMain).map(spelled)];
  if (typeof made !== "string") return spellingsOf(links, vpc, asMain).map(spelled);
  return tablesOfLink(links, links.follow(vpc, "mainRouteTableId", ...tableTypes));
}

/** The tables that may decide for a subnet: the one associated with it, else its VPC's main table. More than one: it isn't known which. */
export function tablesOfSubnet(links: Links, subnet: Subnet): readonly Table[] {
  const possible: Table[] = [];
  const linkOf = (association: Resource) => links.follow(association, "subnetId", subnet.resource.type);
  const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
  const candidates = (association: Resource) => linkOf(association).candidates;
  for (const association of related(links, `tables of ${subnet.resource.type}`, [type], candidates, subnet.resource)) {
    const link = linkOf(association);
    const tables = () => tablesOfLink(links, links.follow(association, "routeTableId", ...tableTypes, ...vpcTypes));
    if (isExactly(link, subnet.resource)) return distinct(tables());
    if (mayBe(link, subnet.resource)) possible.push(...tables());
  }
  const others: readonly Table[] = subnet.resource.isRead
    ? [{ resource: undefined, label: `of subnet ${subnet.label}` }]
    : mainTables(links, subnet.vpc);
  return distinct([...possible, ...others]);
}

/** The tables that may be the main one of a VPC. */
export function mainTables(links: Links, vpc: Link): readonly Table[] {
  const [resource] = vpc.candidates;
  if (resource === undefined || !isExactly(vpc, resource)) {
    const outside = { resource: undefined, label: `main of VPC ${vpc.id ?? "that isn't known"}` };
    const tables = vpc.candidates.flatMap((each) => namedMain(links, each));
    return vpc.external || tables.length === 0 ? [...tables, outside] : tables;
  }
  const possible: Table[] = [];
  const type = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
  const linkOf = (association: Resource) => links.follow(association, "vpcId", ...vpcTypes);
  for (const association of related(links, "main tables", [type], (each) => linkOf(each).candidates, resource)) {
    const link = linkOf(association);
    const tables = () => tablesOfLink(links, links.follow(association, "routeTableId", ...tableTypes, ...vpcTypes));
    if (isExactly(link, resource)) return tables();
    if (mayBe(link, resource)) possible.push(...tables());
  }
  return [...possible, ...namedMain(links, resource)];
}

function distinct(tables: readonly Table[]): readonly Table[] {
  return tables.filter(
    (table, at) => tables.findIndex((other) => other.label === table.label && other.resource === table.resource) === at,
  );
}
