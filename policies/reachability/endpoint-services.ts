import { chainsTo } from "./forwardings";
import { endpointType } from "./interface-endpoints";
import type { Links } from "./links";
import { mentions } from "./mentions";
import type { Network } from "./network";
import type { Party } from "./parties";
import { given, hasDependencies, type Resource } from "./resources";

/**
 * Interface endpoints that may forward to a party, or to a load balancer before it, by an endpoint service of the network's own (PrivateLink guide,
 * "Create a service powered by AWS PrivateLink").
 */
export function endpointsBefore(network: Network, party: Party): readonly Resource[] {
  const { links } = network;
  const services = links.ofTypes("aws:ec2/vpcEndpointService:VpcEndpointService");
  if (services.length === 0) return [];
  const before = chainsTo(network, party).map(([{ forwarding }]) => forwarding.balancer.party);
  const balancers = party.kind === "balancer" ? [party, ...before] : before;
  return services
    .filter((service) => balancers.some((each) => mentions(links, service, "networkLoadBalancerArns", each)))
    .flatMap((service) => endpointsOf(links, service));
}

function endpointsOf(links: Links, service: Resource): readonly Resource[] {
  return links.ofTypes(endpointType).filter((endpoint) => {
    const [wanted, own] = [given(endpoint, "serviceName"), given(service, "serviceName")];
    if (wanted === undefined) return false;
    if (typeof wanted === "string" && typeof own === "string") return wanted === own;
    const behind = endpoint.propertyDependencies.serviceName ?? [];
    return !hasDependencies(endpoint) || behind.includes(service.urn);
  });
}
