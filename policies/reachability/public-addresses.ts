import { followList, type Links } from "./links";
import { either, flag, type Party } from "./parties";
import { field, given, items, label, type Resource, UNKNOWN, type Value } from "./resources";
import { type Certainty, type Subnet, subnetTypes } from "./vpcs";

/** Whether something in a subnet has a public IPv4 address, and what gives it one (or would have to be known). */
export interface PublicAddresses {
  readonly answer: Certainty;
  readonly because: readonly string[];
}

/**
 * The subnet's own setting counts by itself: whatever is launched there next gets an address. NAT gateways don't count: they carry others'
 * traffic only by their own routes.
 */
export function publicAddressesIn(links: Links, subnet: Subnet, parties: readonly Party[]): PublicAddresses {
  const found: { answer: Certainty; because: string }[] = [
    {
      answer: flag(given(subnet.resource, "mapPublicIpOnLaunch")),
      because: `mapPublicIpOnLaunch of subnet ${subnet.label}`,
    },
    ...parties
      .filter(({ subnets }) => subnets.candidates.includes(subnet.resource))
      .map(({ publicAddress, subnets, spread, label: name }) => ({
        answer: within(publicAddress, spread || (subnets.candidates.length === 1 && !subnets.external)),
        because: `the public address of ${name}`,
      })),
    ...links
      .ofTypes("aws:autoscaling/group:Group")
      .map((group) => ({
        answer: within(launchedAddress(links, group), mentions(links, group, "vpcZoneIdentifiers", subnet) === "yes"),
        because: `the public addresses of ${label(group)}`,
        place: mentions(links, group, "vpcZoneIdentifiers", subnet),
      }))
      .filter(({ place }) => place !== "no"),
    ...links
      .ofTypes("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
      .map((balancer) => {
        const place = either(
          mentions(links, balancer, "subnets", subnet),
          mentions(links, balancer, "subnetMappings", subnet),
        );
        const internal = given(balancer, "internal");
        const facing: Certainty = internal === UNKNOWN ? "perhaps" : internal === true ? "no" : "yes";
        return {
          answer: within(facing, place === "yes"),
          because: `the public addresses of ${label(balancer)}`,
          place,
        };
      })
      .filter(({ place }) => place !== "no"),
  ];
  const answer = either(...found.map((each) => each.answer));
  return { answer, because: found.filter((each) => each.answer === answer).map(({ because }) => because) };
}

function within(answer: Certainty, certainlyThere: boolean): Certainty {
  return answer === "yes" && !certainlyThere ? "perhaps" : answer;
}

/** Is the subnet one of a list of subnets? */
function mentions(links: Links, owner: Resource, property: string, subnet: Subnet): Certainty {
  const pick = (item: Value) => (typeof item === "object" ? field(item, "subnetId") : item);
  const { certain, possible } = followList(links, owner, property, subnetTypes, pick);
  if (certain.includes(subnet.resource)) return "yes";
  return possible.includes(subnet.resource) ? "perhaps" : "no";
}

/** What a group's launch template gives its instances; the subnet's setting is counted by itself. */
function launchedAddress(links: Links, group: Resource): Certainty {
  const [template] = links.ofTypes("aws:ec2/launchTemplate:LaunchTemplate").filter((each) =>
    ["launchTemplate", "mixedInstancesPolicy"].some((property) => {
      const id = field(given(group, property), "id");
      return links.resolve(group, property, id, each.type).candidates.includes(each);
    }),
  );
  if (template === undefined) return "no";
  const interfaces = items(given(template, "networkInterfaces"));
  if (interfaces === UNKNOWN) return "perhaps";
  return either(...interfaces.map((each) => flag(field(each, "associatePublicIpAddress"))));
}
