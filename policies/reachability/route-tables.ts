import { isExactly, isVpc, type Link, type Links, mayBe, vpcTypes } from "./links";
import { related } from "./related";
import { label, type Resource } from "./resources";
import type { Subnet } from "./vpcs";

export const tableTypes = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"] as const;

/**
 * A route table. A VPC stands for the main table that AWS makes with it; a table outside the resources has none, and its routes aren't known.
 */
export interface Table {
  readonly resource: Resource | undefined;
  readonly label: string;
}

/** The tables a link may mean. */
export function tablesOfLink(links: Links, link: Link): readonly Table[] {
  const tables = link.candidates.map((candidate) => tableOf(links, candidate));
  if (link.external || tables.length === 0) tables.push({ resource: undefined, label: link.id ?? "that isn't known" });
  return tables;
}

/** The one spelling of a table: the adopted main table is the VPC's. */
function tableOf(links: Links, resource: Resource): Table {
  if (!isVpc(resource)) return { resource, label: label(resource) };
  const adopted = adoptedBy(links, resource).find(({ link }) => isExactly(link, resource))?.table;
  if (adopted !== undefined) return { resource: adopted, label: label(adopted) };
  return { resource, label: `main of VPC ${label(resource)}` };
}

/** The resources that may have taken over the main table of a VPC. */
function adoptedBy(links: Links, vpc: Resource): readonly { readonly table: Resource; readonly link: Link }[] {
  const linkOf = (table: Resource) => links.follow(table, "defaultRouteTableId", ...vpcTypes);
  return related(links, "adopted tables", [tableTypes[1]], (table) => linkOf(table).candidates, vpc).map((table) => ({
    table,
    link: linkOf(table),
  }));
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
  return distinct([...possible, ...mainTables(links, subnet.vpc)]);
}

/** The tables that may be the main one of a VPC. */
export function mainTables(links: Links, vpc: Link): readonly Table[] {
  const [resource] = vpc.candidates;
  if (resource === undefined || !isExactly(vpc, resource)) return tablesOfLink(links, vpc).map(asMain);
  const possible: Table[] = [];
  const type = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
  const linkOf = (association: Resource) => links.follow(association, "vpcId", ...vpcTypes);
  for (const association of related(links, "main tables", [type], (each) => linkOf(each).candidates, resource)) {
    const link = linkOf(association);
    const tables = () => tablesOfLink(links, links.follow(association, "routeTableId", ...tableTypes, ...vpcTypes));
    if (isExactly(link, resource)) return tables();
    if (mayBe(link, resource)) possible.push(...tables());
  }
  for (const { table, link } of adoptedBy(links, resource)) {
    if (!isExactly(link, resource)) possible.push({ resource: table, label: label(table) });
  }
  return [...possible, tableOf(links, resource)];
}

function asMain(table: Table): Table {
  return table.resource === undefined ? { ...table, label: `main of VPC ${table.label}` } : table;
}

function distinct(tables: readonly Table[]): readonly Table[] {
  return tables.filter(
    (table, at) => tables.findIndex((other) => other.label === table.label && other.resource === table.resource) === at,
  );
}
