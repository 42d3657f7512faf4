import { all, any, type Certainty, certaintyOf, whichever } from "./certainty";
import type { Links } from "./links";
import type { Direction } from "./network-acls";
import { peersInOneRegion } from "./peering";
import { remembered } from "./remembered";
import { given, type Resource, UNKNOWN } from "./resources";
import type { Peer } from "./security-groups";
import type { InterfaceSite } from "./sites";
import { attachedBy } from "./transit-attachments";
import { sameVpc } from "./vpcs";

/** The other end as rules may refer to it by its groups: in one VPC, over a peering in one Region, over a transit gateway that supports it. */
export function referablePeer(links: Links, from: InterfaceSite, to: InterfaceSite, direction: Direction): Peer {
  const peer = direction === "ingress" ? from : to;
  const { groups } = peer;
  if (groups === undefined || !peer.referable) return undefined;
  const key = `referable ${direction} ${from.subnet.resource.urn} ${to.subnet.resource.urn}`;
  const answer = remembered(links, key, () => referable(links, from, to, direction));
  if (answer === "no") return undefined;
  return answer === "yes" ? groups : { ...groups, certain: [], possible: [...groups.certain, ...groups.possible] };
}

function referable(links: Links, from: InterfaceSite, to: InterfaceSite, direction: Direction): Certainty {
  const [a, b] = [from.subnet.vpc, to.subnet.vpc];
  const same = sameVpc(a, b);
  if (same === "yes") return same;
  const peered = peersInOneRegion(links, a, b);
  // "Security group referencing … is supported for inbound security group rules" (Transit Gateway guide).
  const transited = direction === "ingress" ? overTransitGateway(links, from, to) : "no";
  return any(same, peered, transited);
}

function overTransitGateway(links: Links, from: InterfaceSite, to: InterfaceSite): Certainty {
  const theirs = attachedBy(links, to.subnet.vpc);
  return any(
    ...attachedBy(links, from.subnet.vpc).flatMap((own) =>
      theirs.map((other) =>
        all(
          sameVpc(own.vpc, from.subnet.vpc),
          sameVpc(other.vpc, to.subnet.vpc),
          sameVpc(own.gateway, other.gateway),
          whichever(own.gateway.candidates.map(supported)),
          supported(own.resource),
          supported(other.resource),
        ),
      ),
    ),
  );
}

function supported(resource: Resource): Certainty {
  const support = given(resource, "securityGroupReferencingSupport");
  return support === UNKNOWN ? "perhaps" : certaintyOf(support === "enable");
}
