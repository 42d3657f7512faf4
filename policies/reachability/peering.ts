import { allIpv4 } from "./addresses";
import { all, any, type Certainty, certaintyOf } from "./certainty";
import { isExactly, type Link, type Links, mayBe, vpcTypes } from "./links";
import { given, type Resource, UNKNOWN, type Value } from "./resources";
import type { Target } from "./route-targets";
import { addressesOf, sameVpc, spaceOf, subnetTypes } from "./vpcs";

const connectionType = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const accepterType = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";

/** Does the peering lead from the one VPC to the other? One hop, only between the two that it joins, and only when it was accepted. */
export function joinsVpcs(links: Links, { resource }: Target, from: Link, to: Link): Certainty {
  if (resource === undefined) return "perhaps";
  const connection = connectionOf(links, resource);
  return all(joins(links, connection, from, to), accepted(links, connection));
}

/**
 * May security groups on one side refer to groups on the other? "You can't reference the security group of a peer VPC that's in a different
 * Region" (VPC Peering guide, "Update your security groups to reference peer security groups").
 */
export function peersInOneRegion(links: Links, from: Link, to: Link): Certainty {
  const connections = new Set(links.ofTypes(connectionType, accepterType).map((each) => connectionOf(links, each)));
  return any(
    ...[...connections].map((each) =>
      all(joins(links, each, from, to), accepted(links, each), inOneRegion(links, each)),
    ),
  );
}

/** Whether each peering is one of the VPC's, and the VPC on the other side of it. */
export function peeringsOf(links: Links, vpc: Link): readonly { readonly answer: Certainty; readonly other: Link }[] {
  const connections = new Set(links.ofTypes(connectionType, accepterType).map((each) => connectionOf(links, each)));
  return [...connections].flatMap((connection) => {
    const [requester, accepter] = endsOf(links, connection);
    const answer = (own: Link) => all(sameVpc(own, vpc), accepted(links, connection));
    return [
      { answer: answer(requester), other: accepter },
      { answer: answer(accepter), other: requester },
    ];
  });
}

function connectionOf(links: Links, resource: Resource): Resource {
  if (resource.type === connectionType) return resource;
  return links.follow(resource, "vpcPeeringConnectionId", connectionType).candidates[0] ?? resource;
}

function endsOf(links: Links, connection: Resource): readonly [Link, Link] {
  return [links.follow(connection, "vpcId", ...vpcTypes), links.follow(connection, "peerVpcId", ...vpcTypes)];
}

function joins(links: Links, connection: Resource, from: Link, to: Link): Certainty {
  const [requester, accepter] = endsOf(links, connection);
  return any(
    all(sameVpc(from, requester), sameVpc(to, accepter)),
    all(sameVpc(from, accepter), sameVpc(to, requester)),
  );
}

/** "Must be accepted by the owner of the accepter VPC": by itself within an account, or by an accepter that is told to. */
function accepted(links: Links, connection: Resource): Certainty {
  const byAccepter = links.ofTypes(accepterType).map((each): Certainty => {
    const link = links.follow(each, "vpcPeeringConnectionId", connectionType);
    if (!mayBe(link, connection)) return "no";
    const accepts = any(certaintyOf(given(each, "autoAccept")), isActive(given(each, "acceptStatus")));
    return all(accepts, isExactly(link, connection) ? "yes" : "perhaps");
  });
  const status = given(connection, "acceptStatus");
  const known = any(...byAccepter, certaintyOf(given(connection, "autoAccept")), isActive(status));
  if (known === "yes") return "yes";
  if (status === undefined && overlap(links, endsOf(links, connection))) return "no";
  return known === "no" && typeof status === "string" ? "no" : "perhaps";
}

function isActive(status: Value): Certainty {
  if (status === UNKNOWN || status === "provisioning" || status === "initiating-request") return "perhaps";
  return status === "active" ? "yes" : "no";
}

/** Not between VPCs "that have matching or overlapping IPv4 CIDR blocks" (VPC Peering guide, "Limitations"). */
function overlap(links: Links, [one, other]: readonly [Link, Link]): boolean {
  const addresses = (vpc: Link) => addressesOf(spaceOf(links, vpc).blocks).intersect(allIpv4);
  return !addresses(one).intersect(addresses(other)).isEmpty;
}

function inOneRegion(links: Links, connection: Resource): Certainty {
  const [requester, accepter] = endsOf(links, connection).map(({ candidates }) => candidates[0]);
  const own = regionOf(connection) ?? regionOf(requester) ?? regionByZones(links, requester);
  const peer = given(connection, "peerRegion") ?? regionOf(accepter) ?? regionByZones(links, accepter);
  if (own === UNKNOWN || peer === UNKNOWN) return "perhaps";
  // What names no Region is in the provider's own.
  if (own === undefined || peer === undefined) return peer === undefined ? "yes" : "perhaps";
  return own === peer ? "yes" : "no";
}

function regionOf(resource: Resource | undefined): Value {
  if (resource === undefined) return undefined;
  return given(resource, "region") ?? resource.provider?.region;
}

/** Zones are named after their Region: "us-west-2a" is in us-west-2. */
function regionByZones(links: Links, vpc: Resource | undefined): string | undefined {
  if (vpc === undefined) return undefined;
  const regions = links
    .ofTypes(...subnetTypes)
    .filter((subnet) => isExactly(links.follow(subnet, "vpcId", ...vpcTypes), vpc))
    .map((subnet) => given(subnet, "availabilityZone"))
    .flatMap((zone) => (typeof zone === "string" ? (/^([a-z]+(?:-[a-z]+)+-\d+)[a-z]$/u.exec(zone)?.[1] ?? []) : []));
  return regions[0];
}
