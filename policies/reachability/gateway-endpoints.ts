import { parseBlock } from "./addresses";
import { type Course, doubt, fork, isOver, pass } from "./course";
import { exactly } from "./estimate";
import { replyThroughAcl } from "./firewalls";
import { endpointType } from "./interface-endpoints";
import { followList, type Links, mayBe, vpcTypes } from "./links";
import { elements, given, label, type Resource } from "./resources";
import { type Table, tableTypes } from "./route-tables";
import { Traffic } from "./traffic";
import type { Trip } from "./trip";
import { addressesOf } from "./vpcs";

/**
 * What gateway endpoints may carry to an address on the internet that may be of their service, besides what a table's routes do: AWS adds a route to
 * the service's prefix list to the tables of the endpoint (PrivateLink guide, "Gateway endpoints"). To the internet at large it is no way
 * (`notTheInternet`); of one address it isn't known whether the list has it.
 */
export function besidesEndpoints(trip: Trip, course: Course, table: Table, routed: Course): Course {
  const { from, to, network } = trip;
  if (trip.isReply || from.kind !== "interface" || to.kind !== "internet") return routed;
  const [asked, ...others] = to.addresses.intervals;
  if (asked === undefined || others.length > 0 || asked.low !== asked.high) return routed;
  const carried = endpointsOf(network.links, table).flatMap((endpoint): Course[] => {
    const name = `gateway endpoint ${label(endpoint)}`;
    const part = pass(course, exactly(servedBy(endpoint)), () => ({ what: name, urn: endpoint.urn }));
    if (isOver(part)) return [];
    const open = doubt(part, `whether ${to.label} is an address of the service of ${name}`, { what: name });
    return [replyThroughAcl(network.links, open, from.subnet, "ingress")];
  });
  return fork([routed, ...carried]) ?? routed;
}

function servedBy(endpoint: Resource): Traffic {
  const blocks = elements(given(endpoint, "cidrBlocks")).map((each) =>
    typeof each === "string" ? parseBlock(each) : undefined,
  );
  const known = blocks.filter((block) => block !== undefined);
  return known.length === 0 || known.length < blocks.length
    ? Traffic.all
    : Traffic.where({ destination: addressesOf(known) });
}

/** Those that may be in a table: by their own list, and by associations. */
function endpointsOf(links: Links, { resource: table }: Table): readonly Resource[] {
  if (table === undefined) return [];
  const type = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
  const types = [...tableTypes, ...vpcTypes];
  const associated = links
    .ofTypes(type)
    .filter((each) => mayBe(links.follow(each, "routeTableId", ...types), table))
    .flatMap((each) => links.follow(each, "vpcEndpointId", endpointType).candidates);
  return links.ofTypes(endpointType).filter((endpoint) => {
    const kind = given(endpoint, "vpcEndpointType");
    if (kind !== undefined && typeof kind === "string" && kind !== "Gateway") return false;
    const { certain, possible } = followList(links, endpoint, "routeTableIds", types);
    return [...certain, ...possible].includes(table) || associated.includes(endpoint);
  });
}
