import { all, any, type Certainty, certaintyOf } from "./certainty";
import type { Links } from "./links";
import type { Direction } from "./network-acls";
import { peersInOneRegion } from "./peering";
import { remembered } from "./remembered";
import { given, UNKNOWN } from "./resources";
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
      theirs
        .filter(({ gateway }) => sameVpc(own.gateway, gateway) !== "no")
        .map((other) =>
          all(
            ...[...own.gateway.candidates.slice(0, 1), own.resource, other.resource].map((each) => {
              const support = given(each, "securityGroupReferencingSupport");
              return support === UNKNOWN ? "perhaps" : certaintyOf(support === "enable");
            }),
          ),
        ),
    ),
  );
}
