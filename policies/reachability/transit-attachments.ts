import type { Certainty } from "./certainty";
import { followList, isExactly, type Link, type Links, type ListLink, mayBe, vpcTypes } from "./links";
import { remembered } from "./remembered";
import { given, type Resource, UNKNOWN } from "./resources";
import { sameVpc, subnetTypes } from "./vpcs";

export const transitGatewayType = "aws:ec2transitgateway/transitGateway:TransitGateway";
export const vpcAttachmentType = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

/** A VPC's attachment to a transit gateway. */
export interface Attachment {
  readonly resource: Resource;
  readonly gateway: Link;
  readonly vpc: Link;
  /** In each of whose zones it has one. */
  readonly subnets: ListLink;
}

export function readAttachments(links: Links): readonly Attachment[] {
  return remembered(links, "transit gateway attachments", () =>
    links.ofTypes(vpcAttachmentType).map((resource) => ({
      resource,
      gateway: links.follow(resource, "transitGatewayId", transitGatewayType),
      vpc: links.follow(resource, "vpcId", ...vpcTypes),
      subnets: followList(links, resource, "subnetIds", subnetTypes),
    })),
  );
}

/**
 * Is it in effect? One that another account makes needs an accepter of the gateway's owner, or a gateway that accepts shared attachments by itself
 * (Transit Gateway guide, "Accept a shared attachment"). Different providers may be of one account.
 */
export function attachmentAccepted(links: Links, { resource, gateway }: Attachment): Certainty {
  const [owner] = gateway.candidates;
  if (owner === undefined) return "yes";
  const [own, theirs] = [given(resource, "vpcOwnerId"), given(owner, "ownerId")];
  const isKnown = typeof own === "string" && typeof theirs === "string";
  const isOne = isKnown ? own === theirs : resource.provider?.urn === owner.provider?.urn;
  if (isOne || given(owner, "autoAcceptSharedAttachments") === "enable") return "yes";
  const accepters = links
    .ofTypes("aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter")
    .map((each) => links.follow(each, "transitGatewayAttachmentId", vpcAttachmentType));
  if (accepters.some((link) => isExactly(link, resource))) return "yes";
  const isOpen =
    !isKnown ||
    given(owner, "autoAcceptSharedAttachments") === UNKNOWN ||
    accepters.some((link) => mayBe(link, resource));
  return isOpen ? "perhaps" : "no";
}

/** Those that a VPC may have. */
export function attachedBy(links: Links, vpc: Link): readonly Attachment[] {
  return readAttachments(links).filter((each) => sameVpc(each.vpc, vpc) !== "no");
}
