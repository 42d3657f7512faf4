import { all, any, type Certainty } from "./certainty";
import { isExactly, type Link, type Links, vpcTypes } from "./links";
import { given, type Resource, UNKNOWN, type Value } from "./resources";
import type { Target } from "./route-targets";
import { sameVpc } from "./vpcs";

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

function connectionOf(links: Links, resource: Resource): Resource {
  if (resource.type === connectionType) return resource;
  return links.follow(resource, "vpcPeeringConnectionId", connectionType).candidates[0] ?? resource;
}

function joins(links: Links, connection: Resource, from: Link, to: Link): Certainty {
  const requester = links.follow(connection, "vpcId", ...vpcTypes);
  const accepter = links.follow(connection, "peerVpcId", ...vpcTypes);
  return any(
    all(sameVpc(from, requester), sameVpc(to, accepter)),
    all(sameVpc(from, accepter), sameVpc(to, requester)),
  );
}

function accepted(links: Links, connection: Resource): Certainty {
  const status = given(connection, "acceptStatus");
  const byAccepter = links
    .ofTypes(accepterType)
    .some(
      (each) =>
        each === connection || isExactly(links.follow(each, "vpcPeeringConnectionId", connectionType), connection),
    );
  if (given(connection, "autoAccept") === true || status === "active" || byAccepter) return "yes";
  return typeof status === "string" ? "no" : "perhaps";
}

function inOneRegion(links: Links, connection: Resource): Certainty {
  const vpcs = ["vpcId", "peerVpcId"].map((key) => links.follow(connection, key, ...vpcTypes).candidates[0]);
  const own = regionOf(connection) ?? regionOf(vpcs[0]);
  const peer = given(connection, "peerRegion") ?? regionOf(vpcs[1]);
  if (own === UNKNOWN || peer === UNKNOWN) return "perhaps";
  // What names no Region is in the provider's own.
  if (own === undefined || peer === undefined) return peer === undefined ? "yes" : "perhaps";
  return own === peer ? "yes" : "no";
}

function regionOf(resource: Resource | undefined): Value {
  if (resource === undefined) return undefined;
  return given(resource, "region") ?? resource.provider?.region;
}
