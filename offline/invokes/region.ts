import { AwsError } from "../aws-error";
import type { Place, Props } from "../model";
import { regionNamed } from "./regions";

/** The Region of the provider, or the one asked for by `region` (`name` before version 7). */
export function getRegion(args: Props, place: Place): Props {
  const name =
    typeof args["region"] === "string"
      ? args["region"]
      : typeof args["name"] === "string"
        ? args["name"]
        : place.region;
  const region = regionNamed(name);
  if (region === undefined) throw new AwsError("ProviderCheck", `no region found named ${name}`, "region");
  return { description: region.description, endpoint: `ec2.${name}.amazonaws.com`, id: name, name, region: name };
}
