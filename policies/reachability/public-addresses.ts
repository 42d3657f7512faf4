import { all, any, type Certainty, certaintyOf } from "./certainty";
import { launchedAddress } from "./launch-templates";
import { followList, type Links } from "./links";
import type { Party } from "./parties";
import { field, given, label, type Resource, UNKNOWN, type Value } from "./resources";
import { mapsPublicAddresses, type Subnet, subnetTypes } from "./vpcs";

/** Whether something in a subnet has a public IPv4 address, and what gives it one (or would have to be known). */
export interface PublicAddresses {
  readonly answer: Certainty;
  readonly because: readonly string[];
}

const balancerTypes = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
] as const;

/**
 * The subnet's own setting counts by itself: whatever is launched there next gets an address. NAT gateways don't count: they carry others'
 * traffic only by their own routes.
 */
export function publicAddressesIn(links: Links, subnet: Subnet, parties: readonly Party[]): PublicAddresses {
  const found = [
    {
      answer: mapsPublicAddresses(subnet.resource),
      because: `mapPublicIpOnLaunch of subnet ${subnet.label}`,
    },
    ...parties.filter(standsAlone).map((party) => ({
      answer: all(party.publicAddress, isIn(party, subnet)),
      because: `the public address of ${party.label}`,
    })),
    ...links.ofTypes("aws:autoscaling/group:Group").map((group) => ({
      answer: all(launchedAddress(links, group) ?? "no", mentions(links, group, "vpcZoneIdentifiers", subnet)),
      because: `the public addresses of ${label(group)}`,
    })),
    ...links.ofTypes(...balancerTypes).map((balancer) => {
      const lists = ["subnets", "subnetMappings"].map((property) => mentions(links, balancer, property, subnet));
      return {
        answer: all(facesInternet(balancer), any(...lists)),
        because: `the public addresses of ${label(balancer)}`,
      };
    }),
  ];
  const answer = any(...found.map((each) => each.answer));
  return { answer, because: found.filter((each) => each.answer === answer).map(({ because }) => because) };
}

/** Groups and balancers are asked for their subnets one by one below. */
function standsAlone({ kind }: Party): boolean {
  return kind === "instance" || kind === "database";
}

function isIn({ subnets, spread }: Party, subnet: Subnet): Certainty {
  if (!subnets.candidates.includes(subnet.resource)) return "no";
  return spread || (subnets.candidates.length === 1 && !subnets.external) ? "yes" : "perhaps";
}

/** A balancer faces the internet unless it says otherwise. */
function facesInternet(balancer: Resource): Certainty {
  const internal = given(balancer, "internal");
  if (internal === UNKNOWN) return "perhaps";
  return certaintyOf(internal) === "yes" ? "no" : "yes";
}

/** Is the subnet one of a list of subnets? */
function mentions(links: Links, owner: Resource, property: string, subnet: Subnet): Certainty {
  const pick = (item: Value) => (typeof item === "object" ? field(item, "subnetId") : item);
  const { certain, possible } = followList(links, owner, property, subnetTypes, pick);
  if (certain.includes(subnet.resource)) return "yes";
  return possible.includes(subnet.resource) ? "perhaps" : "no";
}
