import { allIpv4 } from "./addresses";
import { awsServiceTakes, internet } from "./axioms";
import { type Certainty, whichever } from "./certainty";
import { begin, type Course, pass } from "./course";
import { exactly, when } from "./estimate";
import { replyThroughAcl, throughAcl, throughGroups } from "./firewalls";
import { endpointsOf } from "./gateway-endpoints";
import type { IntervalSet } from "./interval-set";
import type { Network } from "./network";
import { serviceBlocks } from "./prefix-lists";
import { label, type Resource } from "./resources";
import { tablesOfSubnet } from "./route-tables";
import type { InterfaceSite } from "./sites";
import { Traffic } from "./traffic";
import { addressesOf, type Subnet } from "./vpcs";

/**
 * What of the asked headers gets from an interface to the AWS service behind a gateway endpoint, and back: past the groups, whose rules may name the
 * service's prefix list, by a route table that has the endpoint ("we add a route … to the route tables that you select", PrivateLink guide,
 * "Gateway endpoints"), past the network ACL both ways, which knows the service by its public addresses only.
 */
export function toService(network: Network, headers: Traffic, from: InterfaceSite, endpoint: Resource): Course {
  const { links } = network;
  const destination = serviceAddresses(endpoint);
  const asked = Traffic.where({ source: from.addresses, destination: destination ?? unknownService }).intersect(
    headers,
  );
  const each: Course["each"] = [
    ...(from.exact ? [] : (["source"] as const)),
    ...(destination === undefined ? (["destination"] as const) : []),
  ];
  const list = { certain: [endpoint], possible: [], outside: [] };
  const out = throughGroups(links, begin(asked, from.hop, each), from.groups, "egress", list, from.label);
  const left = throughAcl(links, out, from.subnet, "egress");
  const name = `gateway endpoint ${label(endpoint)}`;
  const answer = isRouted(network, endpoint, from.subnet);
  const taken = pass(
    left,
    when(answer, `whether the route table of subnet ${from.subnet.label} has ${name}`),
    (passed) => ({
      what: passed ? name : `the route table of subnet ${from.subnet.label} doesn't have ${name}`,
      urn: endpoint.urn,
    }),
  );
  const served = pass(taken, exactly(awsServiceTakes), () => ({ what: `the service of ${name}`, urn: endpoint.urn }));
  return replyThroughAcl(links, served, from.subnet, "ingress");
}

/** The service's addresses, once AWS has told them. */
export function serviceAddresses(endpoint: Resource): IntervalSet | undefined {
  const blocks = serviceBlocks(endpoint);
  return blocks === undefined ? undefined : addressesOf(blocks);
}

/** Services have public addresses, it isn't known which. */
export const unknownService = internet.intersect(allIpv4);

function isRouted({ links }: Network, endpoint: Resource, subnet: Subnet): Certainty {
  const answers = tablesOfSubnet(links, subnet).map((table): Certainty => {
    if (table.resource === undefined) return "perhaps";
    return endpointsOf(links, table).find((each) => each.endpoint === endpoint)?.answer ?? "no";
  });
  return whichever(answers);
}
