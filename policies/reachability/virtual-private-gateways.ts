import { noAddresses, parseBlock } from "./addresses";
import { notTheInternet } from "./axioms";
import { all, any, type Certainty } from "./certainty";
import { block, type Course, doubt, pass } from "./course";
import { exactly } from "./estimate";
import type { IntervalSet } from "./interval-set";
import { isExactly, type Link, type Links, mayBe, vpcTypes } from "./links";
import { field, given, items, type Resource, UNKNOWN, type Value } from "./resources";
import type { Target } from "./route-targets";
import { labelOfSite } from "./sites";
import { Traffic } from "./traffic";
import type { Trip } from "./trip";
import { sameVpc, type Subnet } from "./vpcs";

export const vpnGatewayType = "aws:ec2/vpnGateway:VpnGateway";
const connectionType = "aws:ec2/vpnConnection:VpnConnection";

/** Is the gateway the VPC's, by its own `vpcId` or by an attachment? */
export function vpnGatewayOf(links: Links, gateway: Resource, vpc: Link): Certainty {
  const own = links.follow(gateway, "vpcId", ...vpcTypes);
  const attachments = links.ofTypes("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment").flatMap((each) => {
    const link = links.follow(each, "vpnGatewayId", vpnGatewayType);
    if (!mayBe(link, gateway)) return [];
    return [all(isExactly(link, gateway) ? "yes" : "perhaps", sameVpc(links.follow(each, "vpcId", ...vpcTypes), vpc))];
  });
  return any(own.absent ? "no" : sameVpc(own, vpc), ...attachments);
}

/**
 * The addresses that lie behind a gateway, where its VPN connections have static routes only and these are known. Undefined: they aren't all known,
 * for the other side tells them by BGP, over a VPN or Direct Connect.
 */
export function behindVpnGateway(links: Links, gateway: Resource): IntervalSet | undefined {
  const direct = ["gatewayAssociation:GatewayAssociation", "privateVirtualInterface:PrivateVirtualInterface"].some(
    (type) =>
      links
        .ofTypes(`aws:directconnect/${type}`)
        .some((each) =>
          ["associatedGatewayId", "vpnGatewayId"].some((key) =>
            mayBe(links.follow(each, key, vpnGatewayType), gateway),
          ),
        ),
  );
  const connections = links.ofTypes(connectionType).flatMap((resource) => {
    const link = links.follow(resource, "vpnGatewayId", vpnGatewayType);
    return mayBe(link, gateway) ? [{ resource, isOwn: isExactly(link, gateway) }] : [];
  });
  if (direct || connections.length === 0) return undefined;
  const values = connections.flatMap(({ resource, isOwn }): readonly Value[] =>
    isOwn && given(resource, "staticRoutesOnly") === true ? staticRoutes(links, resource) : [UNKNOWN],
  );
  const blocks = values.map((value) => (typeof value === "string" ? parseBlock(value) : undefined));
  return blocks.reduce<IntervalSet | undefined>(
    (sum, each) => (each === undefined ? undefined : sum?.union(each.addresses)),
    noAddresses,
  );
}

/** Those of resources of their own, and those that a refresh found. */
function staticRoutes(links: Links, connection: Resource): readonly Value[] {
  const found = items(given(connection, "routes"));
  const refreshed: readonly Value[] =
    found === UNKNOWN ? [UNKNOWN] : found.map((route) => field(route, "destinationCidrBlock"));
  const own = links.ofTypes("aws:ec2/vpnConnectionRoute:VpnConnectionRoute").flatMap((route): readonly Value[] => {
    const link = links.follow(route, "vpnConnectionId", connectionType);
    if (!mayBe(link, connection)) return [];
    return [isExactly(link, connection) ? given(route, "destinationCidrBlock") : UNKNOWN];
  });
  return [...refreshed, ...own];
}

/** To the customer's own network, of which nothing more is known than what addresses it may have. */
export function throughVpnGateway(trip: Trip, course: Course, at: Subnet, target: Target): Course {
  const { network, to } = trip;
  const { resource, label } = target;
  const hop = { what: label, ...(resource === undefined ? {} : { urn: resource.urn }) };
  const stop = (why: string) => block(course, { ...hop, what: `${label}: ${why}` });
  if (to.kind === "internet" || to.kind === "public") return stop(notTheInternet.virtualPrivateGateway);
  if (resource === undefined) return doubt(course, `what lies behind ${label}`, hop);
  if (vpnGatewayOf(network.links, resource, at.vpc) === "no") return stop("it isn't attached to this VPC");
  const behind = behindVpnGateway(network.links, resource);
  const none = { ...hop, what: `${label}: none of its VPN connections has a route to ${labelOfSite(to)}` };
  const onward =
    behind === undefined
      ? course
      : pass(course, exactly(Traffic.where({ destination: behind })), (passed) => (passed ? hop : none));
  return doubt(onward, `what lies behind ${label}`, hop);
}
