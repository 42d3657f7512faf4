import { any, type Certainty } from "./certainty";
import type { FoundEnd } from "./ends";
import { type Link, type Links, vpcTypes } from "./links";
import { mentions } from "./mentions";
import type { Network } from "./network";
import type { Party } from "./parties";
import { elements, field, given, label, type Resource } from "./resources";
import { sameVpc } from "./vpcs";

const associationType = "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation";

/** Where VPC Lattice may have targets: how each names its VPC. */
const latticeTargets: Readonly<Record<string, (links: Links, target: Resource) => Link>> = {
  "aws:vpclattice/targetGroup:TargetGroup": (links, target) => {
    const [config] = elements(given(target, "config"));
    return links.resolve(target, "config", field(config, "vpcIdentifier"), ...vpcTypes);
  },
  "aws:vpclattice/resourceGateway:ResourceGateway": (links, gateway) => links.follow(gateway, "vpcId", ...vpcTypes),
};

/** What carries from the internet to a party, public or not, and the property that names it. */
const frontDoors = {
  "aws:globalaccelerator/endpointGroup:EndpointGroup": "endpointConfigurations",
  "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup": "endpointConfigurations",
  "aws:cloudfront/vpcOrigin:VpcOrigin": "vpcOriginEndpointConfig",
} as const;

/**
 * Ways between two ends by services that this model doesn't follow: VPC Lattice, Global Accelerator, VPC origins of CloudFront. What they let
 * through isn't known, in words; so an answer is certain only where another way is.
 */
export function unfollowedWays({ links }: Network, from: FoundEnd, to: FoundEnd): readonly string[] {
  if (to.kind !== "party") return [];
  if (from.kind === "party") return byLattice(links, from.party, to.party);
  return from.site.kind === "internet" ? byFrontDoor(links, to.party) : [];
}

function byLattice(links: Links, from: Party, to: Party): readonly string[] {
  const joined = links.ofTypes(associationType).filter((each) => isIn(links, from, associatedVpc(links, each)));
  if (joined.length === 0) return [];
  const serves = Object.entries(latticeTargets).some(([type, vpcOf]) =>
    links.ofTypes(type).some((target) => isIn(links, to, vpcOf(links, target))),
  );
  return serves ? joined.map((each) => `what the service network of ${label(each)} carries to ${to.label}`) : [];
}

function byFrontDoor(links: Links, to: Party): readonly string[] {
  return Object.entries(frontDoors).flatMap(([type, property]) =>
    links
      .ofTypes(type)
      .filter((door) => mentions(links, door, property, to))
      .map((door) => `what ${label(door)} (${type}) carries to ${to.label}`),
  );
}

function associatedVpc(links: Links, association: Resource): Link {
  return links.follow(association, "vpcIdentifier", ...vpcTypes);
}

/** Is a party in a VPC, perhaps? */
function isIn(links: Links, { subnets }: Party, vpc: Link): boolean {
  if (subnets.external) return true;
  const answers = subnets.candidates.map((subnet): Certainty =>
    sameVpc(links.follow(subnet, "vpcId", ...vpcTypes), vpc),
  );
  return any(...answers) !== "no";
}
