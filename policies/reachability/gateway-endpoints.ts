import { awsServiceTakes } from "./axioms";
import { any, type Certainty } from "./certainty";
import { type Course, doubt, fork, isOver, pass } from "./course";
import { anything, exactly } from "./estimate";
import { replyThroughAcl } from "./firewalls";
import type { IntervalSet } from "./interval-set";
import { endpointType } from "./interface-endpoints";
import { followList, isExactly, type Links, mayBe, vpcTypes } from "./links";
import { serviceBlocks } from "./prefix-lists";
import { remembered } from "./remembered";
import { given, label, type Resource } from "./resources";
import { routesOf } from "./routes";
import { type Table, tableTypes } from "./route-tables";
import type { InternetSite } from "./sites";
import { Traffic } from "./traffic";
import type { Trip } from "./trip";
import { addressesOf } from "./vpcs";

/**
 * What gateway endpoints carry to an address on the internet, besides what a table's routes do: AWS adds a route to the service's prefix list to the
 * tables of the endpoint (PrivateLink guide, "Gateway endpoints"), which is longer than a default route. To the internet at large it is no way
 * (`notTheInternet`). While AWS hasn't said which addresses the list has, it isn't known whether it has this one.
 */
export function besidesEndpoints(trip: Trip, course: Course, table: Table, routed: Course): Course {
  const { from, to, network } = trip;
  if (trip.isReply || from.kind !== "interface" || to.kind !== "internet") return routed;
  const [asked, ...others] = to.addresses.intervals;
  if (asked === undefined || others.length > 0 || asked.low !== asked.high) return routed;
  const endpoints = endpointsOf(network.links, table);
  const certain = endpoints.find((each) => each.answer === "yes" && serves(network.links, table, each.endpoint, to));
  const carried = (certain === undefined ? endpoints : [certain]).flatMap(({ endpoint }): Course[] => {
    const name = `gateway endpoint ${label(endpoint)}`;
    const known = serviceBlocks(endpoint);
    const list = known === undefined ? anything : exactly(Traffic.where({ destination: addressesOf(known) }));
    const part = pass(course, list, () => ({ what: name, urn: endpoint.urn }));
    if (isOver(part)) return [];
    const isCertain = certain !== undefined && part.traffic.may.isSubsetOf(awsServiceTakes);
    const open = `whether ${to.label} is an address of the service of ${name}, and takes it`;
    const arrived = isCertain ? pass(part, anything, () => to.hop) : doubt(part, open, { what: name });
    return [replyThroughAcl(network.links, arrived, from.subnet, "ingress")];
  });
  return fork(certain === undefined ? [routed, ...carried] : carried) ?? routed;
}

/** Does the endpoint certainly have the address, and no other route of the table a longer prefix of it? */
function serves(links: Links, table: Table, endpoint: Resource, { addresses }: InternetSite): boolean {
  const having = (block: { readonly addresses: IntervalSet }) => addresses.subtract(block.addresses).isEmpty;
  const own = (serviceBlocks(endpoint) ?? []).filter(having).map(({ prefix }) => prefix);
  const longest = Math.max(...own);
  return (
    own.length > 0 &&
    routesOf(links, table).every(({ blocks, targets }) =>
      blocks === undefined
        ? targets.every(({ kind }) => kind === "gatewayEndpoint")
        : blocks.every((block) => !having(block) || block.prefix < longest),
    )
  );
}

export interface OfTable {
  readonly endpoint: Resource;
  /** Is its route in the table? */
  readonly answer: Certainty;
}

/** Those that may be in a table: by their own list, by associations, and by routes that a program or AWS lists. */
export function endpointsOf(links: Links, table: Table): readonly OfTable[] {
  const { resource } = table;
  if (resource === undefined) return [];
  return remembered(links, `gateway endpoints of ${resource.urn}`, () => readEndpoints(links, table, resource));
}

function readEndpoints(links: Links, table: Table, resource: Resource): readonly OfTable[] {
  const type = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
  const types = [...tableTypes, ...vpcTypes];
  const associated = links.ofTypes(type).flatMap((each): OfTable[] => {
    const to = links.follow(each, "routeTableId", ...types);
    const named = links.follow(each, "vpcEndpointId", endpointType);
    if (!mayBe(to, resource)) return [];
    return named.candidates.map((endpoint) => {
      return { endpoint, answer: isExactly(to, resource) && isExactly(named, endpoint) ? "yes" : "perhaps" };
    });
  });
  const routed = routesOf(links, table).flatMap(({ targets, certain }) =>
    targets.flatMap(({ kind, resource: endpoint }): OfTable[] => {
      if (kind !== "gatewayEndpoint" || endpoint === undefined) return [];
      return [{ endpoint, answer: certain && targets.length === 1 ? "yes" : "perhaps" }];
    }),
  );
  return links.ofTypes(endpointType).flatMap((endpoint): OfTable[] => {
    const kind = given(endpoint, "vpcEndpointType");
    if (kind !== undefined && typeof kind === "string" && kind !== "Gateway") return [];
    const { certain, possible } = followList(links, endpoint, "routeTableIds", types);
    const listed: Certainty = certain.includes(resource) ? "yes" : possible.includes(resource) ? "perhaps" : "no";
    const found = [...associated, ...routed].filter((each) => each.endpoint === endpoint).map(({ answer }) => answer);
    const answer = any(listed, ...found);
    return answer === "no" ? [] : [{ endpoint, answer: typeof kind === "symbol" ? "perhaps" : answer }];
  });
}
