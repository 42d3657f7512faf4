import { egressOnlyTakes, uniqueLocal } from "./axioms";
import { all, any, type Certainty } from "./certainty";
import { block, type Course, doubt, pass, readdressed } from "./course";
import { anything, exactly, when } from "./estimate";
import { replyThroughAcl, throughAcl } from "./firewalls";
import { type Links, mayBe, vpcTypes } from "./links";
import type { Network } from "./network";
import { remembered } from "./remembered";
import { given, type Resource } from "./resources";
import { tablesOfLink, tablesOfSubnet, tableTypes } from "./route-tables";
import { routesOf } from "./routes";
import type { Target } from "./route-targets";
import { addressesOfSite, type InterfaceSite, type InternetSite, labelOfSite } from "./sites";
import type { Trip } from "./trip";
import { sameVpc, type Subnet } from "./vpcs";
import { throughInternetGateway } from "./ways";

/** What is inside the border of a subnet: its groups, and the answer. */
export type Inward = (trip: Trip, course: Course) => Course;

/** Out by an internet gateway, or one that lets nothing in; further to whoever has the public address, if it is the network's own. */
export function leaveToInternet(trip: Trip, course: Course, at: Subnet, target: Target, inward: Inward): Course {
  const { from, to, network } = trip;
  const hop = { what: target.label, ...(target.resource === undefined ? {} : { urn: target.resource.urn }) };
  if (to.kind !== "internet" && to.kind !== "public")
    return block(course, {
      ...hop,
      what: `${target.label} doesn't carry to private addresses: ${labelOfSite(to)} has one`,
    });
  if (from.kind !== "interface") return doubt(course, `the sender that ${target.label} sees`, hop);
  if (target.resource !== undefined && gatewayOf(network.links, target.resource, at) === "no")
    return block(course, { ...hop, what: `${target.label} isn't attached to the VPC of subnet ${at.label}` });
  if (isUniqueLocal(from)) return block(course, { ...hop, what: localOnly(from) });
  // Only interfaces of the gateway's own VPC have public addresses there.
  const own = sameVpc(at.vpc, from.subnet.vpc);
  const publicAddress: Certainty = own === "no" ? "no" : from.publicAddress;
  const takes =
    target.kind === "egressOnly"
      ? exactly(egressOnlyTakes)
      : throughInternetGateway({ publicAddress, unknown: `the public address of ${from.label}` });
  const out = pass(course, takes, (passed) =>
    passed ? hop : { ...hop, what: `${target.label} carries nothing for ${from.label}, which has no public address` },
  );
  if (trip.isReply) {
    const what = `${target.label} lets no request in, so that this answers none`;
    return target.kind === "egressOnly" ? block(out, { ...hop, what }) : out;
  }
  const outside: InternetSite = {
    kind: "internet",
    hop,
    label: `the public address of ${from.label}`,
    addresses: from.publicAddresses,
  };
  const arrived =
    to.kind === "internet"
      ? pass(out, anything, () => to.hop)
      : readdressed(
          enterFromInternet({ ...trip, from: outside }, readdressed(out, { source: outside.addresses }), inward),
          { source: from.addresses },
        );
  return replyThroughAcl(network.links, inspected(network.links, arrived, from), from.subnet, "ingress");
}

/** From the internet only by the VPC's internet gateway, and only to public addresses; NAT and egress-only gateways let nothing in. */
export function enterFromInternet(
  trip: Trip & { readonly from: InternetSite },
  course: Course,
  inward: Inward,
): Course {
  const { to, network } = trip;
  if (to.kind !== "public")
    return block(course, { what: `${labelOfSite(to)} is a private address: it is never reached from outside` });
  const { of: party } = to;
  if (isUniqueLocal(party)) return block(course, { what: localOnly(party) });
  const attached = attachedTo(network, party.subnet);
  const none = `the VPC of ${party.label} has no internet gateway`;
  const gate = when(attached.answer, "the internet gateway of a VPC");
  const reached = pass(course, gate, (passed) => (passed ? { what: attached.label } : { what: none }));
  const isPublic = throughInternetGateway({
    publicAddress: party.publicAddress,
    unknown: `the public address of ${party.label}`,
  });
  const addressed = pass(reached, isPublic, (passed) => ({
    what: passed ? `the public address of ${party.label}` : `${party.label} has no public address`,
  }));
  const inside = inspected(network.links, readdressed(addressed, { destination: party.addresses }), party);
  const bordered = throughAcl(network.links, inside, party.subnet, "ingress");
  return readdressed(inward({ ...trip, to: party }, bordered), { destination: addressesOfSite(to) });
}

/** While an address isn't known, so isn't whether it is one. */
function isUniqueLocal({ exact, addresses }: InterfaceSite): boolean {
  return exact && addresses.subtract(uniqueLocal).isEmpty;
}

function localOnly({ label }: InterfaceSite): string {
  return `${label} has a unique local IPv6 address, which isn't on the internet`;
}

/** Is a gateway the VPC's, by its own `vpcId` or by an attachment? */
function gatewayOf(links: Links, gateway: Resource, at: Subnet): Certainty {
  const own = links.follow(gateway, "vpcId", ...vpcTypes);
  const attachments = links
    .ofTypes("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
    .filter((each) => mayBe(links.follow(each, "internetGatewayId", gateway.type), gateway))
    .map((each) => sameVpc(links.follow(each, "vpcId", ...vpcTypes), at.vpc));
  return any(own.absent ? "no" : sameVpc(own, at.vpc), ...attachments);
}

function attachedTo({ links, subnets }: Network, subnet: Subnet): { answer: Certainty; label: string } {
  const attachments = links
    .ofTypes("aws:ec2/internetGateway:InternetGateway", "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
    .map((resource) => ({ resource, link: links.follow(resource, "vpcId", ...vpcTypes) }))
    .filter(({ link }) => !link.absent);
  const isElsewhere = subnet.vpc.external || subnet.vpc.candidates.length !== 1;
  const routed = subnets.flatMap((each) => {
    const same = sameVpc(each.vpc, subnet.vpc);
    return same === "no"
      ? []
      : foreignGateways(links, each).map((found) => ({ ...found, answer: all(same, found.answer) }));
  });
  const answer = any(
    ...attachments.map(({ link }) => sameVpc(link, subnet.vpc)),
    ...routed.map((found) => found.answer),
    isElsewhere ? "perhaps" : "no",
  );
  const own = attachments.find(({ link }) => sameVpc(link, subnet.vpc) === "yes")?.resource;
  const id = own === undefined ? routed.find((found) => found.answer === "yes")?.id : own.props.id;
  return { answer, label: typeof id === "string" ? id : `internet gateway "${own?.name ?? ""}"` };
}

/** Internet gateways outside the resources that a subnet's routes name: AWS takes such a route only to the gateway of the table's own VPC. */
function foreignGateways(links: Links, subnet: Subnet): readonly { answer: Certainty; id: string }[] {
  return remembered(links, `gateways named by the routes of ${subnet.resource.urn}`, () => {
    const tables = tablesOfSubnet(links, subnet);
    return tables.flatMap((table) =>
      routesOf(links, table).flatMap(({ targets, certain }) =>
        targets
          .filter(({ kind, resource }) => kind === "internetGateway" && resource === undefined)
          .map(({ label }): { answer: Certainty; id: string } => ({
            answer: certain && targets.length === 1 && tables.length === 1 ? "yes" : "perhaps",
            id: label,
          })),
      ),
    );
  });
}

/** A route table associated with the gateway (an edge association) may send what comes in through an appliance, which isn't modelled. */
function inspected(links: Links, course: Course, party: InterfaceSite): Course {
  for (const association of links.ofTypes("aws:ec2/routeTableAssociation:RouteTableAssociation")) {
    if (given(association, "gatewayId") === undefined) continue;
    const gateway = links.follow(association, "gatewayId", "aws:ec2/internetGateway:InternetGateway").candidates[0];
    const attachments =
      gateway === undefined
        ? []
        : [
            gateway,
            ...links
              .ofTypes("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
              .filter((each) => mayBe(links.follow(each, "internetGatewayId", gateway.type), gateway)),
          ];
    const isOwn = attachments.some(
      (each) => sameVpc(links.follow(each, "vpcId", ...vpcTypes), party.subnet.vpc) !== "no",
    );
    if (!isOwn) continue;
    for (const table of tablesOfLink(links, links.follow(association, "routeTableId", ...tableTypes))) {
      const rerouted = routesOf(links, table).find(
        ({ blocks, targets }) =>
          targets.some(({ kind }) => kind !== "local") &&
          (blocks === undefined || blocks.some(({ addresses }) => !addresses.intersect(party.addresses).isEmpty)),
      );
      const appliance = rerouted?.targets.find(({ kind }) => kind !== "local")?.label;
      if (appliance !== undefined)
        return doubt(course, `what ${appliance} lets through`, { what: `route table ${table.label} of the gateway` });
    }
  }
  return course;
}
