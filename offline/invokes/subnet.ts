import { AwsError } from "../aws-error";
import type { Place, Props } from "../model";
import type { Seen } from ".";

const TYPE = "aws:ec2/subnet:Subnet";

/** A subnet by its id. @throws AwsError InvalidSubnetID.NotFound */
export function getSubnet(args: Props, _place: Place, seen: Seen): Props {
  const id = args["id"];
  if (typeof id !== "string")
    throw new AwsError("NotModelled", "The embedded AWS finds subnets by `id` only: offline/invokes/subnet.ts", "id");
  const subnet = seen.find(TYPE, id);
  if (subnet === undefined)
    throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`, "id");
  const known = Object.entries(subnet.outputs).filter(([key]) => key !== "tagsAll");
  return {
    availableIpAddressCount: 251,
    defaultForAz: false,
    state: "available",
    tags: {},
    ...Object.fromEntries(known),
    id,
  };
}
