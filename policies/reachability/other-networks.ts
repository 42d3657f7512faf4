import { all, any, type Certainty } from "./certainty";
import { block, type Course, doubt } from "./course";
import { throughAcl } from "./firewalls";
import type { Inward } from "./internet-gateways";
import { type Link, type Links, vpcTypes } from "./links";
import { peeringsOf } from "./peering";
import { remembered } from "./remembered";
import type { OutsideSite } from "./sites";
import { attachedBy } from "./transit-attachments";
import type { Trip } from "./trip";
import { vpnGatewayOf, vpnGatewayType } from "./virtual-private-gateways";
import { addressesOf, sameVpc, spaceOf, subnetTypes } from "./vpcs";

/** Resources that join a VPC to networks of others in ways that this model doesn't follow. */
const otherJoints = [
  "aws:networkmanager/vpcAttachment:VpcAttachment",
  "aws:ec2/carrierGateway:CarrierGateway",
  "aws:ec2/localGatewayRouteTableVpcAssociation:LocalGatewayRouteTableVpcAssociation",
  "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
] as const;

/**
 * From a private address of nothing in the network: only into a VPC that something joins to other networks, and there past the firewalls of the
 * target. How it comes that far isn't known.
 */
export function enterFromOutside(trip: Trip & { readonly from: OutsideSite }, course: Course, inward: Inward): Course {
  const { from, to, network } = trip;
  const { links } = network;
  const unknown = `what lies at ${from.label}, and how it is joined to the network`;
  if (to.kind !== "interface") return doubt(course, unknown, from.hop);
  const { vpc } = to.subnet;
  if (takesClients(links, vpc))
    return doubt(course, `${unknown}; clients of the VPC's Client VPN arrive by its addresses`, from.hop);
  const { blocks, possible } = spaceOf(links, vpc);
  const isInside = !addressesOf(blocks).union(possible).intersect(from.addresses).isEmpty;
  const none = { what: `nothing joins the VPC of ${to.label} to another network: ${from.label} is a private address` };
  if (!isInside && joinedToOthers(links, vpc) === "no") return block(course, none);
  const entered = doubt(course, unknown, from.hop);
  // Into the subnet of a transit gateway's attachment no ACL is asked (Transit Gateway guide, "Network ACLs").
  const isAsked = attachedBy(links, vpc).length === 0;
  return inward(trip, isAsked ? throughAcl(links, entered, to.subnet, "ingress") : entered);
}

/** "Source network address translation (SNAT) is applied to traffic from the client" (Client VPN guide, "Components"): groups see an address of the VPC. */
function takesClients(links: Links, vpc: Link): boolean {
  return links
    .ofTypes("aws:ec2clientvpn/networkAssociation:NetworkAssociation")
    .flatMap((association) => {
      const { candidates, external } = links.follow(association, "subnetId", ...subnetTypes);
      return [
        ...candidates.map((subnet) => sameVpc(links.follow(subnet, "vpcId", ...vpcTypes), vpc)),
        ...(external ? ["perhaps" as const] : []),
      ];
    })
    .some((same) => same !== "no");
}

function joinedToOthers(links: Links, vpc: Link): Certainty {
  const find = (): Certainty => {
    const gateways = links.ofTypes(vpnGatewayType).map((gateway) => vpnGatewayOf(links, gateway, vpc));
    // An address of the other side would have been found there, if its VPC were among the resources.
    const peers = peeringsOf(links, vpc).map(({ answer, other }) => all(answer, other.external ? "yes" : "no"));
    const others = otherJoints.flatMap((type) => links.ofTypes(type)).map((): Certainty => "perhaps");
    return any(...gateways, ...peers, ...others, attachedBy(links, vpc).length > 0 ? "perhaps" : "no");
  };
  const [resource] = vpc.candidates;
  if (resource === undefined || resource.isRead || vpc.external || vpc.candidates.length > 1) return "perhaps";
  return remembered(links, `joints of ${resource.urn}`, find);
}
