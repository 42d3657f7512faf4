import type { Place, Props } from "../model";

/** The user that the embedded AWS takes everybody for. */
export function getCallerIdentity(_args: Props, place: Place): Props {
  return {
    accountId: place.accountId,
    arn: `arn:${place.partition}:iam::${place.accountId}:user/dejima`,
    id: place.accountId,
    userId: "AIDADEJIMAOFFLINE0001",
  };
}
