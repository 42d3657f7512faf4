import { type Block, parseBlock } from "./addresses";
import { announced } from "./axioms";
import type { IntervalSet } from "./interval-set";
import { isExactly, type Link, type Links, mayBe, transitGatewayType } from "./links";
import { prefixListBlocks, prefixListType } from "./prefix-lists";
import { elements, field, given, label, type Resource, UNKNOWN } from "./resources";
import { type Attachment, followAttachment, peeringTypes, readAttachments } from "./transit-attachments";
import { propagatesByDefault, transitTableType } from "./transit-tables";
import { spaceOf } from "./vpcs";

/**
 * Of routes to one destination: "static routes …, prefix list referenced routes, VPC-propagated routes", then those of other networks (Transit Gateway
 * guide, "Route evaluation order").
 */
export const transitRanks = ["static", "prefix list", "propagated"] as const;

export interface TransitRoute {
  readonly blocks: readonly Block[] | undefined;
  /** Undefined: what it matches is dropped. */
  readonly attachment: Link | undefined;
  readonly rank: (typeof transitRanks)[number];
  readonly certain: boolean;
  /** Of one that another network announces: the destinations that it may have. */
  readonly reach?: IntervalSet;
}

/** Static and propagated routes of a table. */
export function transitRoutes(links: Links, table: Resource): readonly TransitRoute[] {
  const inTable = (owner: Resource): "yes" | "perhaps" | "no" => {
    const link = links.follow(owner, "transitGatewayRouteTableId", transitTableType, transitGatewayType);
    if (isExactly(link, table)) return "yes";
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
      const attachment = blackhole === true ? undefined : followAttachment(links, owner);
      const rank = list.absent ? "static" : "prefix list";
      return [{ blocks, attachment, rank, certain: place === "yes" && blackhole !== UNKNOWN }];
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
    const link = followAttachment(links, propagation);
    const routes = readAttachments(links)
      .filter(({ resource }) => mayBe(link, resource))
      .map((each) => ofVpc(links, each, place === "yes" && isExactly(link, each.resource)));
    // Over a peering routes are static (Transit Gateway guide, "Transit gateway peering attachments").
    if (routes.length === 0 && !link.external && link.candidates.every(isStaticPeering)) return [];
    // What isn't a VPC (a VPN, a Direct Connect gateway) propagates what its own network says.
    return link.external || routes.length === 0 ? [...routes, announcedBy(link)] : routes;
  });
  const byDefault = readAttachments(links).flatMap((each): TransitRoute[] => {
    const place = propagatesByDefault(links, each.resource, each.gateway, table);
    return place === "no" ? [] : [ofVpc(links, each, place === "yes")];
  });
  const vpns = links.ofTypes("aws:ec2/vpnConnection:VpnConnection").flatMap((vpn): TransitRoute[] => {
    const gateway = links.follow(vpn, "transitGatewayId", transitGatewayType);
    if (gateway.absent || given(vpn, "staticRoutesOnly") === true) return [];
    if (propagatesByDefault(links, vpn, gateway, table) === "no") return [];
    return [announcedBy({ candidates: [], external: true, id: `of VPN ${label(vpn)}`, absent: false })];
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
  return { blocks: undefined, attachment, rank: "propagated", certain: false, reach: announced };
}

/** "The VPC CIDRs are propagated to the route table" (Transit Gateway guide, "Route propagation"). */
function ofVpc(links: Links, { vpc, resource }: Attachment, certain: boolean): TransitRoute {
  const { blocks, possible } = spaceOf(links, vpc);
  const attachment: Link = { candidates: [resource], external: false, id: undefined, absent: false };
  const isKnown = blocks.length > 0 && possible.isEmpty;
  return { blocks: isKnown ? blocks : undefined, attachment, rank: "propagated", certain: certain && isKnown };
}
