import type { Certainty } from "./certainty";
import { isExactly, type Link, type Links, mayBe, transitGatewayType } from "./links";
import { given, type Resource } from "./resources";
import { sameVpc } from "./vpcs";

const accepterType = "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter";

/** "The owner of the accepter transit gateway must accept …, even if both are in the same account" (Transit Gateway guide, "Accept a peering"). */
export function peeringAccepted(links: Links, peering: Resource): Certainty {
  if (peering.type === accepterType) return "yes";
  const accepters = links
    .ofTypes(accepterType)
    .map((each) => links.follow(each, "transitGatewayAttachmentId", peering.type));
  const state = given(peering, "state");
  if (state === "available" || accepters.some((link) => isExactly(link, peering))) return "yes";
  return typeof state === "string" && !accepters.some((link) => mayBe(link, peering)) ? "no" : "perhaps";
}

/** The gateway on the other side of a peering; undefined where it isn't known on which side one is. */
export function otherSide(links: Links, peering: Resource, here: Link): Link | undefined {
  const ends = ["transitGatewayId", "peerTransitGatewayId"].map((key) =>
    links.follow(peering, key, transitGatewayType),
  );
  const at = ends.findIndex((end) => sameVpc(end, here) === "yes");
  return at < 0 ? undefined : ends[1 - at];
}
