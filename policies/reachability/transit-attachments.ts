import { followList, type Link, type Links, type ListLink, vpcTypes } from "./links";
import { remembered } from "./remembered";
import type { Resource } from "./resources";
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

/** Those that a VPC may have. */
export function attachedBy(links: Links, vpc: Link): readonly Attachment[] {
  return readAttachments(links).filter((each) => sameVpc(each.vpc, vpc) !== "no");
}
