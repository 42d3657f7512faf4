import { announced } from "./axioms";
import type { IntervalSet } from "./interval-set";
import { followList, type Link, type Links, vpcTypes } from "./links";
import { label, type Resource } from "./resources";
import type { Target } from "./route-targets";
import { type Table, tablesOfLink, tableTypes } from "./route-tables";
import { behindVpnGateway, vpnGatewayType } from "./virtual-private-gateways";

/** What a virtual private gateway may add to a table by itself. Nothing of it is certain: a route is there while the other side is up. */
export interface PropagatedRoute {
  readonly target: Target;
  /** The destinations that it may have. */
  readonly reach: IntervalSet;
  readonly unknown: string;
}

export function propagatedRoutes(links: Links, table: Table): readonly PropagatedRoute[] {
  const { resource } = table;
  if (resource === undefined) return [];
  const own = links.ofTypes("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation").flatMap((each) => {
    const tables = tablesOfLink(links, links.follow(each, "routeTableId", ...tableTypes, ...vpcTypes));
    if (!tables.some((other) => other.resource === resource)) return [];
    return gatewaysOf(links.follow(each, "vpnGatewayId", vpnGatewayType));
  });
  const { certain, possible, outside } = followList(links, resource, "propagatingVgws", [vpnGatewayType]);
  const listed = [...certain, ...possible].map(targetOf);
  const foreign = outside.map(outsideTarget);
  return [...own, ...listed, ...foreign].map((target) => ({
    target,
    reach: (target.resource === undefined ? undefined : behindVpnGateway(links, target.resource)) ?? announced,
    unknown: `the routes that ${target.label} propagates to route table ${table.label}`,
  }));
}

function gatewaysOf({ candidates, external, id }: Link): readonly Target[] {
  return [...candidates.map(targetOf), ...(external ? [outsideTarget(id)] : [])];
}

function targetOf(resource: Resource): Target {
  const name = label(resource);
  return { kind: "virtualPrivateGateway", label: name.startsWith('"') ? `gateway ${name}` : name, resource };
}

function outsideTarget(id: string | undefined): Target {
  return { kind: "virtualPrivateGateway", label: id ?? "a gateway that isn't known", resource: undefined };
}
