import { type Certainty, certaintyOf, whichever } from "./certainty";
import { isExactly, type Link, type Links, mayBe, transitGatewayType } from "./links";
import { given, label, type Resource, UNKNOWN } from "./resources";
import { acceptersOf, followAttachment } from "./transit-attachments";
import { sameVpc } from "./vpcs";

export const transitTableType = "aws:ec2transitgateway/routeTable:RouteTable";

/** A route table of a transit gateway. The gateway stands for the one that AWS makes with it. */
export interface TransitTable {
  readonly resource: Resource | undefined;
  readonly label: string;
}

/** The tables that may decide for what an attachment sends; none: it is associated with none. More than one: it isn't known which. */
export function associatedTables(links: Links, attachment: Resource, gateway: Link): readonly TransitTable[] {
  const type = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation";
  const possible: TransitTable[] = [];
  for (const association of links.ofTypes(type)) {
    const link = followAttachment(links, association);
    if (!mayBe(link, attachment)) continue;
    // Each side of a peering associates the one attachment with a table of its own.
    const tables = tablesOf(
      links.follow(association, "transitGatewayRouteTableId", transitTableType, transitGatewayType),
    ).filter(({ resource }) => resource === undefined || sameVpc(gatewayOfTable(links, resource), gateway) !== "no");
    if (isExactly(link, attachment) && tables.length > 0) return tables;
    possible.push(...tables);
  }
  if (attachment.isRead) return [...possible, { resource: undefined, label: `of attachment ${label(attachment)}` }];
  return [...possible, ...defaultTables(links, attachment, gateway, "Association")];
}

/** The gateway that a table is of. */
export function gatewayOfTable(links: Links, table: Resource): Link {
  if (table.type === transitGatewayType) return itself(table);
  return links.follow(table, "transitGatewayId", transitGatewayType);
}

/** Where the gateway associates and propagates by default, the tables that may be its default one. One outside stands for none, too. */
function defaultTables(links: Links, attachment: Resource, gateway: Link, kind: Kind): readonly TransitTable[] {
  const outside = { resource: undefined, label: `of transit gateway ${gateway.id ?? "that isn't known"}` };
  const choice = choiceOf(links, attachment, `transitGatewayDefaultRouteTable${kind}`);
  if (choice === false) return [];
  const found = gateway.candidates.map((each) => {
    const setting = given(each, `defaultRouteTable${kind}`);
    const tables = setting === "disable" ? [] : tablesByDefault(links, each, kind);
    return { tables, isOpen: choice === "unknown" || (setting === UNKNOWN && tables.length > 0) };
  });
  const tables = found.flatMap((each) => each.tables);
  const isOpen =
    gateway.external ||
    found.length === 0 ||
    found.some((each) => each.isOpen || (tables.length > 0 && each.tables.length === 0));
  return isOpen ? [...tables, outside] : tables;
}

/** The table that the gateway comes with, or the one chosen instead. */
function tablesByDefault(links: Links, gateway: Resource, kind: Kind): readonly TransitTable[] {
  const type = `aws:ec2transitgateway/defaultRouteTable${kind}:DefaultRouteTable${kind}`;
  const chosen = links.ofTypes(type).map((each) => ({
    link: links.follow(each, "transitGatewayId", transitGatewayType),
    tables: () => tablesOf(links.follow(each, "transitGatewayRouteTableId", transitTableType, transitGatewayType)),
  }));
  const certain = chosen.find(({ link }) => isExactly(link, gateway));
  if (certain !== undefined) return certain.tables();
  const possible = chosen.filter(({ link }) => mayBe(link, gateway)).flatMap(({ tables }) => tables());
  return [...possible, ...namedTables(links, gateway, kind)];
}

type Choice = boolean | "unknown";

/**
 * Does an attachment want the default? On a shared gateway its owner says so with the accepter: the attachment itself "cannot be configured" there
 * (the provider's documentation of `transitGatewayDefaultRouteTableAssociation`).
 */
function choiceOf(links: Links, attachment: Resource, property: string): Choice {
  const of = (resource: Resource): Choice => {
    const value = given(resource, property);
    return value === UNKNOWN ? "unknown" : value !== false;
  };
  const accepters = acceptersOf(links, attachment);
  const [own, theirs] = [of(attachment), accepters.map(({ accepter }) => of(accepter))];
  const said = accepters.some(({ isCertain }) => isCertain) ? theirs : [own, ...theirs];
  return said.every((each) => each === said[0]) ? (said[0] ?? own) : "unknown";
}

/** The default tables by the ids that the gateway gives: a table among the resources, or else its own, for which the gateway stands. */
function namedTables(links: Links, gateway: Resource, kind: Kind): readonly TransitTable[] {
  const property = kind === "Association" ? "associationDefaultRouteTableId" : "propagationDefaultRouteTableId";
  const link = links.follow(gateway, property, transitTableType);
  if (link.candidates.length > 0 && !link.external) return tablesOf(link);
  const possible = link.candidates
    .filter((table) => sameVpc(gatewayOfTable(links, table), itself(gateway)) !== "no")
    .map(tableOf);
  const made = ["associationDefaultRouteTableId", "propagationDefaultRouteTableId"] as const;
  const [one, other] = made.map((each) => given(gateway, each));
  // Of two that aren't among the resources the gateway can't stand for both.
  const isOther =
    typeof one === "string" &&
    typeof other === "string" &&
    one !== other &&
    made.every((each) => links.follow(gateway, each, transitTableType).external);
  const own = isOther ? { resource: undefined, label: link.id ?? "that isn't known" } : tableOf(gateway);
  return [...possible, own];
}

type Kind = "Association" | "Propagation";

function tablesOf(link: Link): readonly TransitTable[] {
  const tables: TransitTable[] = link.candidates.map(tableOf);
  if (link.external || tables.length === 0) tables.push({ resource: undefined, label: link.id ?? "that isn't known" });
  return tables;
}

/** One that is only read has routes that others keep. */
function tableOf(resource: Resource): TransitTable {
  const isGateway = resource.type === transitGatewayType;
  return {
    resource: resource.isRead ? undefined : resource,
    label: isGateway ? `default of transit gateway ${label(resource)}` : label(resource),
  };
}

function itself(resource: Resource): Link {
  return { candidates: [resource], external: false, id: undefined, absent: false };
}

/** Does an attachment propagate to a table by default? */
export function propagatesByDefault(links: Links, attachment: Resource, gateway: Link, table: Resource): Certainty {
  const tables = defaultTables(links, attachment, gateway, "Propagation");
  if (tables.length === 0) return "no";
  if (gateway.candidates.length === 0) return "perhaps";
  return whichever(tables.map(({ resource }) => certaintyOf(resource === table)));
}
