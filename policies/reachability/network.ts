import { Links } from "./links";
import { readManagedParties } from "./managed-parties";
import { type Party, readParties } from "./parties";
import type { Resource } from "./resources";
import { readSubnets, type Subnet } from "./vpcs";

/** The network that a list of resources describes; what isn't among them isn't known. */
export interface Network {
  readonly links: Links;
  readonly subnets: readonly Subnet[];
  readonly parties: readonly Party[];
}

export function readNetwork(resources: readonly Resource[]): Network {
  const links = new Links(resources);
  const subnets = readSubnets(links);
  return { links, subnets, parties: [...readParties(links, subnets), ...readManagedParties(links, subnets)] };
}
