import { type Block, parseBlock } from "./addresses";
import { announced } from "./axioms";
import type { IntervalSet } from "./interval-set";
import { type Link, type Links, mayBe } from "./links";
import { prefixListBlocks, prefixListType } from "./prefix-lists";
import { elements, field, given, label, type Resource, UNKNOWN } from "./resources";
import { type Attachment, readAttachments, transitGatewayType, vpcAttachmentType } from "./transit-attachments";
import { sameVpc, spaceOf } from "./vpcs";

const tableType = "aws:ec2transitgateway/routeTable:RouteTable";
const peeringTypes = [
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
] as const;
const attachmentTypes = [
  vpcAttachmentType,
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
  ...peeringTypes,
] as const;

/** A route table of a transit gateway. The gateway stands for the one that AWS makes with it. */
export interface TransitTable {
  readonly resource: Resource | undefined;
  readonly label: string;
}

export interface TransitRoute {
  readonly blocks: readonly Block[] | undefined;
  /** Undefined: what it matches is dropped. */
  readonly attachment: Link | undefined;
  readonly isStatic: boolean;
  readonly certain: boolean;
  /** Of one that another network announces: the destinations that it may have. */
  readonly reach?: IntervalSet;
}

/** The tables that may decide for what an attachment sends; none: it is associated with none. More than one: it isn't known which. */
export function associatedTables(links: Links, attachment: Resource, gateway: Link): readonly TransitTable[] {
  const type = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation";
  const possible: TransitTable[] = [];
  for (const association of links.ofTypes(type)) {
    const link = attachmentLink(links, association);
    if (!mayBe(link, attachment)) continue;
    // Each side of a peering associates the one attachment with a table of its own.
    const tables = tablesOf(
      links.follow(association, "transitGatewayRouteTableId", tableType, transitGatewayType),
    ).filter(({ resource }) => resource === undefined || sameVpc(gatewayOfTable(links, resource), gateway) !== "no");
    if (isOnly(link, attachment) && tables.length > 0) return tables;
    possible.push(...tables);
  }
  const byDefault = defaultTable(links, attachment, gateway, "Association");
  return byDefault === undefined ? possible : [...possible, byDefault];
}

/** The gateway that a table is of. */
export function gatewayOfTable(links: Links, table: Resource): Link {
  if (table.type !== transitGatewayType) return links.follow(table, "transitGatewayId", transitGatewayType);
  return { candidates: [table], external: false, id: undefined, absent: false };
}

/** Where the gateway associates and propagates by default, the table that it comes with, or the one chosen instead. */
function defaultTable(links: Links, attachment: Resource, gateway: Link, kind: Kind): TransitTable | undefined {
  const [resource] = gateway.candidates;
  const choice = given(attachment, `transitGatewayDefaultRouteTable${kind}`);
  const setting = resource === undefined ? undefined : given(resource, `defaultRouteTable${kind}`);
  if (choice === false || setting === "disable") return undefined;
  if (resource === undefined || choice === UNKNOWN || setting === UNKNOWN)
    return { resource: undefined, label: `of transit gateway ${gateway.id ?? "that isn't known"}` };
  const type = `aws:ec2transitgateway/defaultRouteTable${kind}:DefaultRouteTable${kind}`;
  const chosen = links
    .ofTypes(type)
    .find((each) => mayBe(links.follow(each, "transitGatewayId", transitGatewayType), resource));
  if (chosen === undefined) return { resource, label: `default of transit gateway ${label(resource)}` };
  return tablesOf(links.follow(chosen, "transitGatewayRouteTableId", tableType))[0];
}

type Kind = "Association" | "Propagation";

function tablesOf(link: Link): readonly TransitTable[] {
  const tables: TransitTable[] = link.candidates.map((resource) => ({
    resource,
    label: resource.type === transitGatewayType ? `default of transit gateway ${label(resource)}` : label(resource),
  }));
  if (link.external || tables.length === 0) tables.push({ resource: undefined, label: link.id ?? "that isn't known" });
  return tables;
}

function attachmentLink(links: Links, resource: Resource): Link {
  const link = links.follow(resource, "transitGatewayAttachmentId", ...attachmentTypes);
  const accepted = link.candidates.map((each) =>
    each.type.endsWith("Accepter")
      ? (links.follow(each, "transitGatewayAttachmentId", vpcAttachmentType, peeringTypes[0]).candidates[0] ?? each)
      : each,
  );
  return { ...link, candidates: [...new Set(accepted)] };
}

function isOnly(link: Link, resource: Resource): boolean {
  return !link.external && link.candidates.length === 1 && link.candidates[0] === resource;
}

/** Static and propagated routes of a table. */
export function transitRoutes(links: Links, table: Resource): readonly TransitRoute[] {
  const inTable = (owner: Resource): "yes" | "perhaps" | "no" => {
    const link = links.follow(owner, "transitGatewayRouteTableId", tableType, transitGatewayType);
    if (isOnly(link, table)) return "yes";
    return mayBe(link, table) ? "perhaps" : "no";
  };
  const stated = links
    .ofTypes("aws:ec2transitgateway/route:Route", "aws:ec2transitgateway/prefixListReference:PrefixListReference")
    .flatMap((owner): TransitRoute[] => {
      const place = inTable(owner);
      if (place === "no") return [];
      const blackhole = given(owner, "blackhole");
      const text = given(owner, "destinationCidrBlock");
      const block = typeof text === "string" ? parseBlock(text) : undefined;
      const list = links.follow(owner, "prefixListId", prefixListType);
      const blocks = block === undefined ? (list.absent ? undefined : prefixListBlocks(links, list)) : [block];
      const attachment = blackhole === true ? undefined : attachmentLink(links, owner);
      return [{ blocks, attachment, isStatic: true, certain: place === "yes" && blackhole !== UNKNOWN }];
    });
  return [...stated, ...propagated(links, table, inTable)];
}

function propagated(
  links: Links,
  table: Resource,
  inTable: (owner: Resource) => "yes" | "perhaps" | "no",
): readonly TransitRoute[] {
  const type = "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation";
  const explicit = links.ofTypes(type).flatMap((propagation): TransitRoute[] => {
    const place = inTable(propagation);
    if (place === "no") return [];
    const link = attachmentLink(links, propagation);
    const routes = readAttachments(links)
      .filter(({ resource }) => mayBe(link, resource))
      .map((each) => ofVpc(links, each, place === "yes" && isOnly(link, each.resource)));
    // Over a peering routes are static (Transit Gateway guide, "Transit gateway peering attachments").
    if (routes.length === 0 && !link.external && link.candidates.every(isStaticPeering)) return [];
    // What isn't a VPC (a VPN, a Direct Connect gateway) propagates what its own network says.
    return link.external || routes.length === 0 ? [...routes, announcedBy(link)] : routes;
  });
  const byDefault = readAttachments(links).flatMap((each): TransitRoute[] => {
    const own = defaultTable(links, each.resource, each.gateway, "Propagation");
    if (own === undefined) return [];
    if (own.resource === table) return [ofVpc(links, each, true)];
    const isOpen =
      own.resource === undefined && (each.gateway.candidates[0] === undefined || mayBe(each.gateway, table));
    return isOpen ? [ofVpc(links, each, false)] : [];
  });
  const vpns = links.ofTypes("aws:ec2/vpnConnection:VpnConnection").flatMap((vpn): TransitRoute[] => {
    const gateway = links.follow(vpn, "transitGatewayId", transitGatewayType);
    if (gateway.absent || given(vpn, "staticRoutesOnly") === true) return [];
    const own = defaultTable(links, vpn, gateway, "Propagation");
    const isOpen = own?.resource === table || (own !== undefined && own.resource === undefined);
    return isOpen ? [announcedBy({ candidates: [], external: true, id: `of VPN ${label(vpn)}`, absent: false })] : [];
  });
  return [...explicit, ...byDefault, ...vpns];
}

function isStaticPeering(attachment: Resource): boolean {
  const isPeering = peeringTypes.some((each) => each === attachment.type);
  const dynamic = field(elements(given(attachment, "options"))[0], "dynamicRouting");
  return isPeering && dynamic !== "enable" && dynamic !== UNKNOWN;
}

/** Private addresses, as its own network announces them. */
function announcedBy(attachment: Link): TransitRoute {
  return { blocks: undefined, attachment, isStatic: false, certain: false, reach: announced };
}

/** "The VPC CIDRs are propagated to the route table" (Transit Gateway guide, "Route propagation"). */
function ofVpc(links: Links, { vpc, resource }: Attachment, certain: boolean): TransitRoute {
  const { blocks, possible } = spaceOf(links, vpc);
  const attachment: Link = { candidates: [resource], external: false, id: undefined, absent: false };
  const isKnown = blocks.length > 0 && possible.isEmpty;
  return { blocks: isKnown ? blocks : undefined, attachment, isStatic: false, certain: certain && isKnown };
}
