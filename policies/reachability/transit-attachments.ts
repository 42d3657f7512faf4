import type { Certainty } from "./certainty";
import {
  followList,
  isExactly,
  type Link,
  type Links,
  type ListLink,
  mayBe,
  transitGatewayType,
  vpcTypes,
} from "./links";
import { remembered } from "./remembered";
import { given, type Resource, UNKNOWN } from "./resources";
import { sameVpc, subnetTypes } from "./vpcs";

export const vpcAttachmentType = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

const accepterType = "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter";
export const peeringTypes = [
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
] as const;

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
  const accepters = acceptersOf(links, resource);
  if (accepters.some(({ isCertain }) => isCertain)) return "yes";
  const isOpen = !isKnown || given(owner, "autoAcceptSharedAttachments") === UNKNOWN || accepters.length > 0;
  return isOpen ? "perhaps" : "no";
}

interface Accepter {
  readonly accepter: Resource;
  readonly isCertain: boolean;
}

/** What the gateway's owner accepts an attachment with, or may. */
export function acceptersOf(links: Links, attachment: Resource): readonly Accepter[] {
  return links
    .ofTypes(accepterType)
    .map((accepter) => ({ accepter, link: links.follow(accepter, "transitGatewayAttachmentId", vpcAttachmentType) }))
    .filter(({ link }) => mayBe(link, attachment))
    .map(({ accepter, link }) => ({ accepter, isCertain: isExactly(link, attachment) }));
}

/** Those that a VPC may have. */
export function attachedBy(links: Links, vpc: Link): readonly Attachment[] {
  return readAttachments(links).filter((each) => sameVpc(each.vpc, vpc) !== "no");
}

/** The attachment that `transitGatewayAttachmentId` means; what accepts one stands for it. */
export function followAttachment(links: Links, resource: Resource): Link {
  const link = links.follow(resource, "transitGatewayAttachmentId", vpcAttachmentType, accepterType, ...peeringTypes);
  const accepted = link.candidates.map((each) =>
    each.type.endsWith("Accepter")
      ? (links.follow(each, "transitGatewayAttachmentId", vpcAttachmentType, peeringTypes[0]).candidates[0] ?? each)
      : each,
  );
  return { ...link, candidates: [...new Set(accepted)] };
}
